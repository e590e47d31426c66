"""Which engine reads: pyromark where it is installed, unless the reference engine is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import Literal

from vaultkit.note.marks import Marks

Engine = Callable[[str], Marks]
EngineName = Literal["fast", "reference"]

_chosen: ContextVar[EngineName | None] = ContextVar("engine", default=None)


@contextmanager
def reading_with(name: EngineName) -> Iterator[None]:
    """Notes read inside, in this thread, are read by the engine of that name."""
    before = _chosen.set(name)
    try:
        yield
    finally:
        _chosen.reset(before)


def present_engine() -> Engine:
    """The engine to read a note with when its reader names none."""
    return _engine(_chosen.get())


@cache
def _engine(name: EngineName | None) -> Engine:
    if name is None and find_spec("pyromark") is None:
        # A platform without a wheel of it. To import it takes time, and few notes need it.
        name = "reference"
    if name == "reference":
        from vaultkit.note.reference import read_marks as slow

        return slow
    from vaultkit.note.parse import read_marks as fast

    return fast


def is_reference(engine: Engine) -> bool:
    """Whether it is the engine that judges the other, which no short way may speak for."""
    return getattr(engine, "__module__", "") == "vaultkit.note.reference"
