"""Edits replace their spans and touch no other byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.text import Edit, Span, apply_edits, overlapping


@pytest.mark.parametrize(
    ("edits", "result"),
    [
        ([], b"abcdef"),
        ([Edit(Span(0, 1), b"X")], b"Xbcdef"),
        ([Edit(Span(5, 6), b"")], b"abcde"),
        ([Edit(Span(2, 2), b"X")], b"abXcdef"),
        ([Edit(Span(6, 6), b"X")], b"abcdefX"),
        ([Edit(Span(3, 4), b"YY"), Edit(Span(0, 2), b"X")], b"XcYYef"),
        ([Edit(Span(0, 2), b"X"), Edit(Span(2, 4), b"Y")], b"XYef"),
        ([Edit(Span(2, 4), b"Y"), Edit(Span(2, 2), b"X")], b"abXYef"),
        ([Edit(Span(0, 6), b"")], b""),
    ],
)
def test_apply(edits: list[Edit], result: bytes) -> None:
    assert apply_edits(b"abcdef", edits) == result


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 2), b""), Edit(Span(1, 3), b"")],
        [Edit(Span(0, 4), b""), Edit(Span(1, 2), b"")],
        [Edit(Span(0, 4), b""), Edit(Span(2, 2), b"x")],
        [Edit(Span(2, 2), b"x"), Edit(Span(2, 2), b"y")],
        [Edit(Span(0, 2), b"x"), Edit(Span(0, 2), b"x")],
    ],
)
def test_edits_of_the_same_bytes_are_refused(edits: list[Edit]) -> None:
    assert overlapping(edits) == tuple(sorted(edits))
    with pytest.raises(ValueError, match="overlap"):
        apply_edits(b"abcdef", edits)


@pytest.mark.parametrize("span", [Span(-1, 1), Span(5, 7), Span(3, 2)])
def test_an_edit_outside_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="outside"):
        apply_edits(b"abcdef", [Edit(span, b"")])


@given(st.binary(max_size=40), st.data())
def test_only_the_spans_change(data: bytes, choice: st.DataObject) -> None:
    cuts = sorted(choice.draw(st.sets(st.integers(0, len(data)), max_size=8)))
    edits = [
        Edit(Span(start, end), choice.draw(st.binary(max_size=4)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    shuffled = choice.draw(st.permutations(edits))
    result = apply_edits(data, shuffled)
    position = there = 0
    for edit in edits:
        kept = edit.span.start - position
        assert result[there : there + kept] == data[position : edit.span.start]
        there += kept
        assert result[there : there + len(edit.new)] == edit.new
        there += len(edit.new)
        position = edit.span.end
    assert result[there:] == data[position:]
