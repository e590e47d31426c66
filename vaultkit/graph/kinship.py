"""Pairs of notes that belong together although no link says so.

Two measures, both over common companions: shared neighbours (notes linked with both, in either
direction) and co-citation (notes that link to both). A companion counts for less the more notes
it is linked with, 1 / ln(degree) (Adamic and Adar 2003), and one with very many says nothing: an
index page cites everything together.
"""

from __future__ import annotations

from heapq import heappush, heappushpop
from math import log
from typing import NamedTuple

from vaultkit.graph.topology import Lists, Topology

MOST_COMPANIONS = 64
# Scores are whole numbers: millionths below, how many companions above.
_ONE = 1 << 40
_TWO = 2 * _ONE
_SCORE = _ONE - 1


class Pair(NamedTuple):
    """Two nodes that are not linked; first < second.

    common: the nodes that speak for the pair, two at least, ascending.
    """

    first: int
    second: int
    score: float
    common: tuple[int, ...]


def shared_neighbours(topology: Topology, limit: int, of: int | None = None) -> list[Pair]:
    """The unlinked pairs with the strongest shared neighbours, best first."""
    around = topology.around
    return _closest(topology, around, around, limit, of)


def co_cited(topology: Topology, limit: int, of: int | None = None) -> list[Pair]:
    """The unlinked pairs most strongly cited together, best first."""
    return _closest(topology, topology.into, topology.out, limit, of)


def _closest(
    topology: Topology, companions: Lists, members: Lists, limit: int, of: int | None
) -> list[Pair]:
    """The best pairs of nodes that stand together in the members of their companions."""
    weights = [_weight(len(nodes)) for nodes in members]
    # The heap's root is the weakest pair kept: of equal scores the one that comes last.
    kept: list[tuple[int, int, int]] = []
    for node in range(len(topology)) if of is None else (of,):
        scores: dict[int, int] = {}
        for companion in companions[node]:
            if weight := weights[companion]:
                for other in members[companion]:
                    scores[other] = scores.get(other, 0) + weight
        linked: set[int] | None = None
        floor = kept[0][0] if len(kept) >= limit else 0
        for other, counted in scores.items():
            score = counted & _SCORE
            if score < floor or counted < _TWO or (other <= node if of is None else other == node):
                continue
            if linked is None:
                linked = set(topology.around[node])
            if other in linked:
                continue
            entry = (score, -min(node, other), -max(node, other))
            if len(kept) < limit:
                heappush(kept, entry)
            else:
                heappushpop(kept, entry)
    best = sorted(kept, reverse=True)
    return [_pair(companions, weights, score, -first, -second) for score, first, second in best]


def _weight(degree: int) -> int:
    """A companion's weight in millionths, with one counted above them: sums stay exact."""
    return _ONE + round(1e6 / log(degree)) if 2 <= degree <= MOST_COMPANIONS else 0


def _pair(companions: Lists, weights: list[int], score: int, first: int, second: int) -> Pair:
    others = set(companions[second])
    common = (node for node in companions[first] if weights[node] and node in others)
    return Pair(first, second, score / 1e6, tuple(common))
