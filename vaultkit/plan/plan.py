"""Intended writes as a value: nothing here touches a disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from vaultkit.text import Edit


@dataclass(frozen=True, slots=True)
class Write:
    """Change spans of an existing file.

    path:   relative to the vault, with `/`.
    before: SHA-256 of the bytes the edits were made for, as hexadecimal digits.
    edits:  in any order, none overlapping another.
    """

    path: PurePosixPath
    before: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Create:
    """A new file where none is; its folders are made as needed."""

    path: PurePosixPath
    content: bytes


@dataclass(frozen=True, slots=True)
class Move:
    """Give a file another path; a change of case or Unicode form alone counts too.

    before: SHA-256 of the bytes now at `path`. When the same plan also writes to the
    file, that Write names the old path: writes come first.
    """

    path: PurePosixPath
    to: PurePosixPath
    before: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a file away; `before` is the SHA-256 of its bytes."""

    path: PurePosixPath
    before: str


Action = Write | Create | Move | Remove


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, and why, in one sentence; an empty plan writes nothing."""

    why: str
    actions: tuple[Action, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.actions)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason why a plan cannot be carried out as it stands."""

    path: PurePosixPath
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A plan that was carried out: the run's id, as `undo` takes it, and when (UTC, ISO 8601)."""

    id: str
    plan: Plan
    when: str
