"""A vault of which only what is asked for is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from vaultkit.note import Board, Note, read_note
from vaultkit.text import Source
from vaultkit.vault.index import Vault, is_board, is_note
from vaultkit.vault.scan import Listing, Unreadable, read_file
from vaultkit.vault.settings import Settings


class LazyNotes(Mapping[str, Note]):
    """The notes of a vault by path, each read when it is first asked for.

    given: bytes that were read already.
    A note that cannot be read raises OSError: what is known of the vault does not hold any more.
    """

    def __init__(self, root: Path, listing: Listing, given: Mapping[str, bytes]) -> None:
        self._root = root
        self._linked = listing.linked
        self._files = listing.files
        self._there = frozenset(listing.files)
        self._given = given
        self._read: dict[str, Note] = {}

    def __getitem__(self, path: str) -> Note:
        note = self._read.get(path)
        if note is None:
            if path not in self:
                raise KeyError(path)
            data = self._given.get(path)
            if data is None:
                found = read_file(self._root, path, self._linked)
                if isinstance(found, Unreadable):
                    raise OSError(found.reason)
                data = found
            note = self._read[path] = read_note(Source(path, data))
        return note

    def __iter__(self) -> Iterator[str]:
        return filter(is_note, self._files)

    def __len__(self) -> int:
        return sum(map(is_note, self._files))

    def __contains__(self, path: object) -> bool:
        return path in self._there and is_note(str(path))


def lazy_vault(
    root: Path, listing: Listing, settings: Settings, given: Mapping[str, bytes]
) -> Vault:
    """The vault of a listing; its boards are read at once, its notes when they are asked for."""
    boards: dict[str, Board] = {}
    for path in listing.files:
        if not path.endswith(".md") and is_board(path):
            data = read_file(root, path, listing.linked)
            if not isinstance(data, Unreadable):
                boards[path] = Board(Source(path, data))
    return Vault(
        root,
        LazyNotes(root, listing, given),
        MappingProxyType(boards),
        listing.files,
        listing.linked,
        listing.unreadable,
        settings,
    )
