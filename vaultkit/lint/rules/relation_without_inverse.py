"""A relation to another note that the other note does not answer.

Where A names B as its parent, B names A among its variants or children; where A is applied in B, B
uses A; neighbours name each other. The labels, in any language, and what answers what are those of
the concept graph, and the configuration may change them. Off by default: many vaults keep a
relation on one side only, and Obsidian's backlinks show the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.repair.forms import stem

FAMILY = "knowledge"
SEVERITY = "info"
DEFAULT = False


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    from vaultkit.graph.questions import one_way

    for edge, expected in one_way(view.graph):
        answers = " or ".join(f"`{name}`" for name in expected)
        what = f"`{stem(edge.target)}` does not name this note under {answers}"
        yield Hit(edge.source, edge.link.span, what)


BAD = (
    Example({"A.md": "## Parents\n\n- «[[B]]»\n", "B.md": "## Related\n\n- [[A]]\n"}),
    Example({"A.md": "## Graph\n\n- Adjacent: «[[B]]»\n", "B.md": "text\n"}),
)
GOOD = (
    Example({"A.md": "## Parents\n\n- [[B]]\n", "B.md": "## Variants\n\n- [[A]]\n"}),
    Example({"A.md": "## Related\n\n- [[B]]\n", "B.md": "text\n"}, why="It asks for no answer."),
)
