"""The grammar of `[[…]]`, each sentence with what is a link and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from note_reading import markup, targets

from vaultkit.note import Note

Read = Callable[[str | bytes], Note]


@pytest.mark.parametrize(
    ("text", "kind", "target", "fragment", "display"),
    [
        ("[[a]]", "wiki", "a", None, None),
        ("![[a.png]]", "embed", "a.png", None, None),
        ("[[a#h]]", "wiki", "a", "h", None),
        ("[[a#h#i]]", "wiki", "a", "h#i", None),
        ("[[a#^id]]", "wiki", "a", "^id", None),
        ("[[a|b]]", "wiki", "a", None, "b"),
        ("[[a#h|b]]", "wiki", "a", "h", "b"),
        ("[[a|b|c]]", "wiki", "a", None, "b|c"),
        ("[[a|b#c]]", "wiki", "a", None, "b#c"),
        ("[[a|]]", "wiki", "a", None, ""),
        ("[[#h]]", "wiki", "", "h", None),
        ("[[#^id]]", "wiki", "", "^id", None),
        ("[[ #h]]", "wiki", "", "h", None),
        ("[[a#]]", "wiki", "a", "", None),
        ("[[ a ]]", "wiki", "a", None, None),
        ("[[a\u00a0]]", "wiki", "a", None, None),
        ("[[dir/a.md]]", "wiki", "dir/a.md", None, None),
        ("[[release v2.4 notes]]", "wiki", "release v2.4 notes", None, None),
        ("[[https://x.org]]", "wiki", "https://x.org", None, None),
        ("[[한글#제목|표시]]", "wiki", "한글", "제목", "표시"),
        ("![[a.png|100x200]]", "embed", "a.png", None, "100x200"),
        ("![[x.pdf#page=3]]", "embed", "x.pdf", "page=3", None),
        ("[[a]b]]", "wiki", "a]b", None, None),
        ("[[a[b]]", "wiki", "a[b", None, None),
        ("[[a\\]]", "wiki", "a\\", None, None),
        ("[[dir\\]]", "wiki", "dir\\", None, None),
        ("[[a\\|b]]", "wiki", "a", None, "b"),
        ("[[$x]] and $5", "wiki", "$x", None, None),
        ("[[a`b]]", "wiki", "a`b", None, None),
        ("[[<b>]]", "wiki", "<b>", None, None),
        ("[[&amp;]]", "wiki", "&amp;", None, None),
        ("[[%41]]", "wiki", "%41", None, None),
        ("[[*a*]]", "wiki", "*a*", None, None),
    ],
)
def test_a_link_and_its_parts(
    read: Read, text: str, kind: str, target: str, fragment: str | None, display: str | None
) -> None:
    (link,) = read(text).links
    assert (link.kind, link.target, link.fragment, link.display, link.where) == (
        kind, target, fragment, display, "body",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[[]]", "[[ ]]", "[[|x]]", "[[|]]", "![[]]", "[[\n]]", "[[a\nb]]", "[[a\r\nb]]", "[[a\rb]]",
        "[[a", "[[a]", "[a]]", "[ [a]]", "[[a] ]", "\\[[a]]", "[\\[a]]", "[]", "[[", "]]",
    ],
)  # fmt: skip
def test_no_link(read: Read, text: str) -> None:
    assert read(text).links == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[[x]]]", ["[[x]]"]),
        ("[[a [[b]] c]]", ["[[b]]"]),
        ("![[a|![[b]]]]", ["![[b]]"]),
        ("[[a[[b]]", ["[[b]]"]),
        ("[[a]]]]", ["[[a]]"]),
        ("[[a]][[b]]", ["[[a]]", "[[b]]"]),
        ("![[a]]![[b]]", ["![[a]]", "![[b]]"]),
        ("!\\[[a]]", []),
        ("\\![[a]]", ["[[a]]"]),
        ("\\\\[[a]]", ["[[a]]"]),
        ("\\\\![[a]]", ["![[a]]"]),
        ("!![[a]]", ["![[a]]"]),
    ],
)
def test_the_inner_one_wins_and_a_backslash_takes_a_sign_away(
    read: Read, text: str, found: list[str]
) -> None:
    assert markup(read(text), "links") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[a]](b)", ["[[a]]"]),
        ("[[x]][y]\n\n[y]: /u", ["[[x]]"]),
        ("[[a]]: url", ["[[a]]"]),
        ("[t [[x]] u](y)", ["[[x]]"]),
        ("[![[x.png]]](u)", ["[![[x.png]]](u)", "![[x.png]]"]),
        ("[see ![[b]]](u)", ["[see ![[b]]](u)", "![[b]]"]),
        ("![[b]] x](u)", ["![[b]]"]),
        ("![[b]](u)", ["![[b]]"]),
        ("[[a|[l](u)]]", ["[[a|[l](u)]]"]),
        ("![alt [[x]]](y)", ["![alt [[x]]](y)"]),
        ("![a ![b](c) [d](e)](f)", ["![a ![b](c) [d](e)](f)"]),
        ("[t](<[[x]]>)", ["[t](<[[x]]>)"]),
        ('[t](u "[[x]]")', ['[t](u "[[x]]")']),
        ("[[x$y]] z$", ["[[x$y]]"]),
        ("[[x$y]] [[z$]]", ["[[x$y]]", "[[z$]]"]),
        ("[[a|`]]`]]", ["[[a|`]]"]),
        ("$[[a]]$", []),
        ("`[[a]]`", []),
        ("a `[[b` ]]", []),
    ],
)
def test_among_markdown_links_code_and_formulas(read: Read, text: str, found: list[str]) -> None:
    assert markup(read(text), "links") == found


def test_nothing_of_a_formula_is_left_where_a_wikilink_begins_first(read: Read) -> None:
    assert read("[[x$y]] z$").math == ()
    assert markup(read("[[x]] $z$"), "math") == ["$z$"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| [[a\\|b]] | c |", [("a", "b")]),
        ("| [[a]] | [[b\\|c]] |", [("a", None), ("b", "c")]),
        ("| ![[a.png\\|100]] | c |", [("a.png", "100")]),
        ("| [[a|b]] | c |", []),
        ("| [[a | b]] |", []),
    ],
)
def test_in_a_table_the_bar_is_escaped(
    read: Read, row: str, found: list[tuple[str, str | None]]
) -> None:
    links = read(f"| x | y |\n|---|---|\n{row}\n").links
    assert [(link.target, link.display) for link in links] == found
    for link in links:
        assert "\\" not in link.target


def test_after_a_table_the_bar_is_a_bar_again(read: Read) -> None:
    text = "| x |\n|---|\n| [[a\\|b]] |\n\n[[c|d]]"
    assert targets(read(text)) == ["a", "c"]


def test_target_span_is_the_target_alone(read: Read) -> None:
    text = "x [[ 한글 #h|b]] ![[a.png\\|1]] [[#^x]]"
    found = read(text)
    spans = [found.source.text(link.target_span) for link in found.links]
    assert spans == ["한글", "a.png", ""]
    assert found.links[2].target_span.start == found.links[2].span.start + 2


@pytest.mark.parametrize("text", ["[[  #h]]", "---\na: '[[\u3000#h]]'\n---\n"])
def test_the_place_of_a_target_that_is_blank(read: Read, text: str) -> None:
    (link,) = read(text).links
    assert link.target_span.start == link.target_span.end == len(text.partition("#")[0].encode())


@pytest.mark.parametrize(
    "definition",
    ["[r]: /x\n", "[r]: /x 't'\n", "[r]: /x\n[s]: /y\n", "[r]: /x\n    ", "[r]: /x\n't"],
)
def test_a_table_begins_right_after_a_definition(read: Read, definition: str) -> None:
    """And cuts a link with a bar; in a paragraph it does not begin without a leading bar."""
    assert targets(read(f"{definition}a|b\n-|-\n[[c|d]]\n")) == []
    assert targets(read("text\na|b\n-|-\n[[c|d]]\n")) == ["c"]
