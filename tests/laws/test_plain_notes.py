"""What is told of a note without an engine is what the engine says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import BLOCKS, FRONT, INLINES, LINKS, law, notes

from vaultkit.note import Link, Note, read_note
from vaultkit.note.blocks import heading
from vaultkit.note.markdown_link import is_external
from vaultkit.note.plain import read_plain
from vaultkit.note.plain_headings import read_headings
from vaultkit.text import Source

# Common forms, and those that look like one and are another.
PLAIN = (
    "[[x]]", "[[x|y]]", "[[z\\|w]]", "![[e]]", "[[[l]]]", "[[x#h]]", "[t](https://x)", "](",
    "[t](https://x \"t\")", "`c`", "`", "%%", "\n%%\n", "<b>", "</b>", "<https://e.org>", " < ",
    "\n<!-- a -->", "\n<!--\n", "\n-->", "<!-->", "\n   <!-- x", "\n```\n", "\n~~~\n", "\n   ```\n",
    "\n<div>\n", "\n<pre>\n", "\n<b>x</b> y\n", "\n\n", "\n", "text", "- ", "> ", "1. ", "    ",
    "\n# h\n", "\n# a", "\n#\n", "\n#f\n", "\n   # c\n", "\n- # x\n", "\n> # q", "\ntext\n===\n",
    "\n---\n", "\n-\n", "\n| a | b |\n|---|---|\n", "\n-|-\n", "\n:-\n", "| ", "[ ] ", "!", "\\",
    "[", "]", "(", ")", "$", "[[a]][b](https://c)", "[[a]]: ", "[d]: ", "-     ", "\t", "\r\n",
    "`[[c]]`", "`%%`", "`](c)`", "`[[`", "`]]`", "`|`", "\n| `|` | a |\n|---|---|\n| `|` ", " | ",
)  # fmt: skip

plain_notes = st.builds(
    lambda front, pieces: front + "".join(pieces).encode(),
    st.sampled_from((b"", b"", *FRONT)),
    st.lists(st.sampled_from(PLAIN), max_size=14)
    | st.lists(st.sampled_from((*PLAIN, *LINKS, *BLOCKS, *INLINES)), max_size=14),
)


def a_note(data: bytes) -> Note:
    return read_note(Source("a.md", data))


def body(data: bytes) -> int:
    block = a_note(data).front_matter
    if block is not None:
        return block.span.end
    return 3 if data.startswith(b"\xef\xbb\xbf") else 0


def engine_links(data: bytes) -> tuple[Link, ...]:
    """The internal links as filtered from all, which the engine finds."""
    return tuple(link for link in a_note(data).links if not is_external(link, data))


def engine_headings(data: bytes) -> list[tuple[int, int]]:
    note = a_note(data)
    assert note.fences is not None  # from here on the engine's marks are what headings come from
    return [(item.level, item.span.start) for item in note.headings]


def check(data: bytes) -> tuple[bool, bool]:
    """Whether links, and headings, were told without the engine; the answers are the same."""
    assert a_note(data).internal_links == engine_links(data)
    marks = read_headings(data, body(data))
    if marks is not None:
        told = [heading(data, *mark) for mark in marks]
        assert [(item.level, item.span.start) for item in told] == engine_headings(data)
        assert tuple(told) == a_note(data).headings
    return read_plain(data, body(data)) is not None, marks is not None


@law
@given(plain_notes)
def test_plain_notes_are_what_the_engine_says(data: bytes) -> None:
    check(data)


@law
@given(notes())
def test_any_note_is_what_the_engine_says(data: bytes) -> None:
    check(data)


def test_the_law_is_about_many_notes() -> None:
    seen: list[tuple[bool, bool]] = []

    @law
    @given(plain_notes)
    def look(data: bytes) -> None:
        seen.append(check(data))

    look()
    assert sum(links for links, _ in seen) > len(seen) / 5
    assert sum(headings for _, headings in seen) > len(seen) / 5


@pytest.mark.parametrize(
    "text",
    [
        "[[a]] and [[b|c]] `code` [t](https://x.org)\n",
        "# h\n\n- [[a]]\n> ![[b]]\n\n```\n[[code]]\n```\n",
        "x\n\n<!-- [[a]]\n-->\n\n%%[[b]]%%\n",
    ],
)
def test_common_notes_need_no_engine(text: str) -> None:
    def nobody(_: str) -> None:
        raise AssertionError("the engine was asked")

    note = read_note(Source("a.md", text.encode()), nobody)  # type: ignore[arg-type]
    assert isinstance(note.internal_links, tuple)
    assert isinstance(note.headings, tuple)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("`[[a]]` [[b]] `x](y)` %% `%%` [[c]] %% [[d]]\n", ["b", "c", "d"]),
        ("`[[` x]] [[b]] `[[z`\n", ["b"]),
        # The bars end the cells, so that the backticks around the link are a pair.
        ("| a | b | c |\n|---|---|---|\n| `|` [[x]] `|` | |\n", []),
        ("| a | b |\n|---|---|\n| `a|b` [[x]] |\n", ["x"]),
        ("a `|` b\n|---|---|\n[[x]] `|` [[y]] `|`\n", ["x"]),
    ],
)
def test_code_hides_what_looks_like_a_link(text: str, targets: list[str]) -> None:
    check(text.encode())
    assert [link.target for link in a_note(text.encode()).internal_links] == targets


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "share"), [("obsidian-hub", 0.95), ("virgil", 0.85), ("koreahong-ko", 0.8)]
)
def test_real_notes(name: str, share: float, corpus: Callable[[str], Path]) -> None:
    paths = sorted(path for path in corpus(name).rglob("*.md") if path.is_file())[::4]
    told = [check(path.read_bytes())[0] for path in paths]
    assert sum(told) > share * len(told) > 50
