"""Where the two engines differ on purpose: rare forms on which one of the parsers is wrong.

A form that CommonMark or GitHub's specification decides is left to the parser that has it
right, since mending the other would cost more than the form is worth. Everything else must
be equal; the tests hold both engines to this table.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Difference(NamedTuple):
    """One form that the engines read differently.

    example:   the smallest note that shows it.
    elements:  the field of `Note` in which it shows.
    fast:      the markup of the elements that `parse.py` finds in the example.
    reference: the same for `reference.py`.
    nearer:    the engine nearer to what Obsidian is known or specified to do.
    sign:      a regular expression that every text with this difference matches.
    """

    name: str
    example: str
    elements: str
    fast: tuple[str, ...]
    reference: tuple[str, ...]
    nearer: Literal["fast", "reference"]
    reason: str
    sign: str


DIFFERENCES = (
    Difference(
        "indented line after a table",
        "a|b\n-|-\n    [[x]]",
        "links",
        ("[[x]]",),
        (),
        "reference",
        "GFM ends a table where another block begins, and indented code is one; pulldown-cmark"
        " reads one more row",
        r"\|[^\0]*\n[ >]*(?: {4}|\t)",
    ),
    Difference(
        "table row of a single bar",
        "a|b\n-|-\n|\n-",
        "headings",
        ("|\n-",),
        (),
        "reference",
        "GFM ends a table at an empty line or another block only; pulldown-cmark ends it at a"
        " lone bar, and then reads a heading",
        r"(?m)^[ \t>]*\|[ \t]*$",
    ),
    Difference(
        "blanks or colons between a table's dashes",
        "a|b\n|-::-|-\n[[c|d]]",
        "links",
        (),
        ("[[c|d]]",),
        "reference",
        "a cell of a table's second line holds dashes without blanks, and no more than one colon"
        " at each end (GFM 0.29, section 4.10); pulldown-cmark wants one dash in all of them",
        r"(?m)^(?=[^\n]*-)(?=[^\n]*\|)"
        r"(?![ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$)[-:| \t>]+$",
    ),
    Difference(
        "backslash at the end of a table's head",
        "a|\\\n-|-\n[[c|d]]",
        "links",
        ("[[c|d]]",),
        (),
        "reference",
        "a backslash escapes punctuation, and a line's end is none (CommonMark 0.31, section 2.4);"
        " pulldown-cmark sees no head",
        r"\\\n[ \t>]*[-:|]",
    ),
    Difference(
        "link around an image with a link in its description",
        "[![e [a](b)](c)](d)",
        "links",
        ("![e [a](b)](c)",),
        ("[![e [a](b)](c)](d)", "![e [a](b)](c)"),
        "fast",
        "no link holds another, at whatever depth (CommonMark 0.31, section 6.3); markdown-it"
        " reads a description as a text of its own",
        r"\[[^\]]*!\[[^\0]*?\[[^\[\]]*\][^\0]*?\][(\[]",
    ),
    Difference(
        "title right after an address",
        "[a](<b>'t')",
        "links",
        ("[a](<b>'t')",),
        (),
        "reference",
        "blanks separate an address from its title (CommonMark 0.31, section 6.3); pulldown-cmark"
        " wants none after angle brackets",
        r"\]\([ \t\n>]*<(?:\\.|[^<>\n\\])+>[\"'(]",
    ),
    Difference(
        "quote marker four columns in",
        ">\n    ># h",
        "headings",
        (),
        ("# h",),
        "fast",
        "a quote marker may be indented by three columns (CommonMark 0.31, section 5.1);"
        " markdown-it checks that on a quote's first line only",
        r">[^\n]*\n[ \t>]*(?: {4}|\t)[ \t]*>",
    ),
    Difference(
        "list item over a table's head",
        "[[a|]]\n- |-",
        "links",
        (),
        ("[[a|]]",),
        "reference",
        "GFM begins a list before it looks for a table; pulldown-cmark reads the item as the"
        " table's second line, and the bar as the end of a cell",
        r"\n[ \t>]*-[ \t][-:| \t]*\|",
    ),
    Difference(
        "nesting a hundred deep",
        ">" * 100 + "# h",
        "headings",
        ("# h",),
        (),
        "fast",
        "markdown-it reads nothing below its hundredth level, so that it cannot run out of stack",
        r"(?m)^(?:[ \t]*(?:>|[-+*][ \t]|\d+[.)][ \t])){40}|\[(?:[^\]\n]*\[){90}|\n {80}",
    ),
    Difference(
        "braces around formulas beyond counting",
        "$" + "}" * 256 + "[[x]]$",
        "links",
        (),
        ("[[x]]",),
        "reference",
        "a formula ends in the braces in which it began (commonmark-hs); pulldown-cmark counts"
        " closed ones to 255 and then from 0 again, and open ones 25 deep",
        r"(?:\{[^{]*+){25}|(?:\}[^}]*+){200}",
    ),
    Difference(
        "definition over a line's end in a footnote",
        "[^1]:[$y$]:\n=",
        "math",
        ("$y$",),
        (),
        "reference",
        "a definition's address may stand on the next line (CommonMark 0.31, section 4.7);"
        " pulldown-cmark reads none there when a footnote begins the line",
        r"\[\^[^\]\n]*\]:(?:[^\n]|\n(?![ \t>]*\n))*?\]:[ \t]*\n",
    ),
)
