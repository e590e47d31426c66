"""Obsidian's own equality of names, headings and block ids."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.names import block_key, heading_key, link_key

TEXT = st.text(max_size=20)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Note", "nOTE"),
        ("É", "é"),
        ("é", unicodedata.normalize("NFD", "É")),
        ("a\u00a0b", "a b"),
        ("a\u202fb", "a b"),
        (" a ", "a"),
        ("\ta", "a"),
        ("Σ", "σ"),
    ],
)
def test_names_are_one(a: str, b: str) -> None:
    assert link_key(a) == link_key(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("a_b", "a b"),
        ("a-b", "a b"),
        ("a  b", "a b"),
        ("ß", "ss"),
        ("ﬁ", "fi"),
        ("Ａ", "A"),
        ("a.md", "a"),
        ("a\u200bb", "ab"),
        ("a\u2003b", "a b"),
    ],
)
def test_names_are_two(a: str, b: str) -> None:
    assert link_key(a) != link_key(b)


@given(TEXT)
def test_a_key_is_its_own_key(text: str) -> None:
    for key in (link_key, heading_key, block_key):
        assert key(key(text)) == key(text)


@given(st.text(st.characters(max_codepoint=0x24F), max_size=20))
def test_a_key_does_not_know_case(text: str) -> None:
    upper = text.upper()
    if upper.lower() == text.lower():
        assert link_key(upper) == link_key(text)
        assert heading_key(upper) == heading_key(text)


@given(st.text(st.sampled_from("ab 한'-_!\"#$%&()*+,./:;<=>?@[]\\^`{|}~"), max_size=20))
def test_a_heading_keeps_its_letters_and_three_marks(text: str) -> None:
    kept = [character for character in text.lower() if character in "ab한'-_"]
    assert [character for character in heading_key(text) if character != " "] == kept
    assert "  " not in heading_key(text)
