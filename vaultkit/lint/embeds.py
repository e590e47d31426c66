"""Which part of which note an embed shows, and what that part embeds in turn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from vaultkit.names import heading_key
from vaultkit.note import Link, Note
from vaultkit.text import Span
from vaultkit.vault import Found, Vault


class Part(NamedTuple):
    """A whole note, or one section of it; span is the part's place in the note."""

    path: str
    span: Span


class Embed(NamedTuple):
    """An embed that stands in the note `path` and shows a part."""

    path: str
    link: Link
    shows: Part


class Embeds:
    """Every embed of a note or section in a vault; one of a block shows no more than its text.

    only: the notes whose embeds are looked at, or None for all.
    """

    def __init__(self, vault: Vault, only: Collection[str] | None = None) -> None:
        self._vault = vault
        self._only = only

    @cached_property
    def by_note(self) -> Mapping[str, tuple[Embed, ...]]:
        """Note -> its embeds of notes, those in comments left out."""
        paths = self._vault.notes if self._only is None else sorted(self._only)
        notes = ((path, self._vault.notes.get(path)) for path in paths)
        found = ((path, tuple(self._in(path, note))) for path, note in notes if note)
        return {path: embeds for path, embeds in found if embeds}

    def _in(self, path: str, note: Note) -> Iterator[Embed]:
        for link in note.embeds:
            if link.where != "body":
                continue
            found = self._vault.resolve(link.target, path)
            if not isinstance(found, Found) or found.path not in self._vault.notes:
                continue
            span = section(self._vault.notes[found.path], link.fragment)
            if span is not None:
                yield Embed(path, link, Part(found.path, span))

    def inside(self, part: Part) -> Iterator[Embed]:
        """The embeds that stand in a part."""
        for embed in self.by_note.get(part.path, ()):
            if part.span.start <= embed.link.span.start < part.span.end:
                yield embed

    def reaches(self, start: Part, path: str, offset: int) -> bool:
        """Whether what a part shows, embeds in embeds included, holds a place of a note."""
        seen, stack = {start}, [start]
        while stack:
            part = stack.pop()
            if part.path == path and part.span.start <= offset < part.span.end:
                return True
            for embed in self.inside(part):
                if embed.shows not in seen:
                    seen.add(embed.shows)
                    stack.append(embed.shows)
        return False


def section(note: Note, fragment: str | None) -> Span | None:
    """The part of a note that a fragment names; None for a block, or where it names nothing."""
    end = len(note.source.data)
    keys = [key for key in map(heading_key, (fragment or "").split("#")) if key]
    if not keys:
        return Span(0, end)
    if (fragment or "").rpartition("#")[2].strip().startswith("^"):
        return None
    index, level = 0, 0
    for number, heading in enumerate(note.headings):
        if heading.level > level and heading_key(heading.text) == keys[index]:
            index, level = index + 1, heading.level
            if index == len(keys):
                rest = note.headings[number + 1 :]
                stop = next((item.span.start for item in rest if item.level <= level), end)
                return Span(heading.span.start, stop)
    return None
