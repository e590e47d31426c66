"""What a link means, told so that it can be kept: a file, and a heading or block by its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.note import Link, Note
from vaultkit.repair.definitions import definitions, place_of, places_of
from vaultkit.text import Span
from vaultkit.vault import Anchor, Found, Missing, Page, Resolution
from vaultkit.vault.resolve import FileIndex


class Place(NamedTuple):
    """A link and the file it stands in."""

    path: str
    link: Link


class Claim(NamedTuple):
    """A link that must keep its meaning.

    where:  the link's target in the bytes of now.
    home:   the file it stands in afterwards.
    target: the file it means now.
    anchor: the heading or block it means, None where the fragment is absent or leads nowhere.
    """

    place: Place
    where: Span
    home: str
    target: str
    anchor: Anchor | None


def resolve(index: FileIndex, link: Link, source: str) -> Resolution:
    """What a link in the file `source` means among the files of an index."""
    if link.kind == "file" and link.where == "canvas":
        if link.target in index:
            return Found(link.target)
        found = index.resolve("/" + link.target.lstrip("/"), "")
        return found if isinstance(found, Found) else Missing()
    return index.resolve(link.target, source)


def placed_links(page: Page) -> Iterator[tuple[Link, Span]]:
    """Every link that may lead to a file, with the place of its target: for a reference link in
    the definition it takes its address from."""
    known = None
    for link in page.internal_links:
        where = link.target_span
        if link.target and where.start == where.end and isinstance(page, Note):
            if known is None:
                known = places_of(definitions(page))
            where = place_of(page.source.data, link, known) or where
        yield link, where


def anchor_offset(note: Note, anchor: Anchor) -> int:
    """Where the heading or block begins that an anchor leads to."""
    items = note.headings if anchor.kind == "heading" else note.blocks
    return items[anchor.path[-1]].span.start
