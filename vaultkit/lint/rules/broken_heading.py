"""A link to a heading that its note does not have.

The link opens the note, but at its top. Headings are compared as Obsidian compares them: letter
case and punctuation do not count, and `#H1#H2` walks down the outline.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.targets import is_block
from vaultkit.lint.view import View

FAMILY = "links"
SEVERITY = "error"
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for sighting in view.links_in("bad-fragment"):
        fragment = sighting.link.fragment or ""
        if not is_block(fragment):
            note = sighting.resolved or sighting.path
            yield Hit(
                sighting.path,
                sighting.link.span,
                f"`{note}` has no heading `{fragment}`",
                view.near_headings.suggest(note, fragment),
            )


BAD = (
    Example({"A.md": "«[[B#Usage]]»\n", "B.md": "# Use\n"}),
    Example({"A.md": "«[[#Nowhere]]»\n"}),
    Example({"A.md": "«[up](#the-top)»\n\n# The top\n"}, why="Obsidian knows no GitHub anchors."),
)
GOOD = (
    Example({"A.md": "[[B#q a]]\n", "B.md": "# Q&A?\n"}),
    Example({"A.md": "[[B#One#Three]]\n", "B.md": "# One\n## Two\n### Three\n"}),
    Example({"A.md": "![[x.pdf#page=3]]\n", "x.pdf": ""}),
)
