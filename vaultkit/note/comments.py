"""`%%comments%%`: text Obsidian hides, whose links still count."""

from __future__ import annotations

import re

from vaultkit.note.zones import Zone, within

_BLANK_LINE = re.compile(rb"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_MARKERS = b" \t>"
_MARKER = (b" ", b"\t", b">")
_LINE_END = (b"\n", b"\r")


def comments(data: bytes, opaque: list[Zone], start: int) -> list[Zone]:
    """The comments from `start` on, their `%%` included.

    Two percent signs open one unless they stand in code, math or HTML, or after a backslash.
    At the beginning of a line they hide everything to the next `%%`, or to the end of the
    file; elsewhere only a `%%` in the same paragraph closes them, else they are text.
    """
    found: list[Zone] = []
    before, *pieces = data[start:].split(b"%%")
    place = start + len(before)
    first = not _last_line(before).strip(_MARKERS)
    number, last = 0, len(pieces) - 1
    while number <= last:
        inside = pieces[number]
        after = place + 2 + len(inside)
        opens = data[place - 1 : place] != b"\\" and (not opaque or within(opaque, place) is None)
        if opens and first:
            after = min(after + 2, len(data))
        elif opens and number < last and not _has_blank_line(inside):
            after += 2
        else:
            first = _begins_line(inside)
            place = after
            number += 1
            continue
        found.append((place, after))
        number += 2
        if number <= last + 1:
            between = pieces[number - 1]
            first = _begins_line(between)
            place = after + len(between)
    return found


def may_stay_open(data: bytes, start: int) -> bool:
    """Whether a comment from `start` on may hide everything to the end of the file.

    It begins with the last two percent signs, which are then the first thing in their line. False
    is sure without a parser.
    """
    place = data.rfind(b"%%", start)
    if place < 0:
        return False
    first = max(data.rfind(b"\n", start, place), data.rfind(b"\r", start, place), start - 1) + 1
    before = data[first:place]
    return before.endswith(b"%") or not before.strip(_MARKERS)


def _last_line(text: bytes) -> bytes:
    return text[max(text.rfind(b"\n"), text.rfind(b"\r")) + 1 :]


def _begins_line(before: bytes) -> bool:
    """Whether what follows a text that begins within a line is the first on a line of its own."""
    if not before.endswith(_MARKER):
        return before.endswith(_LINE_END)
    line = _last_line(before)
    return len(line) < len(before) and not line.strip(_MARKERS)


def _has_blank_line(text: bytes) -> bool:
    return (b"\n" in text or b"\r" in text) and _BLANK_LINE.search(text) is not None
