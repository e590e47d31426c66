"""A relation to another note that the other note does not answer.

Where A names B as its parent, B names A among its variants or children; where A is applied in B, B
uses A; neighbours name each other. The labels, in any language, and what answers what are those of
the concept graph, and the configuration may change them. A link in the middle of a sentence asks
for no answer. Off by default: many vaults keep a
relation on one side only, and Obsidian's backlinks show the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.repair.forms import stem
from vaultkit.text import Span

if TYPE_CHECKING:
    from vaultkit.graph.model import Edge

FAMILY = "knowledge"
SEVERITY = "info"
DEFAULT = False

_LINKS = re.compile(r"!?\[\[[^\[\]]*\]\]|!?\[[^\[\]]*\]\([^()]*\)|\([^()]*\)")
_LABEL = re.compile(r"[:\uff1a|]")
_MARKER = re.compile(r"^[\s>]*(?:[-*+]|\d+[.)])?\s*(?:\[.\]\s)?")


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    from vaultkit.graph.questions import one_way

    for edge, expected in one_way(view.graph):
        if not _is_listed(view, edge):
            continue
        answers = " or ".join(f"`{name}`" for name in expected)
        what = f"`{stem(edge.target)}` does not name this note under {answers}"
        yield Hit(edge.source, edge.link.span, what)


def _is_listed(view: View, edge: Edge) -> bool:
    """Whether nothing but a label and other links stands before the link in its line."""
    if edge.link.where == "property":
        return True
    source, start = view.page(edge.source).source, edge.link.span.start
    before = _LINKS.sub("", source.text(Span(source.line_span(start).start, start)))
    return re.search(r"\w", _MARKER.sub("", _LABEL.split(before)[-1])) is None


BAD = (
    Example({"A.md": "## Parents\n\n- «[[B]]»\n", "B.md": "## Related\n\n- [[A]]\n"}),
    Example({"A.md": "## Graph\n\n- Adjacent: «[[B]]»\n", "B.md": "text\n"}),
)
GOOD = (
    Example({"A.md": "## Parents\n\n- [[B]]\n", "B.md": "## Variants\n\n- [[A]]\n"}),
    Example({"A.md": "## Parents\n\n- unlike any [[B]]\n", "B.md": "text\n"}, why="A sentence."),
    Example({"A.md": "## Related\n\n- [[B]]\n", "B.md": "text\n"}, why="It asks for no answer."),
)
