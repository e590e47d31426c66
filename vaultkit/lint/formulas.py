"""A formula's TeX taken apart just far enough to tell whether it can be rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.note import Note
from vaultkit.note.zones import merged, within
from vaultkit.text import Span

_TOKEN = re.compile(
    r"%[^\n]*|\\(?P<edge>begin|end)\s*\{(?P<name>[^{}]*)\}|\\(?P<word>[A-Za-z]+)\*?|\\.|[{}]",
    re.DOTALL,
)
# Their argument is text, in which TeX commands mean something else or nothing.
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_TORN = re.compile(
    rb"(?<![\\$])\$\$((?:[^$\\]|\\.)+)\$\$(?!\$)"
    rb"|(?<![\\$])\$(?![\s$])((?:[^$\\\r\n]|\\[^\r\n])*[^$\\\s]|\\.)\$(?![\d$])",
    re.DOTALL,
)
_TEXT = re.compile(
    r"\\(?:text\w*|mbox|fbox|hbox|tag\*?|label|ref|eqref|require|href|unicode|operatorname\*?"
    r"|color|class|cssId|style|verb|ce|pu)(?![A-Za-z])\s*"
)


class Token(NamedTuple):
    """A piece of TeX: an environment's edge, a command, or a brace.

    kind: "begin", "end", "command", "{" or "}"; name: of the environment or command.
    """

    kind: str
    name: str
    span: Span


class Formula(NamedTuple):
    """A formula's text and the byte at which it begins in the file."""

    text: str
    start: int

    def tokens(self) -> Iterator[Token]:
        """The pieces, comments and escaped characters left out."""
        for match in _TOKEN.finditer(self.text):
            if match["edge"]:
                yield Token(match["edge"], match["name"].strip(), self._span(match))
            elif match["word"]:
                yield Token("command", match["word"], self._span(match))
            elif match[0] in "{}":
                yield Token(match[0], "", self._span(match))

    def _span(self, match: re.Match[str]) -> Span:
        first = self.start + len(self.text[: match.start()].encode())
        return Span(first, first + len(match[0].encode()))

    def without_texts(self) -> Formula:
        """The formula with the arguments that are text blanked out, as long as before."""
        pieces: list[str] = []
        position = 0
        for match in _TEXT.finditer(self.text):
            if match.start() < position:
                continue
            end = _argument_end(self.text, match.end())
            pieces += (self.text[position : match.end()], _blank(self.text[match.end() : end]))
            position = end
        return Formula("".join(pieces) + self.text[position:], self.start)


def _argument_end(text: str, start: int) -> int:
    """The end of the braced argument that begins at `start`; there is none where no brace is."""
    if text[start : start + 1] != "{":
        return start
    depth, position = 0, start
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    return start


def _blank(text: str) -> str:
    return "".join(" " * len(char.encode()) for char in text)


def formulas(note: Note) -> Iterator[Formula]:
    """Every formula of a note that a reader sees."""
    for item in note.math:
        if within(note.comments, item.span.start) is None:
            yield Formula(item.text, item.span.start + 1 + item.display)


def torn_formulas(note: Note) -> Iterator[Formula]:
    """What Obsidian reads as a formula and CommonMark's extension does not: braces do not pair.

    Only what holds a TeX command is taken for one, so that prices in braces are not.
    """
    data = note.source.data
    hidden = merged([*note.opaque, *note.comments])
    start = note.front_matter.span.end if note.front_matter else 0
    for match in _TORN.finditer(data, start):
        inner = Span(*match.span(1 if match[1] is not None else 2))
        if within(hidden, match.start()) is None and within(hidden, match.end() - 1) is None:
            text = note.source.text(inner)
            if _COMMAND.search(text):
                yield Formula(text, inner.start)
