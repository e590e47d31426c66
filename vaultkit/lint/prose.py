"""A note's running text: what a reader reads as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.note import Note
from vaultkit.note.zones import merged

_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]+://\S+|\bwww\.\S+", re.IGNORECASE)


def prose(note: Note) -> Iterator[tuple[int, str]]:
    """(byte offset, text) of every stretch outside front matter, headings, code, formulas, HTML,
    comments, links, tags, block ids and bare addresses."""
    data = note.source.data
    start = note.front_matter.span.end if note.front_matter else 0
    zones = [
        (0, start),
        *note.opaque,
        *note.comments,
        *(link.span for link in note.links),
        *(heading.span for heading in note.headings),
        *(tag.span for tag in note.tags),
        *(block.span for block in note.blocks),
    ]
    position = start
    for opening, closing in [*merged(zones), (len(data), len(data))]:
        if opening > position:
            yield from _without_addresses(
                position, data[position:opening].decode("utf-8", "replace")
            )
        position = max(position, closing)


def _without_addresses(start: int, text: str) -> Iterator[tuple[int, str]]:
    position = 0
    for match in _ADDRESS.finditer(text):
        yield start + len(text[:position].encode()), text[position : match.start()]
        position = match.end()
    yield start + len(text[:position].encode()), text[position:]
