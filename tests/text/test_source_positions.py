"""Places in a file's bytes, as a person and as an editor count them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.text import Position, Source, Span

PIECES = st.lists(
    st.sampled_from(
        ["a", "é", "한", "📚", "e\u0301", "\n", "\r\n", "\r", "\t", "\0", "x" * 1500, "한" * 1500]
    ),
    max_size=12,
)


def source(data: bytes) -> Source:
    return Source("x.md", data)


def counted(text: str) -> dict[int, Position]:
    """The position of each offset at which a character begins, counted from the first one."""
    found: dict[int, Position] = {}
    line, column, utf16, offset = 1, 1, 0, 0
    for index, character in enumerate(text):
        found[offset] = Position(line, column, utf16)
        offset += len(character.encode())
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            line, column, utf16 = line + 1, 1, 0
        else:
            column, utf16 = column + 1, utf16 + 1 + (ord(character) > 0xFFFF)
    found[offset] = Position(line, column, utf16)
    return found


@given(PIECES, st.randoms(use_true_random=False))
def test_a_position_is_what_counting_gives(pieces: list[str], random: Random) -> None:
    text = "".join(pieces)
    expected = counted(text)
    made = source(text.encode())
    # In any order: what was measured for one place must hold for an earlier one.
    for offset in random.sample(list(expected), min(len(expected), 30)):
        assert made.position(offset) == expected[offset]


@pytest.mark.parametrize(
    ("data", "offset", "position"),
    [
        (b"", 0, (1, 1, 0)),
        (b"\xef\xbb\xbfab", 3, (1, 1, 0)),  # a byte order mark is no character of the line
        (b"\xef\xbb\xbfab", 4, (1, 2, 1)),
        (b"\xef\xbb\xbfab", 0, (1, 1, 0)),
        ("é".encode(), 1, (1, 1, 0)),  # inside a character counts as its start
        ("a📚".encode(), 3, (1, 2, 1)),
        (b"a\x80b", 1, (1, 2, 1)),  # what is no text counts byte by byte
        (b"a\x80\x80\x80\x80b", 5, (1, 6, 5)),
        (b"a\r", 2, (2, 1, 0)),
    ],
)
def test_a_position(data: bytes, offset: int, position: tuple[int, int, int]) -> None:
    assert tuple(source(data).position(offset)) == position


@pytest.mark.parametrize(
    ("data", "offset", "span"),
    [
        (b"one\ntwo\r\nthree", 0, (0, 3)),
        (b"one\ntwo\r\nthree", 3, (0, 3)),
        (b"one\ntwo\r\nthree", 5, (4, 7)),
        (b"one\ntwo\r\nthree", 14, (9, 14)),
        (b"\xef\xbb\xbfone\r", 4, (3, 6)),
        (b"\n\n", 1, (1, 1)),
    ],
)
def test_the_line_around_an_offset(data: bytes, offset: int, span: tuple[int, int]) -> None:
    assert source(data).line_span(offset) == Span(*span)


def test_a_line_of_megabytes_is_measured_once() -> None:
    """Each look decodes a stride at most, wherever in the line it is."""
    made = source("한".encode() * 1_000_000)
    assert made.position(2_999_997).column == 1_000_000
    columns = [made.position(offset).column for offset in range(0, 3_000_000, 30)]
    assert columns == list(range(1, 1_000_001, 10))
