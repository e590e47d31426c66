"""Where links count, as the resolver's contract has it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from note_reading import markup, targets

from vaultkit.note import Note

Read = Callable[[str | bytes], Note]


@pytest.mark.parametrize(
    "text",
    [
        "[[x]]",
        "text\n[[x]]\ntext",
        "# [[x]]",
        "[[x]]\n===",
        "- [[x]]",
        "1. a\n   - [[x]]",
        "- [ ] [[x]]",
        "> [[x]]",
        "> > [[x]]",
        "> [!note]- [[x]]",
        "> [!note]\n> [[x]]",
        "- > - [[x]]",
        "[^1]: [[x]]",
        "a[^1]\n\n[^1]: b\n\n    [[x]]",
        "| a |\n|---|\n| [[x]] |",
        "| [[x]] |\n|---|",
        "**[[x]]** ",
        "*a [[x]]*",
        "~~[[x]]~~",
        "==[[x]]==",
        "a [[x]]. b",
        "([[x]])",
        "<b>[[x]]</b>",
        "</b>[[x]]",
        "\ufeff[[x]]",
        "---\na: b\n---\n[[x]]",
        "a\n\n---\n\n[[x]]\n\n---\n",
        "text\n    [[x]]",
        "[r]: /u\n    [[x]]",
        "```py\ncode\n```\n[[x]]",
        "```py\ncode\n```\t\n[[x]]",
        "~~~\n```\n~~~\n[[x]]",
        "`a` [[x]] `b`",
        "``a`[[b]]`` [[x]]",
        "`a [[x]]",
        "$5 [[x]] and $6",
        "\\$[[x]]$ ",
        "\\`[[x]]`",
        "a < [[x]] > b",
        "<!-- a -->\n[[x]]",
        "<div>\n\n[[x]]\n\n</div>",
        "a\r\n[[x]]\r\nb",
        "a\r[[x]]\rb",
        "\0[[x]]\0",
        "\x0c[[x]]",
        "\u2028[[x]]",
    ],
)
def test_it_counts(read: Read, text: str) -> None:
    (link,) = read(text).links
    assert (link.target, link.where) == ("x", "body")


@pytest.mark.parametrize(
    "text",
    [
        "%%[[x]]%%",
        "a %%b [[x]] c%% d",
        "%%\n[[x]]\n%%",
        "%%\na\n\n[[x]]\n\n%%\n",
        "%%\n[[x]]",
        "> %%\n> [[x]]\n> %%",
        "%%\n- [[x]]\n%%",
    ],
)
def test_it_counts_in_comments_and_says_so(read: Read, text: str) -> None:
    (link,) = read(text).links
    assert (link.target, link.where) == ("x", "comment")


@pytest.mark.parametrize(
    "text",
    [
        "```\n[[x]]\n```",
        "```\n[[x]]",
        "~~~\n[[x]]\n~~~",
        "````\n```\n[[x]]\n```\n````",
        "- a\n\n  ```\n  [[x]]\n  ```",
        "> ```\n> [[x]]\n> ```",
        "    [[x]]",
        "\t[[x]]",
        "a\n\n    [[x]]",
        "- a\n\n      [[x]]",
        "`[[x]]`",
        "`` [[x]] ` ``",
        "a `b\n[[x]]` c",
        "$[[x]]$",
        "$$[[x]]$$",
        "$$\n[[x]]\n$$",
        "<!-- [[x]] -->",
        "<!--\n[[x]]\n-->",
        "a <!-- [[x]] --> b",
        "<!-- a --> [[x]]",
        "a <!-- [[x]] ---> b",
        "<div>[[x]]</div>",
        "<div>\n[[x]]\n</div>",
        '<a href="[[x]]">',
        '<img alt="[[x]]">',
        "<script>\n\n[[x]]\n\n</script>",
        "<?php [[x]] ?>",
        "```md\n%%\n[[x]]\n%%\n```",
    ],
)
def test_it_does_not_count(read: Read, text: str) -> None:
    assert read(text).links == ()


def test_front_matter_counts_when_quoted_and_whole(read: Read) -> None:
    text = (
        '---\nup: "[[a]]"\ndown:\n  - "[[b|c]]"\n  - \'[[d#h]]\'\nin: {x: "[[e]]"}\n'
        'not: "see [[n]]"\nembed: "![[n]]"\nplain: [[n]]\nlist: [[[n]]]\ntext: a [[n]]\n'
        "---\n[[f]]\n"
    )
    found = read(text)
    assert targets(found) == ["a", "b", "d#h", "e", "f"]
    assert [link.where for link in found.links] == ["property"] * 4 + ["body"]
    assert [found.source.text(link.target_span) for link in found.links] == list("abdef")
    assert markup(found, "links")[:2] == ["[[a]]", "[[b|c]]"]


def test_an_unquoted_link_in_front_matter_is_told(read: Read) -> None:
    text = "---\nup: [[a]]\nmore:\n  - [[b|c]]\n  - [[d, e]]\nno: [a]\nnor: [[a], [b]]\n---\n"
    found = read(text)
    assert found.links == ()
    assert [link.text for link in found.unquoted_links] == ["a", "b|c", "d, e"]
    assert markup(found, "unquoted_links") == ["[[a]]", "[[b|c]]", "[[d, e]]"]


def test_front_matter_is_only_at_the_very_top(read: Read) -> None:
    assert targets(read('\n---\nup: "[[a]]"\n---\n')) == ["a"]
    assert read('\n---\nup: "[[a]]"\n---\n').front_matter is None
    assert [link.where for link in read('\ufeff---\nup: "[[a]]"\n---\n').links] == ["property"]


def test_links_come_in_the_order_of_the_file(read: Read) -> None:
    text = '---\na: "[[p]]"\n---\n[t](b.md) [[c]] %%[[d]]%%\n![[e]] ![f](g.png)\n'
    assert targets(read(text)) == ["p", "b.md", "c", "d", "e", "g.png"]


def test_lines_of_a_link_over_a_line_end_are_read_on_their_own(read: Read) -> None:
    """A parser that lets a wikilink span lines loses what stands between."""
    text = "if [[ -f $x &&\n[t](u) `[[c]]` [[x]]\n-d y ]]"
    assert targets(read(text)) == ["u", "x"]
