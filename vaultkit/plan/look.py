"""Looking at a vault before changing it: exact names, no symbolic links, bytes and their digest."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from vaultkit.plan.journal import State

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_PIECE = 1 << 20


def folded(name: str) -> str:
    """A name as a file system that ignores case and Unicode form compares it (Unicode D145)."""
    decomposed = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFD", decomposed)


def read(path: Path) -> tuple[bytes, State]:
    """A regular file's bytes and state; OSError where it is none, or is a symbolic link."""
    pieces: list[bytes] = []
    found = _read(path, pieces.append)
    return b"".join(pieces), found


def state(path: Path) -> State:
    """A regular file's state, read piece by piece whatever its size; OSError as for `read`."""
    return _read(path, lambda piece: None)


def _read(path: Path, keep: Callable[[bytes], None]) -> State:
    descriptor = os.open(path, _READ)
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise OSError(f"not a regular file: {path}")
        running = hashlib.sha256()
        while piece := os.read(descriptor, _PIECE):
            running.update(piece)
            keep(piece)
    finally:
        os.close(descriptor)
    return State(running.hexdigest(), stat.S_IMODE(info.st_mode), info.st_mtime_ns)


def digest(path: Path) -> str | None:
    """SHA-256 of a regular file's bytes; None where there is no such file."""
    try:
        return state(path).digest
    except OSError:
        return None


def exists(path: Path) -> bool:
    """Whether anything has this name, a dangling symbolic link included."""
    return os.path.lexists(path)


def read_only(path: Path) -> bool:
    """Whether nobody may write here, by the permission bits or by the system's own answer.

    The bits count for the superuser too: who took them away meant it.
    """
    return not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK)


class Tree:
    """What a vault's folders hold, each listed once when first asked for.

    Names are compared exactly, so a path that a case-blind file system would open under
    another spelling counts as missing here.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._kinds: dict[PurePosixPath, dict[str, str]] = {}
        self._folded: dict[PurePosixPath, dict[str, list[str]]] = {}
        self._read_only: dict[PurePosixPath, bool] = {}

    def names(self, folder: PurePosixPath) -> dict[str, str]:
        """Name -> link, folder, file or other, for everything in a folder."""
        known = self._kinds.get(folder)
        if known is None:
            with os.scandir(self.root / folder) as entries:
                known = {entry.name: _kind(entry) for entry in entries}
            self._kinds[folder] = known
        return known

    def alike(self, path: PurePosixPath) -> list[str]:
        """Names beside `path` that differ from its own by case or Unicode form only."""
        known = self._folded.get(path.parent)
        if known is None:
            known = {}
            for name in sorted(self.names(path.parent)):
                known.setdefault(folded(name), []).append(name)
            self._folded[path.parent] = known
        return [name for name in known.get(folded(path.name), ()) if name != path.name]

    def read_only(self, folder: PurePosixPath) -> bool:
        """Whether nobody may make or rename anything in a folder."""
        known = self._read_only.get(folder)
        if known is None:
            known = self._read_only[folder] = read_only(self.root / folder)
        return known

    def kind(self, path: PurePosixPath) -> str | None:
        """What stands at a path whose parent is a folder; None for nothing."""
        return self.names(path.parent).get(path.name) if path.parts else "folder"


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"
