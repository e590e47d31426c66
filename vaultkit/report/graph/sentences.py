"""The sentence in which a link stands."""

from __future__ import annotations

import re

from vaultkit.report.shown import one_line
from vaultkit.text import Source, Span

# A sentence ends at a full stop before something that begins one, and at a CJK full stop.
_END = re.compile(r"[.!?…][\"'”’)\]*_]*\s+(?=[^\sa-z])|[。！？][」』”’）]*\s*")
_MARKER = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[.\][ \t]+)?(?:#{1,6}[ \t]+)?")
_STARTS_BLOCK = re.compile(r"[ \t>]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||```|~~~|---|$)")
_LONGEST = 240
_FARTHEST = 20


def sentence(source: Source, span: Span, line: int) -> str:
    """The sentence around a link on one line of text, cut around the link where it is long.

    line: the line on which the link begins, counted from 1. A sentence may run over the lines
    of a paragraph; a list item, table row, heading or property stands alone.
    """
    first, last = _paragraph(source, line)
    starts = source.line_starts
    begin = starts[first - 1]
    end = starts[last] if last < len(starts) else len(source.data)
    text = source.text(Span(begin, end)).rstrip()
    place = len(source.text(Span(begin, span.start)))
    length = len(source.text(span))
    low, high = _bounds(text, place, place + length)
    marker = _MARKER.match(text, low)
    low = max(low, min(marker.end(), place)) if marker else low
    return _around(text[low:high], place - low, length)


def _paragraph(source: Source, line: int) -> tuple[int, int]:
    first = last = line
    while (
        first > 1
        and line - first < _FARTHEST
        and not _STARTS_BLOCK.match(source.line(first))
        and not _STARTS_BLOCK.match(source.line(first - 1))
    ):
        first -= 1
    if first > 1 and not _STARTS_BLOCK.match(source.line(first)):
        above = source.line(first - 1)
        # A paragraph's first line may begin a list item or quote.
        if _MARKER.fullmatch(above) is None and re.match(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]", above):
            first -= 1
    while last - line < _FARTHEST and not _STARTS_BLOCK.match(source.line(last + 1)):
        last += 1
    return first, min(last, len(source.line_starts))


def _bounds(text: str, place: int, end: int) -> tuple[int, int]:
    low, high = 0, len(text)
    for match in _END.finditer(text):
        if match.end() <= place:
            low = match.end()
        elif match.start() >= end:
            high = match.end()
            break
    return low, high


def _around(text: str, place: int, length: int) -> str:
    """The text in one line, cut to a readable length with the link inside."""
    before, link, after = text[:place], text[place : place + length], text[place + length :]
    room = max(_LONGEST - len(link), 0) // 2
    left = before if len(before) <= room else "…" + before[len(before) - room :]
    right = after if len(after) <= room else after[:room] + "…"
    return one_line(" ".join(f"{left}{link}{right}".split()))
