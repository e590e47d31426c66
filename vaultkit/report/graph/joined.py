"""Several links between two nodes as one arrow, for pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.graph.drawing import Drawing
from vaultkit.graph.relations import PLAIN


class Arrow(NamedTuple):
    """All links from one node to another that say the same, and how many they are."""

    source: str
    target: str
    relation: str
    links: int


def arrows(drawing: Drawing) -> Iterator[Arrow]:
    """Every arrow, in the order of the first link of each; plain ones only where nothing more is
    said between the two in that direction, and none of a node to itself unless it says more."""
    counts = Counter((edge.source, edge.target, edge.relation) for edge in drawing.edges)
    typed = {pair[:2] for pair in counts if pair[2] != PLAIN}
    for (source, target, relation), count in counts.items():
        if relation == PLAIN and (source == target or (source, target) in typed):
            continue
        yield Arrow(source, target, relation, count)
