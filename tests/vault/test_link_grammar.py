"""What counts as a link, and how its markup is split; each row one sentence, told both ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import sightings, tiny_vault

from vaultkit.note import Link


def links(tmp_path: Path, text: str) -> list[Link]:
    return list(tiny_vault(tmp_path, {"S.md": text}).notes["S.md"].links)


@pytest.mark.parametrize(
    ("markup", "kind", "target", "fragment", "display"),
    [
        ("[[Note]]", "wiki", "Note", None, None),
        ("![[Note]]", "embed", "Note", None, None),
        ("[[Note|text]]", "wiki", "Note", None, "text"),
        ("[[Note#Sub]]", "wiki", "Note", "Sub", None),
        ("[[Note#Sub|text]]", "wiki", "Note", "Sub", "text"),
        ("![[x.png|100]]", "embed", "x.png", None, "100"),
        # Split at the first `#`: what follows is one fragment.
        ("[[Note#One#Two]]", "wiki", "Note", "One#Two", None),
        # The first `|` starts the display text: what follows is text, bars and `#` too.
        ("[[Note|a|b]]", "wiki", "Note", None, "a|b"),
        ("[[Note|a#b]]", "wiki", "Note", None, "a#b"),
        # Only `]]` closes: a single bracket is part of the name.
        ("[[a]b]]", "wiki", "a]b", None, None),
        ("[[a[b]]", "wiki", "a[b", None, None),
        ("[[https://x.org]]", "wiki", "https://x.org", None, None),
        ("[[#H]]", "wiki", "", "H", None),
        ("[[#^id]]", "wiki", "", "^id", None),
        ("[t](Note.md)", "markdown", "Note.md", None, "t"),
        ("![t](x.png)", "markdown", "x.png", None, "t"),
        ("[t](Three%20laws.md#A%20b)", "markdown", "Three laws.md", "A b", "t"),
        ("[t](<Three laws.md>)", "markdown", "Three laws.md", None, "t"),
    ],
)
def test_markup_is_one_link(
    tmp_path: Path, markup: str, kind: str, target: str, fragment: str | None, display: str | None
) -> None:
    (link,) = links(tmp_path, f"See {markup} there.\n")
    assert (link.kind, link.target, link.fragment, link.display) == (
        kind,
        target,
        fragment,
        display,
    )


@pytest.mark.parametrize(
    "text",
    [
        "[[a\nb]]",  # no newline inside
        "[[a\r\nb]]",
        "[[a",  # never closed
        "[[a]",
        "[ [a]]",
        "\\[[a]]",  # an escaped bracket
        "[[]]",  # names nothing
        "[[|x]]",
        "[t](Three laws.md)",  # a literal space breaks the link
        "[t] (Note.md)",
    ],
)
def test_markup_is_no_link(tmp_path: Path, text: str) -> None:
    assert links(tmp_path, f"See {text} there.\n") == []


def test_of_nested_links_the_inner_one_wins(tmp_path: Path) -> None:
    (link,) = links(tmp_path, "[[a [[b]] c]]\n")
    assert link.target == "b"


def test_a_bracket_before_a_link_is_text(tmp_path: Path) -> None:
    (link,) = links(tmp_path, "[[[b]]]\n")
    assert link.target == "b"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_escaped_bar_of_a_table_is_no_part_of_the_target(tmp_path: Path, line_end: str) -> None:
    rows = ["| a | b |", "| --- | --- |", "| [[Note\\|text]] | ![[x.png\\|9]] |", ""]
    first, second = links(tmp_path, line_end.join(rows))
    assert (first.target, first.display) == ("Note", "text")
    assert (second.target, second.display) == ("x.png", "9")


def test_a_bare_bar_in_a_table_ends_the_cell(tmp_path: Path) -> None:
    assert links(tmp_path, "| a | b |\n| --- | --- |\n| [[Note|text]] | c |\n") == []
    assert len(links(tmp_path, "a row of text: [[Note|text]] | c |\n")) == 1


def test_a_url_in_double_brackets_names_a_note(tmp_path: Path) -> None:
    (found,) = sightings(tmp_path, {"S.md": "[[https://x.org]]\n"})
    assert found.bucket == "missing"


def test_a_url_in_a_markdown_link_is_external(tmp_path: Path) -> None:
    (found,) = sightings(tmp_path, {"S.md": "[x](https://x.org)\n"})
    assert found.bucket == "external"


@pytest.mark.parametrize("character", ["#", "|"])
def test_a_name_with_a_character_of_the_syntax_cannot_be_linked(
    tmp_path: Path, character: str
) -> None:
    files = {"S.md": f"[[a{character}b]]\n", f"a{character}b.md": ""}
    (found,) = sightings(tmp_path, files)
    assert found.resolved is None


@pytest.mark.parametrize("character", ["&", "+", "'", "(", "!", "@", "$", "=", "~", ","])
def test_a_name_with_another_character_can(tmp_path: Path, character: str) -> None:
    files = {"S.md": f"[[a{character}b]]\n", f"a{character}b.md": ""}
    (found,) = sightings(tmp_path, files)
    assert found.resolved == f"a{character}b.md"
