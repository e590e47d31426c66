"""Headings, block ids, tags and formulas."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from note_reading import markup

from vaultkit.note import Note

Read = Callable[[str | bytes], Note]


@pytest.mark.parametrize(
    ("text", "level", "said", "whole"),
    [
        ("# a", 1, "a", "# a"),
        ("###### a", 6, "a", "###### a"),
        ("# a #", 1, "a", "# a #"),
        ("# a#", 1, "a#", "# a#"),
        ("## a ## ", 2, "a", "## a ## "),
        ("# a \\#", 1, "a \\#", "# a \\#"),
        ("#\ta", 1, "a", "#\ta"),
        ("#", 1, "", "#"),
        ("# #", 1, "", "# #"),
        ("   # a", 1, "a", "# a"),
        ("# [[a]] `b` *c*", 1, "[[a]] `b` *c*", "# [[a]] `b` *c*"),
        ("# a ^id", 1, "a ^id", "# a ^id"),
        ("> # a", 1, "a", "# a"),
        ("- # a", 1, "a", "# a"),
        ("[^1]: # a", 1, "a", "# a"),
        ("x\n# a\ny", 1, "a", "# a"),
        ("# a\r\nb", 1, "a", "# a"),
        ("# a\rb", 1, "a", "# a"),
        ("# $x$\t\nb", 1, "$x$", "# $x$\t"),
        ("a\n===", 1, "a", "a\n==="),
        ("a\n---", 2, "a", "a\n---"),
        ("a\n-", 2, "a", "a\n-"),
        ("a\nb\n===", 1, "a b", "a\nb\n==="),
        ("a\nb > c\n===", 1, "a b > c", "a\nb > c\n==="),
        ("> a\n> b\n> ===", 1, "a b", "a\n> b\n> ==="),
        ("a|b\n---", 2, "a|b", "a|b\n---"),
        ("| a\n---", 2, "| a", "| a\n---"),
        ("한글\n==", 1, "한글", "한글\n=="),
        ("a\r\n===\r\n", 1, "a", "a\r\n==="),
        ("\ufeff# a", 1, "a", "# a"),
        ("---\nx: y\n---\n# a", 1, "a", "# a"),
    ],
)
def test_a_heading(read: Read, text: str, level: int, said: str, whole: str) -> None:
    found = read(text)
    assert [(item.level, item.text) for item in found.headings] == [(level, said)]
    assert markup(found, "headings") == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "#a", "####### a", "    # a", "\\# a", "```\n# a\n```", "<div>\n# a\n</div>", "\n===",
        "a\n\n===", "- a\n===", "a\n    ===", "---\n# a\n---\n", "<!--\n# a\n-->", "> a\n===",
    ],
)  # fmt: skip
def test_no_heading(read: Read, text: str) -> None:
    assert read(text).headings == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("a ^id", ["id"]),
        ("a ^id  \nb", ["id"]),
        ("a\n^id", ["id"]),
        ("^id", ["id"]),
        ("- a ^one\n- b ^two", ["one", "two"]),
        ("- a\n\n^id", ["id"]),
        ("> a\n\n^id", ["id"]),
        ("> a ^id", ["id"]),
        ("> a\n> ^id", ["id"]),
        ("| a |\n|---|\n| b |\n\n^id", ["id"]),
        ("# a ^id", ["id"]),
        ("a ^A-1", ["A-1"]),
        ("a ^id\r\nb ^od\rc", ["id", "od"]),
        ("![[a.png]]^id", ["id"]),
        ("![[a.png]] ^id", ["id"]),
        ("a ^id b", []),
        ("a^id", []),
        ("a ^i_d", []),
        ("a ^", []),
        ("a ^한", []),
        ("`a\n^id\nb`", []),
        ("```\na ^id\n```", []),
        ("    ^id", []),
        ("$$\na ^id\n$$", []),
        ("<div>\na ^id\n</div>", []),
        ("---\na: b ^id\n---\n", []),
        ("[[a ^id", ["id"]),
    ],
)
def test_block_ids(read: Read, text: str, ids: list[str]) -> None:
    assert [block.id for block in read(text).blocks] == ids


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#a", ["a"]),
        ("x #a y", ["a"]),
        ("#a #b", ["a", "b"]),
        ("#a/b", ["a/b"]),
        ("#a/b/", ["a/b"]),
        ("#a-b_c", ["a-b_c"]),
        ("#한글", ["한글"]),
        ("#हिन्दी", ["हिन्दी"]),
        ("#e\u0301", ["e\u0301"]),
        ("#✅done", ["✅done"]),
        ("#👨‍👩‍👧", ["👨‍👩‍👧"]),
        ("#y1984", ["y1984"]),
        ("#1984", []),
        ("#1/2", []),
        ("#", []),
        ("#/", []),
        ("a#b", []),
        ("(#a)", []),
        ("#a.b", ["a"]),
        ("#a,#b", ["a"]),
        ("#a#b", ["a"]),
        ("\\#a", []),
        ("# a", []),
        ("## a #b", ["b"]),
        ("- #a", ["a"]),
        ("> #a", ["a"]),
        ("%%#a%% ", []),
        ("%% #a %%", ["a"]),
        ("`#a` #b", ["b"]),
        ("` #a`", []),
        ("```\n#a\n```", []),
        ("    #a", []),
        ("$ #a$ #b", ["a", "b"]),
        ("$x #a$", []),
        ("<div>\n#a\n</div>", []),
        ("<!-- #a --> b", []),
        ("[[#a]]", []),
        ("[[b #a]]", []),
        ("[t #a](u)", []),
        ("[t](u #a)", ["a"]),
        ('---\na: "#b"\n---\n#c', ["c"]),
        ("a\u00a0#b", ["b"]),
        ("#a\u2028#b", ["a", "b"]),
    ],
)
def test_tags(read: Read, text: str, names: list[str]) -> None:
    assert [tag.name for tag in read(text).tags] == names


def test_a_tag_is_found_beside_bytes_that_are_no_text(read: Read) -> None:
    found = read(b"\xff #\xea\xb0\x80 \xc3 #b\xff")
    assert [tag.name for tag in found.tags] == ["가", "b"]
    assert [found.source.slice(tag.span) for tag in found.tags] == [b"#\xea\xb0\x80", b"#b"]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$", [("x", False)]),
        ("a$x$b", [("x", False)]),
        ("$$x$$", [("x", True)]),
        ("$$\nx\n$$", [("\nx\n", True)]),
        ("$x$ and $y$", [("x", False), ("y", False)]),
        ("$a$$b$", [("a", False), ("b", False)]),
        ("$\\$$", [("\\$", False)]),
        ("$\\text{a $b$ c}$", [("\\text{a $b$ c}", False)]),
        ("| $a$ |\n|---|\n| $b\\|c$ |", [("a", False), ("b\\|c", False)]),
        ("> $$\n> x\n> $$", [("\n> x\n> ", True)]),
        ("$ x$", []),
        ("$x $", []),
        ("$5 and $6", []),
        ("$x", []),
        ("\\$x$", []),
        ("`$x$`", []),
        ("$x\n\ny$", []),
        ("$}{$", []),
        ("$$ $ $$", []),
        ("# $x$\t", [("x", False)]),
        ("[$x$](u)", [("x", False)]),
        ("**$x$**", [("x", False)]),
    ],
)
def test_formulas(read: Read, text: str, formulas: list[tuple[str, bool]]) -> None:
    assert [(item.text, item.display) for item in read(text).math] == formulas


@pytest.mark.parametrize("label", ["1", "a b", " a", "a\\]b", "a\\[", "\\\\", "^", "\u3000"])
def test_a_footnote_holds_headings(read: Read, label: str) -> None:
    assert [item.text for item in read(f"[^{label}]: a\n\n    # h").headings] == ["h"]


@pytest.mark.parametrize("label", ["", " ", "\t", "[", "[a]", "a[b", "\\", "a\\"])
def test_brackets_and_blanks_are_no_footnote_s_name(read: Read, label: str) -> None:
    assert not read(f"[^{label}]: a\n\n    # h").headings


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("[r]:\n=", "[r]:\n="),
        ("[\n-\n]: y", "[\n-"),
        ('[r]: /x "\n=\n"', '[r]: /x "\n='),
        ("[r]: /x\n'a\n--\n", "'a\n--"),
        ("> [r]:\n> =", "[r]:\n> ="),
        ("[r]: /x\n[s]:\n==", "[s]:\n=="),
    ],
)
def test_an_underline_ends_a_definition_that_is_not_complete(
    read: Read, text: str, whole: str
) -> None:
    assert [read(text).source.text(item.span) for item in read(text).headings] == [whole]


@pytest.mark.parametrize("text", ["[r]: /x\n=", "> [r]:\n=", "[r]:\n    =", "[r]: /x\n't'\n="])
def test_an_underline_of_nothing_is_text(read: Read, text: str) -> None:
    assert not read(text).headings


def test_a_lazy_line_goes_on_a_paragraph_two_quotes_in(read: Read) -> None:
    (block,) = read(">> a\n\t- b ^d").blocks
    assert block.id == "d"


@pytest.mark.parametrize(
    "text",
    [
        "- [r]: /x\nb\n-",
        "> [r]: /x\nb\n=",
        "> [r]: /x\n[s]: /y\nc\n=",
        "[^1]: [r]: /x\nb\n=",
        ">> [r]: /x\n> b\n> =",
    ],
)
def test_a_line_after_a_definition_stays_in_its_list_or_quote(read: Read, text: str) -> None:
    """It goes on the paragraph that the definition was cut off, and has no underline there."""
    assert not read(text).headings


@pytest.mark.parametrize("line", ["-:", ":-:", "--"])
def test_a_line_without_a_bar_rules_off_no_table(read: Read, line: str) -> None:
    (link,) = read(f"|b\n{line}\n[[y|z]]").links
    assert not read(f"|b\n{line}\n[[y|z]]").in_table(link.span.start)
