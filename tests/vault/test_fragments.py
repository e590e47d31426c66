"""What stands after the `#`: headings, blocks, and what is never flagged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import buckets


def holds(tmp_path: Path, fragment: str, note: str) -> bool:
    """Whether `[[N#fragment]]` leads somewhere in a note N with that text."""
    (bucket,) = buckets(tmp_path, f"[[N#{fragment}]]\n", {"N.md": note})
    assert bucket in ("resolved", "bad-fragment")
    return bucket == "resolved"


@pytest.mark.parametrize(
    ("fragment", "heading"),
    [
        ("USAGE", "# usage"),  # case-insensitive
        ("Q A", "## Q&A"),  # both sides lose punctuation
        ("Q&A", "## Q A"),
        ("Why", "# Why?"),
        ("Why?", "# Why"),
        ("a b", "# a   b"),  # runs of spaces shrink
        ("a   b", "# a b"),
        ("a b", "# a: (b)"),
        ("v1 2", "# v1.2"),
        ("C", "# C#"),
        ("코드 예제", "### 코드 예제"),  # CJK unchanged
        ("損失、関数", "# 損失、関数"),
        ("don't", "# don't"),
        ("a-b_c", "# a-b_c"),
        ("bold", "# **bold**"),
        ("Foo Bar", "# [[Foo|Bar]]"),
        ("set", "set\n==="),
        ("in a quote", "> # in a quote"),
        ("closed", "# closed ##"),
        ("É", "# é"),
    ],
)
def test_a_heading_is_found(tmp_path: Path, fragment: str, heading: str) -> None:
    assert holds(tmp_path, fragment, f"{heading}\n")


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("Usage", "# Use"),
        ("Usage", "Usage"),  # no heading
        ("Usage", "#Usage"),  # a tag
        ("Usage", "```\n# Usage\n```"),
        ("don t", "# don't"),  # `'`, `-` and `_` stay
        ("a b", "# a-b"),
        ("a b", "# a_b"),
        ("ab", "# a b"),
        ("ab", "# a.b"),  # punctuation leaves a space
        ("損失 関数", "# 損失、関数"),  # only ASCII punctuation is lost
        ("cafe", "# café"),
    ],
)
def test_a_heading_is_not_found(tmp_path: Path, fragment: str, text: str) -> None:
    assert not holds(tmp_path, fragment, f"{text}\n")


OUTLINE = "# One\n## Two\n### Three\n# Four\n## Two\n### Five\n"


@pytest.mark.parametrize(
    "path",
    ["One#Two", "One#Two#Three", "One#Three", "Two#Three", "Two#Five", "Four#Two#Five", "one#two"],
)
def test_a_path_of_headings_walks_down(tmp_path: Path, path: str) -> None:
    assert holds(tmp_path, path, OUTLINE)


@pytest.mark.parametrize(
    "path",
    [
        "Two#One",  # not up
        "One#Four",  # not on the same level
        "Four#Three",  # not back
        "Three#Five",  # same level
        "One#Gone",
        "Gone#Two",
        "One#Two#Three#Five",
    ],
)
def test_a_path_of_headings_does_not_walk(tmp_path: Path, path: str) -> None:
    assert not holds(tmp_path, path, OUTLINE)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("^id", "A line. ^id"),
        ("^ID", "A line. ^id"),  # case-insensitive
        ("^a-1", "A line. ^a-1"),  # letters, digits, dashes
        ("^id", "- item ^id"),
        ("^id", "- one\n- two\n\n^id"),  # alone after a list, quote, callout or table
        ("^id", "> quote\n\n^id"),
        ("^id", "> quote\n> ^id"),
        ("^id", "> [!note] T\n> text\n\n^id"),
        ("^id", "| a |\n| - |\n| b |\n\n^id"),
        ("^id", "A line. ^id   "),
    ],
)
def test_a_block_is_found(tmp_path: Path, fragment: str, text: str) -> None:
    assert holds(tmp_path, fragment, f"{text}\n")
    assert holds(tmp_path, fragment, text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("^gone", "A line. ^id"),
        ("^id", "A line. ^id and more"),  # only at the line's end
        ("^id", "A line.^id"),  # only after a space
        ("^a_b", "A line. ^a_b"),  # no other characters
        ("^é", "A line. ^é"),
        ("^id", "```\nx ^id\n```"),
        ("^id", "# id"),
        ("id", "A line. ^id"),
    ],
)
def test_a_block_is_not_found(tmp_path: Path, fragment: str, text: str) -> None:
    assert not holds(tmp_path, fragment, f"{text}\n")


def test_links_into_the_own_note(tmp_path: Path) -> None:
    text = "[[#H]] [[#^id]] [[#Gone]] [[#^gone]] [t](#h)\n\n# H\ntext ^id\n"
    assert buckets(tmp_path, text) == ["self", "self", "bad-fragment", "bad-fragment", "self"]


@pytest.mark.parametrize(
    "markup",
    [
        "![[x.pdf#page=3]]",
        "![[x.pdf#height=400]]",
        "![[x.pdf#page=3&height=400]]",
        "![[F.base#View]]",
        "![[a.jpg#outline|100]]",
        "[[x.canvas#^id]]",
        "[[N#]]",
        "[t](x.pdf#page=3)",
    ],
)
def test_a_fragment_that_is_never_flagged(tmp_path: Path, markup: str) -> None:
    files = {"x.pdf": "", "F.base": "", "a.jpg": "", "x.canvas": "", "N.md": "# H\n"}
    (bucket,) = buckets(tmp_path, f"{markup}\n", files)
    assert bucket.startswith("resolved")


def test_the_same_fragment_on_a_note_is_flagged(tmp_path: Path) -> None:
    assert buckets(tmp_path, "![[N#page=3]]\n", {"N.md": "# H\n"}) == ["bad-fragment"]
