"""`[text](target)`: decoded target, its place, and what the other link forms leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from note_reading import markup

from vaultkit.note import Note
from vaultkit.note.markdown_link import is_external

Read = Callable[[str | bytes], Note]


@pytest.mark.parametrize(
    ("text", "target", "fragment", "display", "place"),
    [
        ("[t](a.md)", "a.md", None, "t", "a.md"),
        ("[t](Three%20laws.md)", "Three laws.md", None, "t", "Three%20laws.md"),
        ("[t](<Three laws.md>)", "Three laws.md", None, "t", "Three laws.md"),
        ("[t](a.md#h%20i)", "a.md", "h i", "t", "a.md"),
        ("[t](a%20b.md#h)", "a b.md", "h", "t", "a%20b.md"),
        ("[t](#h)", "", "h", "t", ""),
        ("[t](#^id)", "", "^id", "t", ""),
        ('[t](a.md "title")', "a.md", None, "t", "a.md"),
        ("[t](a.md 'title')", "a.md", None, "t", "a.md"),
        ("[t]( a.md )", "a.md", None, "t", "a.md"),
        ("[t](\na.md\n)", "a.md", None, "t", "a.md"),
        ("[t](a(b).md)", "a(b).md", None, "t", "a(b).md"),
        ("[t](a\\(b.md)", "a(b.md", None, "t", "a\\(b.md"),
        ("[t](a&amp;b.md)", "a&b.md", None, "t", "a&amp;b.md"),
        ("[](a.md)", "a.md", None, "", "a.md"),
        ("[t [u] v](a.md)", "a.md", None, "t [u] v", "a.md"),
        ("[`](`](a.md)", "a.md", None, "`](`", "a.md"),
        ('[a](b.md "](c")', "b.md", None, "a", "b.md"),
        ("[a](<b](c.md>)", "b](c.md", None, "a", "b](c.md"),
        ("[a](b\\](c.md)", None, None, None, None),
        ("![a [r][]](b.png)\n\n[r]: /x", "b.png", None, "a [r][]", "b.png"),
        *((f"[a]({sign}b.md)", None, None, None, None) for sign in "\x01\x0b\x1b\x1c\x1f\x7f"),
        *((f"[a](b\\{sign}c)", None, None, None, None) for sign in "\x01\x1f\x7f\t\n "),
        ("[a](<b\\\nc>)", None, None, None, None),
        ("[a](b\\\\c\\\n#)", None, None, None, None),
        ("[a](b\\\n't')", "b\\", None, "a", "b\\"),
        ("[r]\n\n[r]: b\x7f.md", None, None, None, None),
        ("![t](a.png)", "a.png", None, "t", "a.png"),
        ("![t|100](a.png)", "a.png", None, "t|100", "a.png"),
        ("[한](글.md)", "글.md", None, "한", "글.md"),
        ("[t](%ED%95%9C.md)", "한.md", None, "t", "%ED%95%9C.md"),
        ("[t](https://x.org/#a)", "https://x.org/#a", None, "t", "https://x.org/#a"),
        ("[t](obsidian://open?vault=x)", "obsidian://open?vault=x", None, "t", None),
        ("[t](mailto:a@b.c)", "mailto:a@b.c", None, "t", "mailto:a@b.c"),
        ("[t](javascript:x)", "javascript:x", None, "t", "javascript:x"),
        ("[t][r]\n\n[r]: a%20b.md", "a b.md", None, "t", ""),
        ("[r][]\n\n[r]: a.md", "a.md", None, "r", ""),
        ("[r]\n\n[r]: <a b.md>", "a b.md", None, "r", ""),
        ("[R]\n\n[r]: a.md#h", "a.md", "h", "R", ""),
        ("![t][r]\n\n[r]: a.png", "a.png", None, "t", ""),
        ("[^1](u.md)", "u.md", None, "^1", "u.md"),
    ],
)
def test_a_link_and_its_parts(
    read: Read,
    text: str,
    target: str | None,
    fragment: str | None,
    display: str | None,
    place: str | None,
) -> None:
    found = read(text)
    if target is None:
        assert found.links == ()
        return
    (link,) = found.links
    assert (link.kind, link.target, link.fragment, link.display) == (
        "markdown", target, fragment, display,
    )  # fmt: skip
    if place is not None:
        assert found.source.text(link.target_span) == place


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("x [t](u) y", "[t](u)"),
        ("![t](u)", "![t](u)"),
        ("[t][r] y\n\n[r]: u", "[t][r]"),
        ("[r][] y\n\n[r]: u", "[r][]"),
        ("[r] y\n\n[r]: u", "[r]"),
        ('[t](u "v") y', '[t](u "v")'),
    ],
)
def test_the_span_is_the_whole_markup(read: Read, text: str, whole: str) -> None:
    assert markup(read(text), "links") == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "[t](a b.md)", "[t] (a.md)", "[t](a.md", "[t]", "[t][r]", "(a.md)", "\\[t](a.md)",
        "[t](<a\nb>)", "`[t](u)`", "$[t](u)$", "    [t](u)", "[t]()", "[t](<>)", "[r]: a.md",
        "[^1]: a.md", "[^1]", "<https://x.org>", "https://x.org", "<!-- [t](u) -->", "- [ ] a",
    ],
)  # fmt: skip
def test_no_link(read: Read, text: str) -> None:
    assert read(text).links == ()


def test_a_link_over_lines(read: Read) -> None:
    (link,) = read("> [a\n> b](c.md)").links
    assert (link.target, link.display) == ("c.md", "a\n> b")


@pytest.mark.parametrize("target", ["https:x", "mailto:a", "obsidian://x", "//host/x", "ab:c"])
def test_external(read: Read, target: str) -> None:
    note = read(f"[t](<{target}>)")
    assert is_external(note.links[0], note.source.data)


@pytest.mark.parametrize("target", ["a.md", "C:/x", "a/b:c", "#h", "1a:b", "한:글", "./a", "a%3Ab"])
def test_not_external(read: Read, target: str) -> None:
    note = read(f"[t](<{target}>)")
    assert not is_external(note.links[0], note.source.data)


@pytest.mark.parametrize(
    "after", ["", "[]", "[r]", "[ r ]", "[[]]", "[^1]", "[ ]", "[\n]", "[a\\]"]
)
def test_a_name_alone_is_a_link_unless_a_label_follows(read: Read, after: str) -> None:
    assert [link.target for link in read(f"[r]{after}\n\n[r]: x.md").links] == ["x.md"]


@pytest.mark.parametrize(
    "after", ["[s]", "[a b]", "[^]", "[$]$", "[`]`]", "[a\nb]", "[\\]]", "[<a b]>"]
)
def test_a_label_that_is_not_defined_makes_no_link_of_the_name_before(
    read: Read, after: str
) -> None:
    assert not read(f"[r]{after}\n\n[r]: x.md").links


@pytest.mark.parametrize("before", ["[](: /", "[](a ", "![](: !", "[t](: ]", "[t](<a>x"])
def test_brackets_in_an_address_that_is_none_are_a_link(read: Read, before: str) -> None:
    (link,) = read(f"{before}[r]\n\n[r]: x.md").links
    assert (link.target, link.display) == ("x.md", "r")
