"""Stretches that are not text: merged, asked, and left out."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vaultkit.note.zones import beginning_outside, merged, within

zones = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=8).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


def covered(found: list[tuple[int, int]]) -> set[int]:
    return {offset for start, end in found for offset in range(start, end)}


@given(zones)
def test_merged_covers_the_same_bytes(found: list[tuple[int, int]]) -> None:
    result = merged(found)
    assert covered(result) == covered(found)
    assert all(one[1] <= other[0] for one, other in pairwise(result))


@given(zones, st.integers(0, 60))
def test_within_tells_the_zone_of_a_byte(found: list[tuple[int, int]], offset: int) -> None:
    result = merged(found)
    zone = within(result, offset)
    assert (zone is not None) == (offset in covered(found))
    assert zone is None or zone[0] <= offset < zone[1]


@given(zones, st.lists(st.integers(0, 60), max_size=12).map(sorted))
def test_beginning_outside_is_what_within_refuses(
    found: list[tuple[int, int]], offsets: list[int]
) -> None:
    result = merged(found)
    items = [(offset, "x") for offset in offsets]
    assert beginning_outside(items, result) == [
        item for item in items if within(result, item[0]) is None
    ]
