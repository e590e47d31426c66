"""Where a run takes place, and the small writes that carrying out and rolling back share."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vaultkit.plan.disk import Disk
from vaultkit.plan.journal import Run


@dataclass(frozen=True, slots=True)
class Site:
    """A vault (its root resolved), the folder of one run, and the disk both are written to."""

    root: Path
    folder: Path
    disk: Disk

    def mark(self, name: str) -> None:
        """Set a marker of the run, for good."""
        if not (self.folder / name).exists():
            self.disk.create(self.folder / name, b"")
        self.disk.sync(self.folder)

    def unmark(self, name: str) -> None:
        """Take a marker away, for good."""
        if (self.folder / name).exists():
            self.disk.remove(self.folder / name)
        self.disk.sync(self.folder)

    def marked(self, name: str) -> bool:
        """Whether a marker is set."""
        return (self.folder / name).exists()

    def sync_folders(self, paths: Iterable[PurePosixPath]) -> None:
        """Wait for the names in the folders of `paths`, each folder once; vanished ones aside."""
        for folder in sorted({path.parent for path in paths}):
            try:
                self.disk.sync(self.root / folder)
            except FileNotFoundError:
                continue

    def remove_if_empty(self, folders: Iterable[PurePosixPath]) -> None:
        """Take folders away where nothing is left in them."""
        gone = []
        for folder in folders:
            try:
                self.disk.remove_folder(self.root / folder)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):
                    raise
            else:
                gone.append(folder)
        self.sync_folders(gone)

    def real(self, path: PurePosixPath) -> bool:
        """Whether the folder of a path is still reached without a symbolic link."""
        place = str((self.root / path).parent)
        return os.path.realpath(place) == place


def touched(run: Run) -> list[PurePosixPath]:
    """Every place whose folder a run changes names in, new folders included."""
    places = [step.path for step in run.steps]
    places += [step.to for step in run.steps if step.to is not None]
    return [*places, *run.made]
