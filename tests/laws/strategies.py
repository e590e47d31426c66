"""All strategies for notes: pieces that have broken parsers, put together at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st

T = TypeVar("T")

# A law of notes, which costs little, gets five times the examples of an ordinary property test,
# and at night sixteen times: 200,000 and more of all laws together.
_TIMES = 16 if settings.get_current_profile_name() == "nightly" else 5
law = settings(max_examples=_TIMES * settings.default.max_examples)

LINKS = (
    "[[a]]", "![[a.png]]", "[[a|b]]", "[[a\\|b]]", "[[a#h]]", "[[#^x]]", "[[a\n", "b]]", "[[", "]]",
    "[[[x]]]", "[[a\\]]", "[[ ]]", "[[|x]]", "[[a|[l](u)]]", "[![[x.png]]](u)", "[[ #h]]",
    "![alt [[x]]](y)",
    "[t](u)", "![t](u)", "[t](<a b.md> \"c\")", "(u)", "[r]", "[r][]", "[t][r]", "\n[r]: /x\n",
    "[", "]", "![", "![[", "(<u v>)", "[^1]", "\n[^1]: ", "<http://x>", "[a](b \"](c\")",
)  # fmt: skip
BLOCKS = (
    "\n\n", "\n", "> ", "- ", "1. ", "    ", "\t", "# ", "\n# h\n", "\n---\n", "\n===\n", "***",
    "\n```py\n", "\n```\n", "\n~~~\n", "````", "```\t\n", "| a | b |\n|---|---|\n",
    "\na|b\n-|-\n", "| [[x\\|y]] | $z$ |\n", "|", "\\|", "\n|-|\n", "> [!note]- t\n> ", "- [ ] ",
    "\n<div>\n", "</div>\n\n", "<!--", "-->",
)  # fmt: skip
INLINES = (
    "`", "``", "`c`", "$", "$$", "$x$", "$$\ny\n$$", "\\", "\\[", "\\$", "%%", "%%c%%", "\n%%\n",
    "<b>", "<a href=\"", "\">", " ^id\n", "^id", "#tag", " #t/u ", "#태그", "*", "**", "_",
    "{", "}", "&amp;", "!", " ", "  ", "a", "b", "x\ny",
)  # fmt: skip
CHARACTERS = (
    "한글", "é", "e\u0301", "😀", "👨‍👩‍👧", "\u00a0", "\u3000", "\ufeff", "\u2028", "\x85",
    "\x00", "\x0b", "\x0c", "\x1a", "\x1c", "(u\x7f)", "(\x1fu)", "\r", "\r\n",
)  # fmt: skip
RAW = (b"\xff", b"\xc3", b"\xe2\x82", b"\x80", b"\xed\xa0\x80")
FRONT = (
    b"---\n", b"---\na: b\n---\n", b"---\na: \"[[x]]\"\nb: ['[[y|z]]', [[u]]]\n---\n",
    b"---\n\xea\xb0\x80: \xff\nt: [a, b]\n---\n", b"--- \r\nx: '![[y]]'\r\n---\r\n", b"---\n---\n",
    b"---\na: &a [*a]\n? b\n: c\n---\n", b"---\ntitle: {{date}}\n---\n", b"---\n\tx: 1\n---\n",
)  # fmt: skip

_PIECES = tuple(piece.encode() for piece in (*LINKS, *BLOCKS, *INLINES, *CHARACTERS))


def spliced(pieces: Sequence[T], size: int) -> st.SearchStrategy[list[T]]:
    """Up to so many of the pieces, one for each byte: ten times cheaper than a list of draws."""
    count = len(pieces)
    assert count <= 256
    return st.binary(max_size=size).map(lambda data: [pieces[byte % count] for byte in data])


texts = spliced((*LINKS, *BLOCKS, *INLINES, *CHARACTERS), 24).map("".join)
bodies = spliced((*_PIECES, *RAW), 24).map(b"".join)


@st.composite
def notes(draw: st.DrawFn) -> bytes:
    """A file: perhaps a byte order mark and front matter, and a body with any line ends."""
    data = draw(st.sampled_from((b"", b"", *FRONT))) + draw(bodies)
    line_end = draw(st.sampled_from((b"\n", b"\n", b"\r\n", b"\r")))
    data = data.replace(b"\n", line_end)
    return draw(st.sampled_from((b"", b"", b"", b"\xef\xbb\xbf"))) + data


anything = notes() | st.binary(max_size=60)

# What may stand in a link's parts so that it reads back as it was written.
_NAME = "abcXYZ019 .,'()+=&~éß한글-_"
names = (
    st.text(_NAME, min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda name: name != "" and not name.startswith("("))
)
displays = st.text(_NAME + "#|", max_size=8)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    # PyYAML writes these three as the line breaks that they were in YAML 1.1.
    st.text(st.characters(exclude_characters="\x85\u2028\u2029", codec="utf-8"), max_size=12),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
code_lines = st.lists(
    st.text("abc =()[]{}#'\"\\$%|`~é한\t ", max_size=14).filter(
        lambda line: not line.strip().startswith(("```", "~~~"))
    ),
    min_size=1,
    max_size=6,
).filter(lambda lines: bool(lines[-1].strip()))
containers = st.lists(st.sampled_from(("> ", "- ", "1. ")), max_size=3)
