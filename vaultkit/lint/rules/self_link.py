"""A link to the whole note it stands in.

A click goes nowhere, the note counts itself among its backlinks in no view, and in the graph it
is still alone. Mostly the text was copied from another note. Links to a heading or block of the
same note (`[[#Heading]]`) are what a table of contents is made of, and are not reported.

Nothing is fixed: the link may have meant another note.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.vault import Found

FAMILY = "links"
SEVERITY = "info"
DEFAULT = False
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    vault = view.vault
    for path, note in view.notes():
        for link in note.links:
            if (
                link.target
                and not link.fragment
                and vault.resolve(link.target, path) == Found(path)
            ):
                yield Hit(path, link.span, f"`{link.target}` is this very note")


BAD = (
    Example({"Focal Loss.md": "«[[Focal Loss]]» is a loss.\n"}),
    Example({"Focal Loss.md": "«[it](Focal%20Loss.md)»\n"}),
)
GOOD = (
    Example({"A.md": "[[#Part]] and [[A#Part]]\n\n# Part\n"}, why="A table of contents."),
    Example({"a/A.md": "[[b/A]]\n", "b/A.md": ""}),
)
