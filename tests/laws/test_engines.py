"""Both engines read the same note, but for the forms in the table of differences."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import own_markup
import pytest
from hypothesis import given
from strategies import law, notes, texts

from vaultkit.note import Note, read_note
from vaultkit.note.differences import DIFFERENCES, Difference
from vaultkit.note.parse import read_marks as fast
from vaultkit.note.reference import read_marks as reference
from vaultkit.note.shadow import shadow
from vaultkit.text import Source

FIELDS = ("links", "headings", "blocks", "tags", "fences", "math", "comments", "problems")


def both(data: bytes, name: str = "a.md") -> tuple[Note, Note]:
    source = Source(name, data)
    return read_note(source, fast), read_note(source, reference)


def differing(one: Note, other: Note) -> dict[str, Any]:
    return {
        field: (getattr(one, field), getattr(other, field))
        for field in FIELDS
        if getattr(one, field) != getattr(other, field)
    }


def explained(data: bytes) -> bool:
    text = shadow(data).replace("\r\n", "\n")
    return any(re.search(difference.sign, text) for difference in DIFFERENCES)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.name)
def test_a_difference_is_as_the_table_says(difference: Difference) -> None:
    markup = [
        tuple(note.source.text(element.span) for element in getattr(note, difference.elements))
        for note in both(difference.example.encode())
    ]
    assert markup == [difference.fast, difference.reference]
    assert difference.fast != difference.reference
    assert re.search(difference.sign, difference.example)


def table() -> str:
    """The table of differences, as the page has it."""
    rows = [f"| {found.name} | {found.nearer} | {found.reason} |\n" for found in DIFFERENCES]
    return "| form | right is | because |\n|---|---|---|\n" + "".join(rows)


def test_the_page_has_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs/robustness.md").read_text("utf-8")
    begin, end = "<!-- differences -->\n", "<!-- /differences -->"
    assert page.partition(begin)[2].partition(end)[0] == table()


@law
@given(notes())
def test_engines_agree(data: bytes) -> None:
    found = differing(*both(data))
    assert not found or explained(data)


@law
@given(texts)
def test_engines_agree_on_text(text: str) -> None:
    data = text.encode()
    found = differing(*both(data))
    assert not found or explained(data)


def test_the_table_explains_little() -> None:
    """Its signs fit few texts, so that it cannot hide a bug."""
    fit: list[bool] = []

    @law
    @given(notes())
    def look(data: bytes) -> None:
        fit.append(explained(data))

    look()
    assert sum(fit) < len(fit) / 4


# The two large vaults cost half a minute; the quick run takes every eighth note of them.
REAL = [
    *((name, 1) for name in ("koreahong-ko", "kseysh-ko", "madison-zk", "obsidian-help")),
    *((name, 8) for name in ("obsidian-hub", "virgil")),
    *(pytest.param(name, 1, marks=pytest.mark.slow) for name in ("obsidian-hub", "virgil")),
]


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "step"), REAL)
def test_engines_agree_on_real_notes(name: str, step: int, corpus: Callable[[str], Path]) -> None:
    """And every span in them is its own markup."""
    paths = sorted(path for path in corpus(name).rglob("*.md") if path.is_file())
    assert len(paths) > 100
    for path in paths[::step]:
        one, other = both(path.read_bytes(), path.name)
        assert not differing(one, other), path
        own_markup.check(one)
