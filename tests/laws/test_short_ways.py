"""What a note tells without its engine is what it tells with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engine_alone import by_engine
from hypothesis import given
from hypothesis import strategies as st
from strategies import BLOCKS, CHARACTERS, INLINES, LINKS, law, notes, spliced

from vaultkit.note import read_note
from vaultkit.text import Source

ASKED = ("internal_links", "embeds", "links", "headings")
# Forms that leave a note plain, so that the short ways are taken often.
PLAIN = (
    "[[a]]", "![[a.png]]", "[[a|b]]", "[[a#h]]", "text", " ", "\n", "\n\n", "\n- ", "\n> ", "\n1. ",
    "\n# h\n", "\n## [[h]] ##\n", "`c`", "[t](https://x)", "%%", "<br>", "\n```py\n", "\n```\n",
    "\n<!-- ", " -->\n", "[[a]]: ", "![[", "]]", "[", "]", "*", "|", "\n---\n", "\n===\n", "$5 ",
)  # fmt: skip
plain = spliced(PLAIN, 20).map("".join).map(str.encode)
mixed = (
    spliced((*PLAIN, *PLAIN, *LINKS, *BLOCKS, *INLINES, *CHARACTERS), 14)
    .map("".join)
    .map(str.encode)
)


def told(data: bytes, field: str) -> Any:
    """One answer of a note that was asked nothing before."""
    return tuple(getattr(read_note(Source("a.md", data)), field))


@law
@given(st.one_of(plain, mixed, notes()))
def test_every_answer_is_the_engine_s(data: bytes) -> None:
    expected = by_engine(data)
    for field in ASKED:
        assert told(data, field) == expected[field], field


class Some(dict[bytes, bool]):
    """Between brackets: what somebody who asks has understood before."""

    def __missing__(self, inner: bytes) -> bool:
        return len(inner) % 2 == 1


@law
@given(st.one_of(plain, mixed, notes()))
def test_what_is_known_is_left_out_and_nothing_else(data: bytes) -> None:
    note = read_note(Source("a.md", data))
    known, every = Some(), read_note(Source("a.md", data)).internal_links
    inner = [data[link.span.start : link.span.end].lstrip(b"!")[2:-2] for link in every]
    least = [
        link
        for link, text in zip(every, inner, strict=True)
        if link.where not in ("body", "comment") or link.kind == "markdown" or not known[text]
    ]
    # An engine that was asked has made them all.
    assert [*note.internal_links_but(known)] in ([*every], least)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("koreahong-ko", 666),
        ("kseysh-ko", 876),
        ("madison-zk", 651),
        ("obsidian-help", 173),
        ("obsidian-hub", 6571),
        ("virgil", 4631),
    ],
)
def test_every_answer_on_real_notes_is_the_engine_s(
    name: str, count: int, corpus: Callable[[str], Path]
) -> None:
    """Every note of every vault at hand, not a sample."""
    paths = sorted(path for path in corpus(name).rglob("*.md") if path.is_file())
    assert len(paths) == count
    for path in paths:
        data = path.read_bytes()
        expected = by_engine(data)
        for field in ASKED:
            assert told(data, field) == expected[field], (path, field)
