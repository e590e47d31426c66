"""Which paths are taken, to file systems that ignore case or Unicode form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaultkit.errors import UsageError
from vaultkit.plan.look import folded


class Standing:
    """The files of a vault and the folders they lie in."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._known: set[str] = set()
        for path in files:
            self.add(path)

    def add(self, path: str) -> None:
        """Take a path for a file."""
        self._files.setdefault(_folded(path), path)
        for folder in _folders(path):
            if folder in self._known:
                break
            self._known.add(folder)
            self._folders.setdefault(_folded(folder), folder)

    def refuse(self, path: str) -> None:
        """Raise UsageError where a file cannot be put at a path, since it or a folder on the way
        is there, perhaps spelt differently."""
        if other := self._files.get(_folded(path)):
            raise taken(path, other)
        for folder in _folders(path):
            if folder in self._known:
                return
            if other := self._folders.get(_folded(folder)):
                raise UsageError(
                    f"the folder {folder} would differ from {other} in case or Unicode form only",
                    f"write {other}, or choose another name",
                )


def taken(path: str, other: str) -> UsageError:
    """The refusal of a path at which something stands already, perhaps spelt differently."""
    if path == other:
        return UsageError(f"{path} exists already", "choose another name, or merge the two notes")
    return UsageError(
        f"{path} would differ from {other} in case or Unicode form only",
        "many file systems hold them for one file: choose another name, or merge the two notes",
    )


def _folded(path: str) -> str:
    """The form in which paths are compared that no file system may hold side by side."""
    return "/".join(map(folded, path.split("/")))


def _folders(path: str) -> Iterator[str]:
    """The folders that a path lies in, the innermost first."""
    while "/" in path:
        path = path[: path.rfind("/")]
        yield path
