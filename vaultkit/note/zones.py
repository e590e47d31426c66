"""Stretches of a file that are not ordinary text: merging them, and asking what is inside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

Zone = tuple[int, int]


def merged(zones: Iterable[Zone]) -> list[Zone]:
    """The same bytes as sorted zones of which none touches another's inside."""
    result: list[Zone] = []
    for start, end in sorted(zones):
        if result and start < result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


Placed = TypeVar("Placed", bound=tuple[Any, ...])


def beginning_outside(items: Sequence[Placed], zones: Sequence[Zone]) -> list[Placed]:
    """The items, each a tuple whose first element is its offset, that begin in no zone.

    Items and zones are in the order of their offsets, and zones are disjoint.
    """
    if not zones:
        return list(items)
    result: list[Placed] = []
    index, last = 0, len(zones)
    for item in items:
        while index < last and zones[index][1] <= item[0]:
            index += 1
        if index == last or item[0] < zones[index][0]:
            result.append(item)
    return result


def within(zones: Sequence[Zone], offset: int) -> Zone | None:
    """The zone (of sorted, disjoint ones) that holds the byte at `offset`."""
    index = bisect_right(zones, (offset, 1 << 62)) - 1
    if index >= 0 and offset < zones[index][1]:
        return zones[index]
    return None
