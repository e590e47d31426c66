"""All notes of a vault at once, frozen, and the answers that need all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from vaultkit.config import Config
from vaultkit.note import Board, Engine, Note, present_engine, read_note
from vaultkit.text import Source
from vaultkit.vault.fragment import Anchor, Anchors
from vaultkit.vault.resolve import MISSING, FileIndex, Found, Resolution
from vaultkit.vault.scan import Unreadable, list_files, read_file
from vaultkit.vault.settings import Settings, read_settings

Page = Note | Board
_BOARDS = (".canvas", ".base")


@dataclass(frozen=True, eq=False)
class Vault:
    """A vault as it stood when it was read.

    root:       its folder.
    notes:      Markdown files by path, sorted.
    boards:     canvas and base files by path, sorted.
    unreadable: what the system would not hand over.
    settings:   what `.obsidian/app.json` says.
    """

    root: Path
    notes: Mapping[str, Note]
    boards: Mapping[str, Board]
    files: tuple[str, ...]
    linked: frozenset[str]
    unreadable: tuple[Unreadable, ...]
    settings: Settings
    _anchors: dict[str, Anchors] = field(default_factory=dict, repr=False)

    @cached_property
    def index(self) -> FileIndex:
        """The maps that answer what a link means."""
        return FileIndex(self.files)

    def pages(self) -> Iterator[tuple[str, Page]]:
        """Every file that holds links, notes first."""
        yield from self.notes.items()
        yield from self.boards.items()

    def pages_of(self, files: Collection[str] | None) -> Iterator[tuple[str, Page]]:
        """The files that hold links among some, or all of them for None, in the same order."""
        if files is None:
            yield from self.pages()
            return
        for path in sorted(files):
            if path in self.notes:
                yield path, self.notes[path]
        for path in sorted(files):
            if path in self.boards:
                yield path, self.boards[path]

    def page(self, path: str) -> Page:
        """The note, canvas or base at a path; KeyError where there is none."""
        note = self.notes.get(path)
        return note if note is not None else self.boards[path]

    def resolve(self, target: str, source: str) -> Resolution:
        """The file that `target`, as a link in the file `source` has it, means."""
        return self.index.resolve(target, source)

    def resolve_path(self, path: str) -> Resolution:
        """The file a canvas names by its path from the vault's root."""
        if path in self.index:
            return Found(path)
        found = self.index.resolve("/" + path.lstrip("/"), "")
        return found if isinstance(found, Found) else MISSING

    def has_fragment(self, path: str, fragment: str) -> bool:
        """Whether a heading or block stands in a note; other files take any fragment."""
        return path not in self.notes or self.anchor(path, fragment) is not None

    def anchor(self, path: str, fragment: str) -> Anchor | None:
        """Which heading or block of a note a fragment names; None where there is none."""
        note = self.notes.get(path)
        if note is None:
            return None
        anchors = self._anchors.get(path)
        if anchors is None:
            anchors = self._anchors[path] = Anchors(note)
        return anchors.find(fragment)


def is_note(path: str) -> bool:
    """Whether a file is a Markdown note, by its name."""
    return path[-3:].lower() == ".md"


def is_board(path: str) -> bool:
    """Whether a file is a canvas or a base, by its name."""
    return path[-7:].lower().endswith(_BOARDS)


def read_vault(root: Path, config: Config | None = None, engine: Engine | None = None) -> Vault:
    """Read every note, canvas and base below `root`.

    Raises UsageError when the root is not a folder that can be read; a file that cannot be
    read is listed in `unreadable` and still answers to links.
    """
    settings_of = config or Config()
    engine = engine or present_engine()
    listing = list_files(root, frozenset({settings_of.backup}))
    notes: dict[str, Note] = {}
    boards: dict[str, Board] = {}
    unreadable = list(listing.unreadable)
    for path in listing.files:
        if not is_note(path) and not is_board(path):
            continue
        data = read_file(root, path, listing.linked)
        if isinstance(data, Unreadable):
            unreadable.append(data)
        elif is_note(path):
            notes[path] = read_note(Source(path, data), engine)
        else:
            boards[path] = Board(Source(path, data))
    return Vault(
        root,
        MappingProxyType(notes),
        MappingProxyType(boards),
        listing.files,
        listing.linked,
        tuple(sorted(unreadable)),
        read_settings(root),
    )
