r"""A TeX command or environment in a formula that MathJax does not know.

Obsidian renders formulas with MathJax and shows what it does not know in red: a typing error
(`\aplha`), or a command of a LaTeX package (`\bm`, `\argmax`) that has no meaning here. Commands
that any note of the vault defines (`\newcommand`, `\def`, `\DeclareMathOperator` …) are known; in
a vault with a `preamble.sty`, which a plugin loads, nothing is reported.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from vaultkit.lint.formulas import formulas
from vaultkit.lint.mathjax import COMMANDS, ENVIRONMENTS
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "knowledge"
SEVERITY = "warning"
SCOPE = "file"
MARKS = (b"$", b"\\")

_DEFINED = re.compile(
    rb"\\(?:re|provide)?(?:newcommand|def|gdef|edef|let|DeclareMathOperator|DeclarePairedDelimiter"
    rb"\w*|[Nn]ewextarrow|newenvironment|command)\*?\s*\{?\s*\\?([A-Za-z]+)"
)


def leans_on(view: View) -> Iterator[str]:
    """The notes that define commands."""
    for path, note in view.notes():
        if b"\\" in note.source.data and _DEFINED.search(note.source.data):
            yield path


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    if any(path.endswith("preamble.sty") for path in view.vault.files):
        return
    notes = [(path, note) for path, note in view.notes() if b"$" in note.source.data]
    defined = {
        match[1].decode()
        for path in view.leaned_on("unknown-math-command")
        for match in _DEFINED.finditer(view.vault.notes[path].source.data)
    }
    for path, note in notes:
        for formula in formulas(note):
            if "\\" not in formula.text:
                continue
            for token in formula.without_texts().tokens():
                known = ENVIRONMENTS if token.kind in ("begin", "end") else COMMANDS
                if token.name and token.name not in known and token.name not in defined:
                    near = difflib.get_close_matches(token.name, known, 1, 0.8)
                    what = "command" if token.kind == "command" else "environment"
                    shown = f"\\{token.name}" if token.kind == "command" else token.name
                    yield Hit(path, token.span, f"MathJax knows no {what} `{shown}`", tuple(near))


BAD = (
    Example({"A.md": "$«\\aplha» + \\beta$\n"}),
    Example({"A.md": "$$\n«\\begin{algined}» x «\\end{algined}»\n$$\n"}),
)
GOOD = (
    Example({"A.md": "$\\frac{\\alpha}{\\mathbb{R}} \\text{a \\path} \\operatorname{argmax}$\n"}),
    Example({"A.md": "$\\newcommand{\\R}{\\mathbb{R}} \\R$\n", "B.md": "$\\R$\n"}),
    Example({"A.md": "$\\anything$\n", "preamble.sty": ""}),
)
