"""A disk whose cache is lost: what a power loss may leave of a run.

The model promises no more than POSIX does. Bytes of a file are there for certain once the file
was synced, before that they may be torn. A name that was made, changed or removed is certain
once its folder was synced; before that each such change may be there or not, in any order.
A rename is there as a whole or not at all.
"""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faulty_disk import Content, SteppedDisk

# A file's bytes, permission bits and time of change; None for a folder.
Kept = tuple[bytes, int, int] | None
State = tuple[tuple[str, Kept], ...]


@dataclass
class File:
    """An inode: what it holds, and whether that would survive."""

    data: bytes
    mode: int
    mtime_ns: int
    synced: bool


@dataclass
class Change:
    """A change of names: what goes, what comes, and whether it would survive.

    waits: the folders whose sync makes it certain, as far as not synced yet.
    """

    gone: str | None
    come: str | None
    what: File | None  # None: a folder
    waits: set[str]


class LossyDisk(SteppedDisk):
    """Writes like any disk, and keeps account of what is certain."""

    def __init__(self, root: Path, stop: Callable[[int, str, Path | None], None]) -> None:
        super().__init__(stop)
        self.root = root
        self.start: dict[str, File | None] = {}
        for folder, folders, files in os.walk(root):
            for name in folders:
                self.start[self._key(Path(folder, name))] = None
            for name in files:
                self.start[self._key(Path(folder, name))] = self._file(Path(folder, name), True)
        self.now = dict(self.start)
        self.changes: list[Change] = []

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self._change(None, path, None)

    def create(self, path: Path, content: Content, **traits: Any) -> None:
        super().create(path, content, **traits)
        self._change(None, path, self._file(path, False))

    def sync(self, path: Path) -> None:
        super().sync(path)
        key = self._key(path)
        file = self.now.get(key)
        if file is not None:
            file.synced = True
            return
        for change in self.changes:
            change.waits.discard(key)

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self._change(source, target, self.now[self._key(source)])

    def remove(self, path: Path) -> None:
        super().remove(path)
        self._change(path, None, None)

    def remove_folder(self, path: Path) -> None:
        super().remove_folder(path)
        self._change(path, None, None)

    def lost(self, chance: random.Random) -> State:
        """One state that the loss of power right now may leave."""
        names = dict(self.start)
        likely = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        for change in self.changes:
            if change.waits and chance.random() >= likely:
                continue
            if change.gone is not None:
                names.pop(change.gone, None)
            if change.come is not None:
                names[change.come] = change.what
        left: dict[str, Kept] = {}
        for name in sorted(names):
            folder, file = name.rpartition("/")[0], names[name]
            if folder and folder not in left:
                continue  # its folder was lost, and with it all names in there
            if file is None:
                left[name] = None
                continue
            whole = file.data if file.synced else file.data[: chance.choice((0, 1, 7, None))]
            left[name] = (whole, file.mode, file.mtime_ns)
        return tuple(left.items())

    def _key(self, path: Path) -> str:
        return str(path.relative_to(self.root))

    def _file(self, path: Path, synced: bool) -> File:
        info = path.lstat()
        return File(path.read_bytes(), stat.S_IMODE(info.st_mode), info.st_mtime_ns, synced)

    def _change(self, source: Path | None, target: Path | None, what: File | None) -> None:
        keys = [self._key(path) if path is not None else None for path in (source, target)]
        waits = {self._key(path.parent) for path in (source, target) if path is not None}
        self.changes.append(Change(keys[0], keys[1], what, waits))
        if keys[0] is not None:
            self.now.pop(keys[0], None)
        if keys[1] is not None:
            self.now[keys[1]] = what


def write_out(state: State, place: Path) -> None:
    """Make a folder with what a loss of power left."""
    place.mkdir()
    for name, kept in state:
        path = place / name
        if kept is None:
            path.mkdir()
            continue
        data, mode, mtime_ns = kept
        path.write_bytes(data)
        path.chmod(mode)
        os.utime(path, ns=(mtime_ns, mtime_ns))
