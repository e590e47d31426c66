"""Inputs made to be slow: for each case a function from a size to bytes of about that size."""

from __future__ import annotations

import math
from collections.abc import Callable

Case = Callable[[int], bytes]


def _repeat(piece: str, before: str = "", after: str = "") -> Case:
    def build(size: int) -> bytes:
        unit = piece.encode()
        return before.encode() + unit * max(size // len(unit), 1) + after.encode()

    return build


def _yaml(piece: str, before: str = "", after: str = "") -> Case:
    return _repeat(piece, "---\n" + before, after + "\n---\nbody\n")


def _counted(piece: str, before: str = "", after: str = "", line: str = "") -> Case:
    """The piece with its number in it, so that no two are equal."""

    def build(size: int) -> bytes:
        length = len(piece.format(0).encode()) + 3
        text = "".join(piece.format(number) for number in range(max(size // length, 1)))
        return (before + text + after).encode()

    return build


def _nested_lists(size: int) -> bytes:
    depth = int(math.sqrt(size))
    return "".join("  " * level + "- a\n" for level in range(depth)).encode()


def _wide_table(size: int) -> bytes:
    columns = int(math.sqrt(size / 4))
    row = "|" + "a|" * columns + "\n"
    return (row + "|" + "-|" * columns + "\n" + row * columns).encode()


def _anchors(size: int) -> bytes:
    """Each anchor holds the one before twice: 2**n values in n lines."""
    count = max(size // 20, 1)
    lines = ["a0: &a0 x"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, count)]
    return ("---\n" + "\n".join(lines) + "\n---\n").encode()


_PAGE = """\
# Heading {0}

Text with a [[link {0}|name]], an ![[image.png]], a [page](Three%20laws.md#part) and `code`.
- a list with #tag, $x^2$ and **strong** words ^id{0}
  - nested [[other#Heading]]

> [!note] callout
> with [[more]] 한글 and 😀

| a | b |
|---|---|
| [[x\\|y]] | z |

```python
def f(x):
    return x
```

%% hidden [[comment]] %%

"""

CASES: dict[str, Case] = {
    "realistic": _counted(_PAGE, before="---\ntags: [a, b]\nup: '[[x]]'\n---\n"),
    "brackets": _repeat("["),
    "brackets-closed": _repeat("[", after="]" * 1000),
    "brackets-pairs": _repeat("[a]"),
    "brackets-nested": lambda n: b"[" * (n // 2) + b"]" * (n // 2),
    "brackets-parens": lambda n: b"[" * (n // 2) + b"](u)" * (n // 8),
    "wiki-open": _repeat("[["),
    "wiki-open-text": _repeat("[[a "),
    "wiki-close": _repeat("a]]", before="[["),
    "wiki-links": _repeat("[[a]] "),
    "wiki-one-line": _repeat("[[가나|다]] "),
    "wiki-single-brackets": _repeat("[a", before="[["),
    "embeds-open": _repeat("![["),
    "embeds": _repeat("![[a.png]]"),
    "embed-in-link": _repeat("[![[a]]](u) "),
    "images-nested": _repeat("!["),
    "images-closed": lambda n: b"![" * (n // 8) + b"](u)" * (n // 8),
    "links": _repeat("[a](b.md) "),
    "links-title": _repeat('[a](b "c](d") '),
    "links-open": _repeat("[a](b "),
    "links-open-nested": _repeat("[a](b"),
    "links-open-backslashes": _repeat("[a](b\\\n"),
    "links-angle": _repeat("[a](<b "),
    "link-dest-parens": _repeat("(", before="[a](b"),
    "references": _counted("[r{0}]: /u{0}\n[r{0}]\n\n"),
    "reference-one": _repeat("[r] ", after="\n\n[r]: /u\n"),
    "reference-open": _repeat("[a]: ", before="", after=""),
    "reference-title-open": _repeat('[a]: b "\n'),
    "footnotes": _counted("[^f{0}]: a [^f{0}]\n\n"),
    "footnotes-nested": _repeat("[^1]: "),
    "comments-line": _repeat("%%a%%\n"),
    "comments-inline-blank": _repeat("a %%\n\n"),
    "comments-one-line": _repeat("a %% "),
    "comments-one-line-escaped": _repeat("a \\%% "),
    "comments-open-lines": _repeat("%%\n\n"),
    "comments-in-code": _repeat("`%%` "),
    "percent": _repeat("%"),
    "dollars": _repeat("$"),
    "dollars-spaced": _repeat("$a "),
    "dollars-braces": _repeat("${"),
    "math": _repeat("$a$ "),
    "math-block": _repeat("$$\na\n$$\n\n"),
    "backticks": _repeat("`"),
    "backticks-runs": lambda n: " ".join(
        "`" * (i % 400 + 1) for i in range(max(n // 200, 1))
    ).encode(),
    "backticks-one-two": _repeat("`` ` "),
    "code-spans": _repeat("`a` "),
    "fences-open": _repeat("```\n~~~\n"),
    "fences": _repeat("```py\na\n```\n"),
    "fences-in-lists": _repeat("- a\n\n  ```py\n  b\n  ```\n\ntext\n\n"),
    "fences-tabs": _repeat("```\t\na\t\n"),
    "fence-long-line": _repeat("a", before="```\n"),
    "quotes-deep": _repeat(">"),
    "quotes-deep-lines": lambda n: b"".join(
        b">" * i + b" a\n" for i in range(1, int(math.sqrt(2 * n)))
    ),
    "quotes": _repeat("> a\n\n"),
    "lists-deep": _nested_lists,
    "lists-one-line": _repeat("- "),
    "lists": _repeat("- a\n"),
    "ordered-one-line": _repeat("1. "),
    "headings": _repeat("# a\n"),
    "hashes": _repeat("#"),
    "setext": _repeat("a\n=\n"),
    "setext-long": _repeat("a\n", after="==="),
    "emphasis": _repeat("*a "),
    "emphasis-mixed": _repeat("*a_ "),
    "emphasis-close": _repeat("a**"),
    "html-open": _repeat("<a "),
    "html-attributes": _repeat('<a b="c" '),
    "html-comment-open": _repeat("a <!-- "),
    "html-cdata-open": _repeat("a <![CDATA["),
    "html-pi-open": _repeat("a <?"),
    "html-declaration-open": _repeat("a <!A "),
    "html-blocks": _repeat("<div>\n\n"),
    "html-tags": _repeat("<b>x</b> "),
    "autolinks": _repeat("<http://a> "),
    "entities": _repeat("&amp;"),
    "backslashes": _repeat("\\"),
    "backslash-wiki": _repeat("\\[[a]] "),
    "table-long": _repeat("| a | b |\n", before="| a | b |\n|---|---|\n"),
    "table-wide": _wide_table,
    "table-links": _repeat("| [[a\\|b]] | `c` |\n", before="| a | b |\n|---|---|\n"),
    "tables-many": _repeat("|a|b|\n|-|-|\n|[[x\\|y]]|z|\n\n"),
    "table-row-open": _repeat("|"),
    "tags": _repeat("#tag "),
    "tags-lines": _repeat("#tag/가\n"),
    "tags-one-line-wide": _repeat("#태그 "),
    "block-ids": _repeat("a ^id\n"),
    "carets": _repeat(" ^a"),
    "block-id-blanks": _repeat(" ", before="a ^id"),
    "long-line": _repeat("a"),
    "long-line-wide": _repeat("가"),
    "words": _repeat("word "),
    "blank-lines": _repeat("\n"),
    "crlf": _repeat("a\r\n"),
    "lone-cr": _repeat("a\r"),
    "nul": _repeat("\0"),
    "blanks": _repeat(" "),
    "tabs": _repeat("\t"),
    "tabs-before-text": _repeat("\t", after="x"),
    "tabs-mixed": _repeat("a \t", after="x"),
    "invalid-utf8": lambda n: b"\xff" * n,
    "invalid-mixed": lambda n: b"\xff#a [[b]] " * (n // 10),
    "bom": _repeat("\ufeff"),
    "dashes": _repeat("---\n"),
    "front-matter-open": _repeat("a: b\n", before="---\n"),
    "yaml-keys": _counted("k{0}: v\n", before="---\n", after="---\n"),
    "yaml-keys-wide": _counted("열쇠{0}: 값\n", before="---\n", after="---\n"),
    "yaml-keys-int": _counted("{0}: v\n", before="---\n", after="---\n"),
    "yaml-keys-same": _yaml("k: v\n"),
    "yaml-list": _yaml("- 'x'\n", before="k:\n"),
    "yaml-links": _yaml("- '[[가]]'\n", before="k:\n"),
    "yaml-unquoted": _yaml("- [[가]]\n", before="k:\n"),
    "yaml-flow-open": _yaml("[", before="k: "),
    "yaml-flow-nested": lambda n: b"---\nk: " + b"[" * (n // 2) + b"]" * (n // 2) + b"\n---\n",
    "yaml-map-open": _yaml("{a: ", before="k: "),
    "yaml-flow-list": _yaml("a, ", before="k: [", after="a]"),
    "yaml-nested": lambda n: (
        b"---\n" + b"".join(b" " * i + b"k:\n" for i in range(int(math.sqrt(2 * n)))) + b"---\n"
    ),
    "yaml-dashes": _yaml("- "),
    "yaml-question": _yaml("? "),
    "yaml-anchors": _anchors,
    "yaml-merge": _counted(
        "m{0}: &m{0}\n  <<: *m0\n", before="---\nm0: &m0 {a: 1}\n", after="---\n"
    ),
    "yaml-aliases": _yaml("- *a\n", before="k: &a x\nl:\n"),
    "yaml-int": _yaml("1", before="k: "),
    "yaml-float": _yaml("1", before="k: 1."),
    "yaml-sexagesimal": _yaml(":59", before="k: 1"),
    "yaml-tagged-int": _yaml(":59", before="k: !!int 1"),
    "yaml-tagged-float": _yaml(":59", before="k: !!float 1"),
    "yaml-tagged-binary": _yaml("QQ==", before="k: !!binary "),
    "yaml-timestamp": _yaml("1", before="k: !!timestamp 2001-01-01 1:1:1."),
    "yaml-string": _yaml("a", before='k: "', after='"'),
    "yaml-string-open": _yaml("a ", before='k: "'),
    "yaml-blanks": _yaml(" ", before="k: a", after="a"),
    "yaml-blanks-sign": _yaml(" ", before="k: a", after="#"),
    "yaml-signs": _yaml(" #", before="k: a"),
    "yaml-colons": _yaml(":", before="k: a"),
    "yaml-escapes": _yaml("\\u00e9", before='k: "', after='"'),
    "yaml-block": _yaml("  a\n", before="k: |\n"),
    "yaml-plain": _yaml("  a\n", before="k: b\n"),
    "yaml-comments": _yaml("# a\n", before="k: b\n"),
    "yaml-tabs": _yaml("\t", before="k:"),
    "yaml-percent": _yaml("%a\n"),
    "yaml-control": _yaml("\x01", before="k: "),
}
