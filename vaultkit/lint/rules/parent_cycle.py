"""Notes that stand above each other in a circle.

The hierarchy is what the concept graph reads from labels such as *Parents* and *Variants*, in
sections, lists, properties and inline fields. When A stands below B, and B, directly or through
others, below A, a walk up never ends, and no map of contents can be made of the notes. One shortest
circle is reported for each knot of notes, at each link that is part of it.

Off by default, because it needs the whole graph; `vaultkit graph --cycles` answers the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.repair.forms import stem

FAMILY = "knowledge"
SEVERITY = "error"
DEFAULT = False


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    from vaultkit.graph.questions import hierarchy_cycles

    for cycle in hierarchy_cycles(view.graph):
        names = [stem(path) for path in (*cycle.notes, cycle.notes[0])]
        for edge in dict.fromkeys(cycle.edges):
            yield Hit(edge.source, edge.link.span, "a circle of parents: " + " < ".join(names))


BAD = (
    Example(
        {
            "A.md": "## Parents\n\n- «[[B]]»\n",
            "B.md": "- Parents: «[[C]]»\n",
            "C.md": '---\nup: "«[[A]]»"\n---\n',
        }
    ),
    Example({"A.md": "## Parents\n\n- «[[B]]»\n", "B.md": "## Parents\n\n- «[[A]]»\n"}),
)
GOOD = (
    Example({"A.md": "## Parents\n\n- [[B]]\n", "B.md": "## Variants\n\n- [[A]]\n"}),
    Example({"A.md": "## Related\n\n- [[B]]\n", "B.md": "## Related\n\n- [[A]]\n"}),
)
