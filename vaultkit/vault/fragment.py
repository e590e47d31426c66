"""Whether what stands after a link's `#` exists in the note the link means."""

from __future__ import annotations

from functools import cached_property

from vaultkit.names import block_key, heading_key
from vaultkit.note import Note


class Anchors:
    """The headings and block ids of one note, in the forms in which links name them."""

    def __init__(self, note: Note) -> None:
        self._note = note

    @cached_property
    def _headings(self) -> tuple[tuple[int, str], ...]:
        return tuple((item.level, heading_key(item.text)) for item in self._note.headings)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(key for _, key in self._headings)

    @cached_property
    def _blocks(self) -> frozenset[str]:
        return frozenset(block_key(item.id) for item in self._note.blocks)

    def has(self, fragment: str) -> bool:
        """Whether a fragment leads somewhere.

        `^id` names a block; `H1#H2` walks down, each segment on a deeper level after the
        one before, levels may be skipped. A segment of punctuation alone names nothing
        and is not counted against the link.
        """
        segments = [segment.strip() for segment in fragment.split("#")]
        if segments[-1].startswith("^"):
            return block_key(segments[-1][1:]) in self._blocks
        keys = [key for key in map(heading_key, segments) if key]
        if len(keys) < 2 or not self._known.issuperset(keys):
            return self._known.issuperset(keys)
        return self.heading(fragment) is not None

    def heading(self, fragment: str) -> int | None:
        """The place among the note's headings of the one that a fragment leads to."""
        keys = [key for key in map(heading_key, fragment.split("#")) if key]
        index, level = 0, 0
        for number, (heading_level, key) in enumerate(self._headings):
            if keys and heading_level > level and key == keys[index]:
                index, level = index + 1, heading_level
                if index == len(keys):
                    return number
        return None
