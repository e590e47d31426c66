"""What git knows of a vault: changed lines, files of a revision. The only door to git."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from vaultkit.errors import UsageError

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([abtnvfr\"\\]|[0-7]{3})")
_NAMED = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


class ChangedLines:
    """The changed lines of each file; a new file is changed in all of them."""

    def __init__(self, lines: dict[str, list[tuple[int, int]]], new: frozenset[str]) -> None:
        self._lines = lines
        self._new = new

    def touches(self, path: str, first: int, last: int) -> bool:
        """Whether one of the lines `first` to `last` of a file has changed."""
        if path in self._new:
            return True
        return any(start <= last and first <= end for start, end in self._lines.get(path, ()))

    def holds(self, path: str) -> bool:
        """Whether anything in a file has changed."""
        return path in self._new or path in self._lines


def changed_lines(root: Path, revision: str) -> ChangedLines:
    """What has changed below `root` since a revision, files git does not know yet included.

    Raises UsageError where there is no git, no repository, or no such revision.
    """
    if revision.startswith("-"):
        raise UsageError(f"`{revision}` is no revision", "name a commit, a branch or a tag")
    patch = _git(
        root, "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv",
        "--no-renames", "--relative", "--src-prefix=a/", "--dst-prefix=b/", revision, "--",
    )  # fmt: skip
    others = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    new = frozenset(_text(name) for name in others.split(b"\0") if name)
    return ChangedLines(_hunks(patch), new)


def files_at(root: Path, revision: str, read: tuple[str, ...]) -> dict[str, bytes]:
    """The files below `root` in a revision, by their paths from there.

    read: endings of the names whose bytes are wanted; other files are empty here, and so are
    symbolic links. Raises UsageError where there is no git, no repository, or no such revision.
    """
    meant = f"{revision}^{{commit}}"
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", meant).strip()
    listing = _git(root, "ls-tree", "-r", "-z", commit.decode(), "--", ".")
    files: dict[str, bytes] = {}
    wanted: list[tuple[str, bytes]] = []
    for entry in filter(None, listing.split(b"\0")):
        facts, _, name = entry.partition(b"\t")
        mode, kind, digest = facts.split()
        path = _text(name)
        if kind == b"blob":
            files[path] = b""
            if mode != b"120000" and path.lower().endswith(read):
                wanted.append((path, digest))
    answer = _git(root, "cat-file", "--batch", given=b"".join(name + b"\n" for _, name in wanted))
    place = 0
    for path, _ in wanted:
        end = answer.index(b"\n", place)
        told = answer[place:end].split()
        if len(told) != 3:
            hint = "fetch the whole history: git fetch --unshallow, or without a filter"
            raise UsageError(f"git has not got {path} of {revision}", hint)
        size = int(told[2])
        files[path] = answer[end + 1 : end + 1 + size]
        place = end + size + 2
    return files


def is_revision(root: Path, name: str) -> bool:
    """Whether git knows a commit of that name."""
    try:
        _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except UsageError:
        return False
    return True


def _hunks(patch: bytes) -> dict[str, list[tuple[int, int]]]:
    """Of each file in a patch without context the ranges of lines that are there now.

    Where lines were only taken away, the line above the gap counts as changed.
    """
    lines: dict[str, list[tuple[int, int]]] = {}
    current: list[tuple[int, int]] | None = None
    left = 0
    for line in patch.split(b"\n"):
        if left > 0 and line[:1] in b"+-\\":
            left -= line[:1] in b"+-"
            continue
        if line.startswith(b"+++ "):
            name = _unquoted(line[4:].rstrip(b"\t"))
            current = lines.setdefault(name[2:], []) if name.startswith("b/") else None
        elif (match := _HUNK.match(line)) is not None:
            start = int(match[1])
            count = 1 if match[2] is None else int(match[2])
            left = _removed(line) + count
            if current is not None:
                current.append((max(start, 1), max(start + count - 1, start, 1)))
    return lines


def _removed(hunk: bytes) -> int:
    old = hunk.split(b" ")[1]
    return int(old.split(b",")[1]) if b"," in old else 1


def _unquoted(name: bytes) -> str:
    """A file's name as git writes it: in C quotes where it holds anything unusual."""
    if name[:1] == b'"':
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return _text(name)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) if len(code) == 3 else _NAMED[code[0]]])


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    command: Sequence[str] = ("git", "-C", str(root), *arguments)
    try:
        done = subprocess.run(command, capture_output=True, check=False, input=given)
    except FileNotFoundError as error:
        raise UsageError("git is not installed", "install it, or leave --diff out") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        told = said[0] if said else f"exit code {done.returncode}"
        hint = "name a commit, a branch or a tag of the vault's repository"
        raise UsageError(f"git cannot tell what changed: {told}", hint)
    return done.stdout
