"""Whether what stands after a link's `#` exists in the note the link means."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from vaultkit.names import block_key, heading_key
from vaultkit.note import Note
from vaultkit.text import lazy


class Anchor(NamedTuple):
    """Where a fragment leads.

    path: the number of each heading on the way down, the last being the one meant, or the
          number of the block, counted in the note from 0; () for the note itself.
    """

    kind: Literal["note", "heading", "block"]
    path: tuple[int, ...]


class Anchors:
    """The headings and block ids of one note, in the forms in which links name them."""

    def __init__(self, note: Note) -> None:
        self._note = note

    @lazy
    def _headings(self) -> tuple[tuple[int, str], ...]:
        return tuple((item.level, heading_key(item.text)) for item in self._note.headings)

    @lazy
    def _first_heading(self) -> dict[str, int]:
        first: dict[str, int] = {}
        for number, (_, key) in enumerate(self._headings):
            first.setdefault(key, number)
        return first

    @lazy
    def _first_block(self) -> dict[str, int]:
        first: dict[str, int] = {}
        for number, item in enumerate(self._note.blocks):
            first.setdefault(block_key(item.id), number)
        return first

    def has(self, fragment: str) -> bool:
        """Whether a fragment leads somewhere."""
        return self.find(fragment) is not None

    def find(self, fragment: str) -> Anchor | None:
        """Where a fragment leads, or None.

        `^id` names a block; `H1#H2` walks down, each segment on a deeper level after the
        one before, levels may be skipped. A segment of punctuation alone names nothing
        and is not counted against the link.
        """
        block, keys = _named(fragment)
        if block is not None:
            place = self._first_block.get(block)
            return None if place is None else Anchor("block", (place,))
        if not keys:
            return Anchor("note", ())
        first = self._first_heading
        if any(key not in first for key in keys):
            return None
        if len(keys) == 1:
            return Anchor("heading", (first[keys[0]],))
        found: list[int] = []
        level = 0
        for number, (heading_level, key) in enumerate(self._headings):
            if heading_level > level and key == keys[len(found)]:
                found.append(number)
                level = heading_level
                if len(found) == len(keys):
                    return Anchor("heading", tuple(found))
        return None


@lru_cache(maxsize=4096)
def _named(fragment: str) -> tuple[str | None, tuple[str, ...]]:
    """The key of the block that a fragment names, or None, and those of the headings."""
    segments = [segment.strip() for segment in fragment.split("#")]
    if segments[-1].startswith("^"):
        return block_key(segments[-1][1:]), ()
    return None, tuple(key for key in map(heading_key, segments) if key)
