"""Replacing spans of bytes, in one forward pass."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vaultkit.text.span import Span


class Edit(NamedTuple):
    """Replace the bytes of `span` by `new`; an empty span inserts."""

    span: Span
    new: bytes


def overlapping(edits: Iterable[Edit]) -> tuple[Edit, Edit] | None:
    """The first two edits that touch the same bytes, or None.

    Two insertions at one place overlap too: their order would be a guess.
    """
    previous: Edit | None = None
    for edit in sorted(edits):
        if previous is not None and (
            edit.span.start < previous.span.end or edit.span == previous.span
        ):
            return previous, edit
        previous = edit
    return None


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with every edit made; bytes outside the spans are untouched.

    Raises ValueError when two edits overlap or one lies outside the data: a planner's bug.
    """
    ordered = sorted(edits)
    if (clash := overlapping(ordered)) is not None:
        raise ValueError(f"edits overlap: {clash[0].span} and {clash[1].span}")
    pieces: list[bytes] = []
    position = 0
    for span, new in ordered:
        if not 0 <= span.start <= span.end <= len(data):
            raise ValueError(f"edit outside the data: {span} of {len(data)} bytes")
        pieces += (data[position : span.start], new)
        position = span.end
    pieces.append(data[position:])
    return b"".join(pieces)
