"""Ways between notes: the shortest one, and what lies within a few steps."""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.graph.topology import Lists, Topology


class Way(NamedTuple):
    """A shortest way.

    nodes:    from the first to the last, both included.
    directed: whether every step follows a link; otherwise some step goes against one.
    """

    nodes: tuple[int, ...]
    directed: bool


def shortest_way(topology: Topology, start: int, goal: int) -> Way | None:
    """The shortest way along links or, where there is none, along links in either direction.

    Of several the one whose nodes come first, compared from the goal back; None without any.
    """
    for lists, directed in ((topology.out, True), (topology.around, False)):
        nodes = _walk(lists, start, goal)
        if nodes:
            return Way(nodes, directed)
    return None


def _walk(lists: Lists, start: int, goal: int) -> tuple[int, ...]:
    before = {start: start}
    frontier = [start]
    while frontier and goal not in before:
        reached: list[int] = []
        for node in frontier:
            for other in lists[node]:
                if other not in before:
                    before[other] = node
                    reached.append(other)
        frontier = sorted(reached)
    if goal not in before:
        return ()
    way = [goal]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def distances(lists: Lists, start: int, most: int | None = None) -> dict[int, int]:
    """The nodes within `most` steps of a node, itself at 0, nearest first, then ascending."""
    found = {start: 0}
    frontier = [start]
    step = 0
    while frontier and (most is None or step < most):
        step += 1
        frontier = sorted(
            {other for node in frontier for other in lists[node] if other not in found}
        )
        found.update(dict.fromkeys(frontier, step))
    return found
