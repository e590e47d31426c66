"""Lines and columns of byte offsets, in characters and UTF-16 units."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.text import Position, Source, Span


def source(data: bytes) -> Source:
    return Source(PurePosixPath("a.md"), data)


@pytest.mark.parametrize(
    ("data", "offset", "position"),
    [
        (b"", 0, (1, 1, 0)),
        (b"ab", 1, (1, 2, 1)),
        (b"ab", 2, (1, 3, 2)),
        (b"ab", 9, (1, 3, 2)),
        (b"a\nb", 1, (1, 2, 1)),
        (b"a\nb", 2, (2, 1, 0)),
        (b"a\r\nb", 1, (1, 2, 1)),
        (b"a\r\nb", 3, (2, 1, 0)),
        (b"a\rb\r\rc", 2, (2, 1, 0)),
        (b"a\rb\r\rc", 5, (4, 1, 0)),
        (b"a\n", 2, (2, 1, 0)),
        (b"\xef\xbb\xbfab", 3, (1, 1, 0)),
        (b"\xef\xbb\xbfab", 4, (1, 2, 1)),
        (b"\xef\xbb\xbfab", 1, (1, 1, 0)),
        (b"\xef\xbb\xbfa\nb", 5, (2, 1, 0)),
        ("éa".encode(), 2, (1, 2, 1)),
        ("éa".encode(), 1, (1, 1, 0)),
        ("😀a".encode(), 4, (1, 2, 2)),
        ("😀a".encode(), 3, (1, 1, 0)),
        ("a😀".encode(), 2, (1, 2, 1)),
        ("한글\n한글".encode(), 10, (2, 2, 1)),
        (b"\xff\xffa", 2, (1, 3, 2)),
        (b"\x80\x80a", 1, (1, 2, 1)),
        (b"\xc3a", 1, (1, 2, 1)),
        (b"a\tb", 2, (1, 3, 2)),
        (b"a\x0cb\x0bc", 4, (1, 5, 4)),
        ("a\u2028b".encode(), 4, (1, 3, 2)),
    ],
)
def test_position(data: bytes, offset: int, position: tuple[int, int, int]) -> None:
    assert source(data).position(offset) == Position(*position)


lines = st.lists(
    st.sampled_from(["a", "é", "한", "😀", "\n", "\r\n", "x" * 700, "한" * 400, "😀" * 300, "\t"]),
    max_size=20,
).map("".join)


@given(lines, st.integers(0, 6000))
def test_position_is_what_counting_says(text: str, wanted: int) -> None:
    """Also on lines so long that places are measured once and remembered."""
    made = source(text.encode())
    index = min(wanted, len(text))
    if text[:index].endswith("\r"):
        index += 1
    before = text[:index]
    last = before.rpartition("\n")[2]
    units = len(last.encode("utf-16-le")) // 2
    position = made.position(len(before.encode()))
    assert position == (before.count("\n") + 1, len(last) + 1, units)
    assert made.position(len(before.encode())) == position


@given(st.binary(max_size=80), st.integers(0, 90))
def test_position_of_any_bytes(data: bytes, offset: int) -> None:
    """It never fails, and columns grow with the offset on a line."""
    made = source(data)
    one, other = made.position(offset), made.position(offset + 1)
    assert one[:2] <= other[:2]
    assert one.column >= 1
    assert one.utf16 >= one.column - 1


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", [""]),
        (b"a\nb\r\nc\rd", ["a", "b", "c", "d"]),
        (b"\xef\xbb\xbfa\n", ["a", ""]),
        (b"\xff\n", ["\ufffd", ""]),
    ],
)
def test_lines(data: bytes, lines: list[str]) -> None:
    made = source(data)
    assert [made.line(number) for number in range(1, len(lines) + 1)] == lines
    assert made.line(0) == made.line(len(lines) + 1) == ""
    assert len(made.line_starts) == len(lines)


def test_slice_text_and_digest() -> None:
    made = source(b"a\xff\xea\xb0\x80")
    assert made.slice(Span(1, 5)) == b"\xff\xea\xb0\x80"
    assert made.text(Span(1, 5)) == "\ufffd가"
    assert made.digest == "f98f18f2d64c81cc1d0e7ea55237a6889ea397ded2e28d4ece991962e5e0ca06"
    assert "가" not in repr(made)
