r"""A formula whose braces, environments or `\left` and `\right` do not pair.

The renderer shows an error message in its place, or the formula's source. Escaped braces (`\{`)
and what stands after a `%` do not count, as in TeX.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from vaultkit.lint.formulas import Formula, Token, formulas, torn_formulas
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note

FAMILY = "knowledge"
SEVERITY = "error"
MARKS = (b"$",)


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    for formula in chain(formulas(note), torn_formulas(note)):
        if "\\verb" not in formula.text and (found := _odd_one(formula)) is not None:
            token, what = found
            yield Hit(note.source.name, token.span, what)


def _odd_one(formula: Formula) -> tuple[Token, str] | None:
    """The first piece that closes nothing, or the last that nothing closes."""
    pending: list[Token] = []
    for token in formula.tokens():
        if token.kind in "{" or token.kind == "begin" or _is(token, "left"):
            pending.append(token)
        elif token.kind in "}" or token.kind == "end" or _is(token, "right"):
            if not pending or not _pairs(pending[-1], token):
                return token, f"`{_shown(token)}` closes nothing that is open"
            pending.pop()
    return (pending[-1], f"`{_shown(pending[-1])}` is never closed") if pending else None


def _is(token: Token, name: str) -> bool:
    return token.kind == "command" and token.name == name


def _pairs(opening: Token, closing: Token) -> bool:
    if closing.kind == "end":
        return opening.kind == "begin" and opening.name == closing.name
    return opening.kind == "{" if closing.kind == "}" else _is(opening, "left")


def _shown(token: Token) -> str:
    if token.kind in ("begin", "end"):
        return f"\\{token.kind}{{{token.name}}}"
    return f"\\{token.name}" if token.kind == "command" else token.kind


BAD = (
    Example({"A.md": "$\\frac{1}«{»2$ is a half.\n"}),
    Example({"A.md": "$$\n\\begin{aligned} x «\\end{cases}»\n$$\n"}),
    Example({"A.md": "$«\\left»( \\frac{1}{2} )$\n"}),
)
GOOD = (
    Example({"A.md": "$\\{ x \\mid \\left. y \\right| \\}$ and $x % {\n + y$\n"}),
    Example({"A.md": "It costs $5 {net} or `$\\frac{$`.\n"}),
)
