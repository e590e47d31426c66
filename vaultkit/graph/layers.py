"""A group of nodes in rows from the broadest to the narrowest, for a drawing of cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt

from vaultkit.graph.topology import Lists

Above = Mapping[int, Sequence[int]]
_SWEEPS = 3


def rows(members: Sequence[int], around: Lists, above: Above) -> list[list[int]]:
    """The members in rows; no row is much wider than the whole is tall.

    members: nodes, the most important first. above: for a node those that are broader. A node
    stands below all that is broader; one of which nothing is known stands below a neighbour,
    and where nobody knows anything the first member begins.
    """
    levels = _levels(members, around, above)
    found: dict[int, list[int]] = {}
    for node in members:
        found.setdefault(levels[node], []).append(node)
    ordered = [found[level] for level in sorted(found)]
    _untangle(ordered, around)
    widest = max(3, ceil(sqrt(len(members)) * 1.3))
    return [row[at : at + widest] for row in ordered for at in range(0, len(row), widest)]


def _levels(members: Sequence[int], around: Lists, above: Above) -> dict[int, int]:
    inside = set(members)
    broader = {
        node: [other for other in above.get(node, ()) if other in inside] for node in members
    }
    known = {node for node in members if broader[node]}
    known |= {other for others in broader.values() for other in others}
    levels = _longest(members, broader, known)
    frontier = [node for node in members if node in levels]
    rest = [node for node in members if node not in levels]
    while rest:
        if not frontier:
            levels[rest[0]] = 0
            frontier = [rest[0]]
        reached: list[int] = []
        for node in frontier:
            for other in around[node]:
                if other in inside and other not in levels:
                    levels[other] = levels[node] + 1
                    reached.append(other)
        frontier = reached
        rest = [node for node in rest if node not in levels]
    return levels


def _longest(
    members: Sequence[int], broader: Mapping[int, Sequence[int]], known: set[int]
) -> dict[int, int]:
    """The length of the longest way up from each known node; a step that closes a circle counts
    for nothing."""
    levels: dict[int, int] = {}
    open_nodes: set[int] = set()
    for start in members:
        stack = [start] if start in known else []
        while stack:
            node = stack[-1]
            if node in levels:
                stack.pop()
                continue
            open_nodes.add(node)
            waiting = [o for o in broader[node] if o not in levels and o not in open_nodes]
            if waiting:
                stack.append(waiting[0])
                continue
            levels[node] = max((levels[o] + 1 for o in broader[node] if o in levels), default=0)
            open_nodes.discard(node)
            stack.pop()
    return levels


def _untangle(ordered: list[list[int]], around: Lists) -> None:
    """Put each node near the middle of its neighbours in the other rows."""
    place = {node: _offset(row, turn) for row in ordered for turn, node in enumerate(row)}
    for _ in range(_SWEEPS):
        for row in ordered:
            own = set(row)
            middles = {}
            for node in row:
                others = [
                    place[other] for other in around[node] if other in place and other not in own
                ]
                middles[node] = sum(others) / len(others) if others else place[node]
            row.sort(key=lambda node: (round(middles[node], 6), place[node]))
            place.update({node: _offset(row, turn) for turn, node in enumerate(row)})


def _offset(row: list[int], turn: int) -> float:
    return turn - (len(row) - 1) / 2
