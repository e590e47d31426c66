"""Front matter read without the YAML loader has the values that the loader gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultkit.note.plain_yaml import read_plain_yaml
from vaultkit.note.properties import FrontMatterContent
from vaultkit.note.shadow import front_matter
from vaultkit.text import Span


def loaded(block: bytes) -> FrontMatterContent:
    """What the loader alone makes of a block."""
    content = FrontMatterContent(block, Span(0, len(block)))
    vars(content)["plain"] = None
    return content


def told(values: Any) -> str:
    """With the types, and in order: `1` and `True` are equal, and so are two orders."""
    return repr(dict(values))


WORDS = (
    "a", "tags", "null", "true", "No", "on", "~", "1", "007", "1_000", "0x1F", "0o17", "1e3",
    "1.5", "1.",
    "12:30:45", "2026-01-02", "12345678901234567890", "-1", ".5", "nan", ".inf", "<<", "=", "y",
    "한국", "é", "\u00a0", "\u2028", "\x85", "\ufeff", "\t", "\x00", "\U0001f600", "٣", "²",
    ":", ": ", " :", "#", " #", "# ", "-", "- ", " - ", "--", "?", "? ", "!", "!!str ", "&a ", "*a",
    "|", ">", "%", "@", "`", "{", "}", "[", "]", "[[N]]", ",", ", ", '"', "'", "''", "\\", "\\n",
    " ", "  ", "\n", "\n ", "\n  ", "\n- ", "\n  - ", "\n-\n", "\nk: ", "\nk:\n", "\nk2: ",
    "\n\n", "\r", "\r\n",
    "\nlist: [", "]\n", "...", "\n...\n", "---", "\nkey with blanks: ", "x:y", "http://a.b/c?d#e",
    "C#", "a #b",
)  # fmt: skip
blocks = st.lists(st.sampled_from(WORDS), max_size=9).map(lambda parts: "".join(parts) + "\n")
values = st.lists(st.sampled_from(WORDS), max_size=3).map("".join)
lines = st.one_of(
    st.builds("{}: {}\n".format, st.sampled_from(("a", "b", "tags", "가", "a-b")), values),
    st.builds("{}- {}\n".format, st.sampled_from(("", "  ")), values),
    st.builds("{}:{}\n".format, st.sampled_from(("a", "b", "c")), st.sampled_from(("", " ", "  "))),
    st.builds("c: [{}, {}]\n".format, values, values),
)


@given(st.one_of(blocks, st.lists(lines, max_size=6).map("".join)))
@example("a:\n- \n-\nb: x\n")
@example("a:\n-\n  b\n")
@example("a: 'it''s'\n")
@example('a: "x" y\n')
@example("a: x\n\n  y\n")
@example("a:\n\n- x\n\n- y\n")
@example("a: ٣\n")
@example("tags: [a b, 1, true]\n")
def test_what_is_read_is_what_the_loader_reads(text: str) -> None:
    block = text.encode("utf-8", "surrogateescape")
    plain = read_plain_yaml(block)
    if plain is not None:
        content = loaded(block)
        assert not content.problems
        assert told(plain) == told(content.values)
        assert [item.key for item in content.properties] == list(plain)


@given(st.binary(max_size=40), st.sampled_from((b"a: ", b"a:\n- ", b"", b"a: [", b'a: "')))
def test_any_bytes(tail: bytes, head: bytes) -> None:
    block = head + tail + b"\n"
    plain = read_plain_yaml(block)
    if plain is not None:
        assert told(plain) == told(loaded(block).values)


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("title: A note: none\n", None),
        ("title: A note\n", {"title": "A note"}),
        ("aliases:\n- FL\n- \ntags: []\n", {"aliases": ["FL", None], "tags": []}),
        ("on: 2026-01-02\nn: 12\nx: null\n", {"on": "2026-01-02", "n": 12, "x": None}),
        ('up: "[[Note|text]]"\nsee: http://a.b/c#d\n', {"up": "[[Note|text]]", "see": "http://a.b/c#d"}),
        ("a: 1.5\n", None),
        ("a: x # a comment\n", None),
        ("a: x\na: y\n", None),
        ("a: |\n  x\n", None),
        ("up: [[Note]]\n", None),
    ],
)  # fmt: skip
def test_which_are_read(block: str, values: dict[str, Any] | None) -> None:
    assert read_plain_yaml(block.encode()) == values


def test_a_key_of_any_length_is_left_to_the_loader_where_it_may_not_be_one() -> None:
    """libyaml takes no key of more than 1024 characters."""
    for size in (900, 1023, 1024, 1025, 3000):
        block = b"k" * size + b": x\n"
        plain = read_plain_yaml(block)
        assert plain is None or told(plain) == told(loaded(block).values)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("koreahong-ko", 0.8),
        ("kseysh-ko", 0.0),
        ("madison-zk", 0.0),
        ("obsidian-help", 0.8),
        ("obsidian-hub", 0.99),
        ("virgil", 0.8),
    ],
)
def test_real_front_matter(name: str, share: float, corpus: Callable[[str], Path]) -> None:
    """Every block of every vault at hand has the loader's values; most need no loader."""
    count = without = 0
    for path in sorted(corpus(name).rglob("*.md")):
        data = path.read_bytes() if path.is_file() else b""
        place = front_matter(data)
        if place is None:
            continue
        block = data[place.block.start : place.block.end]
        plain = read_plain_yaml(block)
        count += 1
        if plain is not None:
            without += 1
            assert told(plain) == told(loaded(block).values), path
    assert without >= share * count
