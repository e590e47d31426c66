"""Which files a vault has: one walk, no `stat` per file, no way out through a link."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from vaultkit.errors import UsageError

# The files that hold links, by the ends of their names.
READ = (".md", ".canvas", ".base")
_CHUNK = 1 << 16
_BINARY = getattr(os, "O_BINARY", 0)


class Unreadable(NamedTuple):
    """A file or folder that could not be read, and the reason the system gave."""

    path: PurePosixPath
    reason: str


Visit = Callable[[str, "os.DirEntry[str]"], None]


class Listing(NamedTuple):
    """Every visible file, sorted by path; `linked` are symbolic links, which are never read
    when they lead out of the vault and never written through."""

    files: tuple[str, ...]
    linked: frozenset[str]
    unreadable: tuple[Unreadable, ...]


def list_files(
    root: Path, skip: frozenset[str] = frozenset(), visit: Visit | None = None
) -> Listing:
    """The files below `root`, as paths with `/`.

    visit: is called with the path and the directory's entry of every file.

    Dot-files and dot-folders are invisible, as in Obsidian; folders named in `skip` (paths
    relative to the root) too. Linked folders are not entered: inside the vault their files
    are there already, outside it they are not the vault's.

    Raises UsageError when the root is no folder or cannot be read.
    """
    try:
        if not root.is_dir():
            kind = "is not a folder" if root.exists() else "does not exist"
            raise UsageError(f"{root} {kind}", "name the folder of a vault")
    except OSError as error:
        raise _unreadable(root, error) from error
    files: list[str] = []
    linked: list[str] = []
    unreadable: list[Unreadable] = []
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(root / folder if folder else root) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    path = f"{folder}/{name}" if folder else name
                    if entry.is_dir(follow_symlinks=False):
                        if path not in skip:
                            stack.append(path)
                    elif entry.is_symlink():
                        if _is_file(entry):
                            files.append(path)
                            linked.append(path)
                            if visit is not None:
                                visit(path, entry)
                    elif entry.is_file():
                        files.append(path)
                        if visit is not None:
                            visit(path, entry)
        except OSError as error:
            if not folder:
                raise _unreadable(root, error) from error
            unreadable.append(Unreadable(PurePosixPath(folder), error.strerror or str(error)))
    return Listing(tuple(sorted(files)), frozenset(linked), tuple(sorted(unreadable)))


def _unreadable(root: Path, error: OSError) -> UsageError:
    return UsageError(f"{root} cannot be read: {error.strerror}", "check its permissions")


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether a symbolic link leads to a file; a loop or a dangling one leads nowhere."""
    try:
        return entry.is_file()
    except OSError:
        return False


def read_file(root: Path, path: str, linked: frozenset[str]) -> bytes | Unreadable:
    """A file's bytes, or why they could not be had."""
    place = f"{root}/{path}"
    if path in linked and not Path(place).resolve().is_relative_to(root.resolve()):
        return Unreadable(PurePosixPath(path), "a symbolic link that leads out of the vault")
    try:
        return _bytes(place)
    except OSError as error:
        return Unreadable(PurePosixPath(path), error.strerror or str(error))


def _bytes(place: str) -> bytes:
    """A file's bytes, by the fewest calls; a file object asks the system for more."""
    descriptor = os.open(place, os.O_RDONLY | _BINARY)
    try:
        pieces: list[bytes] = []
        while data := os.read(descriptor, _CHUNK):
            pieces.append(data)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
    finally:
        os.close(descriptor)
