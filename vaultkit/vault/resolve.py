"""*Which file does this link mean?* Obsidian's answer, from maps built once.

The order of the steps is that of the observed application: an exact vault path, then files
whose path ends with the target, the linking note's own folder first, then the shortest path.
Aliases, titles and headings never resolve.
"""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import normpath
from typing import NamedTuple

from vaultkit.names import link_key


class Found(NamedTuple):
    """The one file a target means."""

    path: str


class Missing(NamedTuple):
    """No file answers to the target."""


class Ambiguous(NamedTuple):
    """Several files answer equally; Obsidian's own choice among them is not stable."""

    candidates: tuple[str, ...]


Resolution = Found | Missing | Ambiguous
MISSING = Missing()
# Below this many files of one name a scan is cheaper than a map of their path endings.
_SCAN_LIMIT = 8


class FileIndex:
    """Every file of a vault by path key and by name key."""

    def __init__(self, files: Iterable[str]) -> None:
        self.files = tuple(files)
        self._by_path: dict[str, list[str]] = {}
        self._by_name: dict[str, list[tuple[str, str]]] = {}
        for path in self.files:
            key = _path_key(path)
            self._by_path.setdefault(key, []).append(path)
            self._by_name.setdefault(key[key.rfind("/") + 1 :], []).append((key, path))
        self._by_ending: dict[str, dict[str, list[tuple[str, str]]]] = {}
        # What was answered before: to any file, and to the files of one folder.
        self.answered: dict[str, Resolution] = {}
        self._answered_in: dict[tuple[str, str], Resolution] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._by_path.get(_path_key(path), ())

    def resolve(self, target: str, source: str) -> Resolution:
        """The file that `target`, as written in the file `source`, means.

        target: the part of a link before `#`, decoded; source: a path relative to the vault.
        """
        answer = self.answered.get(target)
        if answer is not None:
            return answer
        folder = source[: source.rfind("/") + 1]
        answer = self._answered_in.get((target, folder))
        if answer is None:
            key = _path_key(target)
            if not key:
                return Found(source)
            answer, anywhere = self._look_up(key, target, folder)
            if answer is MISSING:
                name = target.rstrip() + ".md"
                # A sigma is lowered to one letter at a word's end, to another before `.md`.
                key = key + ".md" if target.isascii() else _path_key(name)
                answer, second = self._look_up(key, name, folder)
                anywhere = anywhere and second
            if anywhere:
                self.answered[target] = answer
            else:
                self._answered_in[target, folder] = answer
        return answer

    def leads_somewhere(self, target: str) -> bool:
        """Whether a link means one and the same file from every folder."""
        answer = self.answered.get(target)
        if answer is None:
            if target.isascii() and "/" not in target:
                # The steps below, where only the name counts and one file has it.
                key = target.strip().lower()
                names = self._by_name.get(key) or self._by_name.get(key + ".md")
                if names is not None and len(names) == 1 and key:
                    self.answered[target] = Found(names[0][1])
                    return True
            self.resolve(target, "")
            answer = self.answered.get(target)
        return type(answer) is Found

    def _look_up(self, key: str, name: str, folder: str) -> tuple[Resolution, bool]:
        """The file of that very name, and whether it is the same for links in any folder."""
        if "/" not in key and key not in self._by_name:
            return MISSING, True
        if key.startswith(("./", "../")):
            place = normpath(_path_key(folder) + key)
            if place.startswith("../"):
                return MISSING, False
            return self._exact(place, normpath(folder + name.strip())), False
        if key.startswith("/"):
            return self._exact(key[1:], name.strip()[1:]), True
        if key in self._by_path:
            return self._exact(key, name), True
        found = self._ending_with(key)
        if not found:
            return MISSING, True
        if len(found) == 1:
            return Found(found[0][1]), True
        own_key = _path_key(folder) + key
        own = [path for candidate, path in found if candidate == own_key]
        if own:
            return _one_of(own, folder + name), False
        shortest = min(len(path) for _, path in found)
        return _one_of([path for _, path in found if len(path) == shortest], name), False

    def _exact(self, key: str, written: str) -> Resolution:
        twins = self._by_path.get(key)
        return _one_of(twins, written) if twins else MISSING

    def _ending_with(self, key: str) -> list[tuple[str, str]]:
        name = key[key.rfind("/") + 1 :]
        same_name = self._by_name.get(name, [])
        if name == key:
            return same_name
        if len(same_name) <= _SCAN_LIMIT:
            return [item for item in same_name if item[0].endswith("/" + key)]
        endings = self._by_ending.get(name)
        if endings is None:
            endings = self._by_ending[name] = {}
            for item in same_name:
                cut = item[0].find("/")
                while cut >= 0:
                    endings.setdefault(item[0][cut + 1 :], []).append(item)
                    cut = item[0].find("/", cut + 1)
        return endings.get(key, [])


def _path_key(path: str) -> str:
    """A path's key; the blanks around a name inside it do not count, as at its ends."""
    key = link_key(path)
    if "/" in key and (" /" in key or "/ " in key or "\t" in key):
        key = "/".join(part.strip() for part in key.split("/"))
    return key


def _one_of(paths: list[str], written: str) -> Resolution:
    """One file, or a tie; of names with one key the one written exactly wins."""
    if len(paths) == 1:
        return Found(paths[0])
    exact = [path for path in paths if f"/{path}".endswith(f"/{written}")]
    if len(exact) == 1 and len({_path_key(path) for path in paths}) == 1:
        return Found(exact[0])
    return Ambiguous(tuple(sorted(paths)))
