"""`[[target#fragment|display]]`, with and without a `!` before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from vaultkit.note.model import Link, LinkKind, Where
from vaultkit.note.zones import Zone, within
from vaultkit.text import Span

# Only `]]` closes, a newline never stands inside, and of nested ones the inner wins.
WIKILINK = re.compile(rb"\[\[(?!\[)((?:[^\[\]\r\n]++|\[(?!\[)|\](?!\]))++)\]\]")
_BAR = re.compile(rb"(?<!\\)\|")
# A named tuple's own constructor takes twice as long; a vault has tens of thousands of links.
new: Any = tuple.__new__


class Candidate(NamedTuple):
    """Brackets that are a wikilink unless what surrounds them says otherwise."""

    span: Span
    inner: Span
    embed: bool


def candidates(data: bytes, start: int = 0) -> Iterator[Candidate]:
    """Every `[[…]]` from `start` on whose brackets are not escaped."""
    for match in WIKILINK.finditer(data, start):
        first = match.start()
        if first and data[first - 1] == 0x5C and _escaped(data, first):
            continue
        embed = first > start and data[first - 1] == 0x21 and not _escaped(data, first - 1)
        yield Candidate(Span(first - embed, match.end()), Span(*match.span(1)), embed)


def _escaped(data: bytes, offset: int) -> bool:
    """Whether an odd number of backslashes stands before the byte."""
    count = 0
    while offset - count > 0 and data[offset - count - 1] == 0x5C:
        count += 1
    return count % 2 == 1


def in_text(
    data: bytes, found: Iterable[Candidate], opaque: list[Zone], tables: list[Zone]
) -> Iterator[Candidate]:
    """The candidates that begin in ordinary text.

    A code span, formula or tag that begins inside a link is part of the link, so that what
    comes after is text again: `[[x$y]] [[z$]]` are two links. In a table an unescaped bar
    ends the cell, and the brackets with it.
    """
    index = 0
    void: set[int] = set()
    for candidate in found:
        start, end = candidate.inner.start - 2, candidate.span.end
        while index < len(opaque) and opaque[index][1] <= start:
            index += 1
        if index < len(opaque) and opaque[index][0] <= start and index not in void:
            continue
        if (
            tables
            and within(tables, start)
            and _BAR.search(data, candidate.inner.start, candidate.inner.end)
        ):
            continue
        ahead = index
        while ahead < len(opaque) and opaque[ahead][0] < end:
            void.add(ahead)
            ahead += 1
        yield candidate


def wikilink(data: bytes, candidate: Candidate, where: Where) -> Link | None:
    """The link as a value, or None when it names nothing at all (`[[ ]]`, `[[|x]]`)."""
    return read_inner(data, candidate.inner, candidate.span, candidate.embed, where)


def read_inner(data: bytes, inner: Zone, span: Span, embed: bool, where: Where) -> Link | None:
    """Split what stands between the brackets: at the first bar, then at the first `#`.

    The backslash of `\\|`, as tables want it, belongs to the bar.
    """
    start = inner[0]
    text = data[start : inner[1]]
    display: str | None = None
    fragment: str | None = None
    if b"|" in text:
        text, _, shown = text.partition(b"|")
        display = shown.decode("utf-8", "replace")
        text = text.removesuffix(b"\\")
    if b"#" in text:
        text, _, part = text.partition(b"#")
        fragment = part.decode("utf-8", "replace").strip()
    end = start + len(text)
    raw = text.decode("utf-8", "replace")
    target = raw.strip()
    if len(target) != len(raw):
        # Blanks are cut off by their own bytes: a byte that is no text counts as three in `raw`.
        start += len(raw[: len(raw) - len(raw.lstrip())].encode())
        end = max(start, end - len(raw[len(raw.rstrip()) :].encode()))
    if not target and not fragment:
        return None
    kind: LinkKind = "embed" if embed else "wiki"
    place: Span = new(Span, (start, end))
    link: Link = new(Link, (kind, target, fragment, display, span, place, where))
    return link


def plain_target(inner: bytes) -> str:
    """The target that stands between the brackets; "" where there is none, or a fragment too."""
    text, bar, _ = inner.partition(b"|")
    if b"#" in text:
        return ""
    return (text.removesuffix(b"\\") if bar else text).decode("utf-8", "replace").strip()
