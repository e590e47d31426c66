"""Front matter that is not YAML, or not keys with values.

Obsidian then shows the block as text and knows none of its properties: no aliases, no tags, no
links. The message is the YAML reader's, at the place where it gave up.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "front-matter"
SEVERITY = "error"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for path, note in view.vault.notes.items():
        for problem in note.problems:
            yield Hit(path, problem.span, problem.message)


BAD = (
    Example({"A.md": "---\ntitle: a«»: b\n---\n"}),
    Example({"A.md": "---\n«- a\n- list\n»---\n"}),
)
GOOD = (
    Example({"A.md": "---\ntitle: a b\n---\n"}),
    Example({"A.md": "text\n\n---\nnot: front: matter\n---\n"}),
)
