"""A vault as it was or might be: made of bytes at hand instead of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from vaultkit.config import Config
from vaultkit.note import Board, Note, read_note
from vaultkit.text import Source
from vaultkit.vault.index import Vault
from vaultkit.vault.settings import Settings

READ = (".md", ".canvas", ".base")


def is_visible(path: str, config: Config) -> bool:
    """Whether a scan of the vault would list the file: no dot-file, nothing of the backups."""
    return not any(part.startswith(".") for part in path.split("/")) and not path.startswith(
        config.backup.rstrip("/") + "/"
    )


def vault_of(
    root: Path, files: Mapping[str, bytes], settings: Settings, config: Config | None = None
) -> Vault:
    """The vault that the files make, by their paths from `root`.

    Only what ends in READ is read; of other files the name alone counts.
    """
    shown = sorted(path for path in files if is_visible(path, config or Config()))
    notes: dict[str, Note] = {}
    boards: dict[str, Board] = {}
    for path in shown:
        source = Source(path, files[path])
        if path.lower().endswith(READ[0]):
            notes[path] = read_note(source)
        elif path.lower().endswith(READ[1:]):
            boards[path] = Board(source)
    return Vault(
        root,
        MappingProxyType(notes),
        MappingProxyType(boards),
        tuple(shown),
        frozenset(),
        (),
        settings,
    )
