"""Text for a terminal: nothing unseen, nothing too wide."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.report.shown import as_json, columns, counted, fitted, fitted_end, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b", "a b"),
        ("한글 📚 é", "한글 📚 é"),
        ("👩‍💻", "👩‍💻"),  # a joiner is part of the emoji
        ("می‌خواهم", "می‌خواهم"),  # and of the word
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u200bb", "a\\u200bb"),
        ("a\u00adb", "a\\xadb"),
        ("\ufeffa", "\\ufeffa"),
        ("\u202eevil", "\\u202eevil"),  # nothing may turn the line around
        ("caf\udce9", "caf\\udce9"),
    ],
)
def test_what_is_not_seen_is_spelt(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize(
    ("text", "most", "first", "last"),
    [
        ("abcdef", 6, "abcdef", "abcdef"),
        ("abcdef", 5, "abcd…", "…cdef"),
        ("abcdef", 1, "…", "…"),
        ("한글날", 6, "한글날", "한글날"),
        ("한글날", 5, "한글…", "…글날"),
        ("한글날", 4, "한…", "…날"),
        ("e\u0301e\u0301e", 3, "e\u0301e\u0301e", "e\u0301e\u0301e"),
        ("", 0, "", ""),
    ],
)
def test_a_text_is_cut_to_columns(text: str, most: int, first: str, last: str) -> None:
    assert fitted(text, most) == first
    assert fitted_end(text, most) == last


@given(st.text(max_size=30), st.integers(1, 40))
def test_a_cut_text_fits(text: str, most: int) -> None:
    for cut in (fitted(text, most), fitted_end(text, most)):
        assert columns(cut) <= most
        assert cut == text or "…" in cut
    if columns(text) <= most:
        assert fitted(text, most) == text


@given(st.recursive(st.none() | st.text(st.characters(codec=None)), st.lists))
def test_json_always_encodes_and_reads_back(value: object) -> None:
    text = as_json(value)
    assert json.loads(text.encode()) == value
    assert text.endswith("\n")


def test_counting() -> None:
    assert [counted(n, "note") for n in (0, 1, 2)] == ["0 notes", "1 note", "2 notes"]
