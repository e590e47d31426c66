"""Headings and blocks afterwards, and how a link names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vaultkit.note import Board, Link, Note
from vaultkit.note.strings import PlacedString, placed
from vaultkit.repair.after import page_of
from vaultkit.repair.claim import Claim, anchor_offset
from vaultkit.repair.draft import Layout
from vaultkit.repair.spell import destination
from vaultkit.repair.write import escaped
from vaultkit.text import Span
from vaultkit.vault import Anchor, Page, Vault
from vaultkit.vault.fragment import Anchors

# Obsidian writes a blank for what a link's heading cannot hold.
_NO_HEADING = re.compile(r"[#|^\[\]\\:\s]+|%%")


class Fragments:
    """The notes afterwards as far as links with a `#` ask for them."""

    def __init__(self, vault: Vault, layout: Layout) -> None:
        self._vault = vault
        self._layout = layout
        self._notes: dict[str, Note | None] = {}
        self._anchors: dict[str, Anchors] = {}

    def wrong(
        self, claims: Iterable[Claim], written: Mapping[Claim, str]
    ) -> list[tuple[Claim, str | None]]:
        """The links whose fragment would lead elsewhere, each with a fragment that leads right.

        written: fragments that an earlier round has changed.
        """
        found = []
        for claim in claims:
            wanted = self._wanted(claim)
            text = written.get(claim, claim.place.link.fragment or "")
            if wanted is not None and not self._leads(text, wanted):
                found.append((claim, self._named(claim, wanted)))
        return found

    def _wanted(self, claim: Claim) -> tuple[str, Anchor] | None:
        """The file and the heading or block meant, afterwards; None when it is gone."""
        assert claim.anchor is not None
        spots = self._spots(claim)
        if spots[-1] is None:
            return None
        home, number = spots[-1]
        return home, Anchor(claim.anchor.kind, (number,))

    def _spots(self, claim: Claim) -> list[tuple[str, int] | None]:
        """For each heading on the way its file and number afterwards."""
        assert claim.anchor is not None
        note = self._vault.notes[claim.target]
        kind, path = claim.anchor
        return [self._spot(claim.target, note, Anchor(kind, (number,))) for number in path]

    def _spot(self, path: str, note: Note, anchor: Anchor) -> tuple[str, int] | None:
        spot = self._layout.spot(path, anchor_offset(note, anchor))
        after = self.note(spot.path) if spot else None
        if spot is None or after is None:
            return None
        spans = [item.span for item in after.headings]
        if anchor.kind == "block":
            spans = [item.span for item in after.blocks]
        starts = [span.start for span in spans]
        return (spot.path, starts.index(spot.offset)) if spot.offset in starts else None

    def note(self, path: str) -> Note | None:
        """A note afterwards."""
        if path not in self._notes:
            content = self._layout.changed(path)
            page = None if content is None else page_of(path, content, None)
            note = self._vault.notes.get(path) if page is None else page
            self._notes[path] = note if isinstance(note, Note) else None
        return self._notes[path]

    def exists(self, path: str, fragment: str) -> bool:
        """Whether a fragment leads anywhere in a note afterwards."""
        return self._found(path, fragment) is not None

    def _found(self, path: str, fragment: str) -> Anchor | None:
        note = self.note(path)
        if note is None:
            return None
        if path not in self._anchors:
            self._anchors[path] = Anchors(note)
        return self._anchors[path].find(fragment)

    def _leads(self, fragment: str, wanted: tuple[str, Anchor]) -> bool:
        """Whether a fragment leads to a heading or block of a note afterwards."""
        path, anchor = wanted
        found = self._found(path, fragment)
        return found is not None and found.kind == anchor.kind and found.path[-1:] == anchor.path

    def _named(self, claim: Claim, wanted: tuple[str, Anchor]) -> str | None:
        """A fragment that leads to what is wanted, as near to the old one as can be."""
        path, anchor = wanted
        note = self.note(path)
        assert note is not None
        if anchor.kind == "block":
            text = "^" + note.blocks[anchor.path[0]].id
            return text if self._leads(text, wanted) else None
        number = anchor.path[0]
        same = [spot[1] for spot in self._spots(claim) if spot and spot[0] == path]
        line = _line(note, number)
        ways = [same, [number], *(line[cut:] for cut in range(len(line) - 2, -1, -1))]
        for way in ways:
            text = "#".join(heading_text(note.headings[item].text) for item in way)
            if self._leads(text, wanted):
                return text
        return None


def _line(note: Note, number: int) -> list[int]:
    """A heading's ancestors, outermost first, and itself."""
    line = [number]
    for other in range(number - 1, -1, -1):
        if note.headings[other].level < note.headings[line[0]].level:
            line.insert(0, other)
    return line


def heading_text(text: str) -> str:
    """A heading as a link names it."""
    return _NO_HEADING.sub(" ", text).strip()


def encoded(page: Page, link: Link, where: Span, place: Span, text: str) -> bytes:
    """A fragment at `place` as the file's syntax there wants it; `where` is the link's target."""
    data = page.source.data
    if link.kind == "markdown":
        angled = data[where.start - 1 : where.start] == b"<"
        parts = text.split("#")
        return b"#".join(destination(data, place, part, angled=angled) for part in parts)
    return escaped(text, page, link)


def subpath_place(page: Page, link: Link) -> Span | None:
    """Where a canvas's file node names the heading or block, without its `#`."""
    canvas = placed(page.source.data) if isinstance(page, Board) else None
    nodes = canvas.get("nodes") if isinstance(canvas, dict) else None
    for node in nodes if isinstance(nodes, list) else ():
        file = node.get("file") if isinstance(node, dict) else None
        if isinstance(file, PlacedString) and file.span == link.span:
            subpath = node.get("subpath")
            if isinstance(subpath, PlacedString):
                marks = len(subpath.value) - len(subpath.value.lstrip("#"))
                return Span(subpath.span.start + marks, subpath.span.end)
    return None
