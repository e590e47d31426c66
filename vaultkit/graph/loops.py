"""Circles in a directed graph."""

from __future__ import annotations

from vaultkit.graph.topology import Lists


def shortest_loops(lists: Lists) -> list[tuple[int, ...]]:
    """For each knot of nodes one of its shortest circles, from its smallest node."""
    loops = []
    for knot in knots(lists):
        inside = set(knot)
        best: tuple[int, ...] = ()
        for node in knot:
            loop = _loop_through(lists, inside, node, len(best))
            if loop and (not best or len(loop) < len(best)):
                best = loop
            if len(best) <= 2:
                break
        cut = best.index(min(best))
        loops.append(best[cut:] + best[:cut])
    return loops


def _loop_through(lists: Lists, inside: set[int], start: int, longest: int) -> tuple[int, ...]:
    """A shortest circle through a node, or () when it has none shorter than `longest` (0: any)."""
    before: dict[int, int] = {}
    frontier = [start]
    steps = 0
    while frontier:
        steps += 1
        if longest and steps >= longest:
            return ()
        reached: list[int] = []
        for node in frontier:
            for other in lists[node]:
                if other == start:
                    loop = [node]
                    while loop[-1] != start:
                        loop.append(before[loop[-1]])
                    return tuple(reversed(loop))
                if other in inside and other not in before:
                    before[other] = node
                    reached.append(other)
        frontier = sorted(reached)
    return ()


def knots(lists: Lists) -> list[list[int]]:
    """The strongly connected components in which one can walk in a circle, by first node.

    A node alone counts when it leads to itself. Tarjan (1972), without recursion.
    """
    count = len(lists)
    entered, low = [-1] * count, [0] * count
    pending: list[int] = []
    place = [-1] * count
    found: list[list[int]] = []
    clock = 0
    for root in range(count):
        stack: list[int] = [] if entered[root] >= 0 else [root]
        others = {root: iter(lists[root])}
        while stack:
            node = stack[-1]
            if entered[node] < 0:
                entered[node] = low[node] = clock
                clock += 1
                place[node] = len(pending)
                pending.append(node)
            for other in others[node]:
                if entered[other] < 0:
                    others[other] = iter(lists[other])
                    stack.append(other)
                    break
                if place[other] >= 0:
                    low[node] = min(low[node], entered[other])
            else:
                stack.pop()
                del others[node]
                if stack:
                    low[stack[-1]] = min(low[stack[-1]], low[node])
                if low[node] == entered[node]:
                    knot = pending[place[node] :]
                    del pending[place[node] :]
                    for member in knot:
                        place[member] = -1
                    if len(knot) > 1 or node in lists[node]:
                        found.append(sorted(knot))
    return sorted(found)
