"""What a warm parent is told at its start, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from vaultkit.verify.sandbox import Room, Walls


@dataclass(frozen=True, slots=True)
class Setup:
    """What a warm parent is told before its first job.

    room:    `work` is an empty folder that the runner made for it.
    mode:    `auto`, `require` or `off`.
    modules: to import before the first fork, in order; those that fail are left to the notes.
    jobs:    children at once.
    ahead:   to import as well, for what runs beside the notes' code.
    """

    room: Room
    mode: str
    modules: tuple[str, ...]
    jobs: int
    ahead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """What a warm parent found out about its machine.

    threaded: the module that started a thread, after which no fork is safe, or "".
    cuda:     name of the first CUDA device, or "".
    versions: of the interpreter and of what was imported, where it says so.
    """

    walls: Walls
    threaded: str = ""
    cuda: str = ""
    versions: tuple[tuple[str, str], ...] = ()
