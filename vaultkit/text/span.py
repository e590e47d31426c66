"""Places in one file's bytes."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of byte offsets: `data[start:end]`."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as a person counts it: line and column from 1, the column in characters.

    utf16 is the same column counted in UTF-16 code units from 0, as editors ask for it.
    """

    line: int
    column: int
    utf16: int
