"""Communities: groups of notes with more links inside than between.

The Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre 2008) with a fixed seed. The steps
are those of `networkx.community.louvain_communities`, in the same order and with the same
floating-point expressions, over lists instead of dictionaries of objects: the same seed gives
the same communities, several times faster.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from vaultkit.graph.topology import Lists

SEED = 0
_LEAST_GAIN = 1e-7

# For each node its neighbours with the weight of the link; a node is its own neighbour where a
# community of an earlier level has links inside.
Weighted = list[dict[int, int]]


def communities(around: Lists, seed: int = SEED) -> list[list[int]]:
    """Every node in exactly one community, each ascending; the largest first, then by first node.

    around: an undirected simple graph as lists of neighbours.
    """
    weighted: Weighted = [dict.fromkeys(others, 1) for others in around]
    parts = [[node] for node in range(len(around))]
    total = sum(map(len, around)) // 2
    if total:
        parts = _louvain(weighted, parts, total, random.Random(seed))
    return sorted(map(sorted, parts), key=lambda part: (-len(part), part[0]))


def _louvain(
    graph: Weighted, members: list[list[int]], total: int, chance: random.Random
) -> list[list[int]]:
    """Merge communities level by level until modularity hardly grows.

    members: the nodes of the first level that each node of this level stands for.
    """
    quality = _modularity(graph, [[node] for node in range(len(graph))], total)
    groups, _ = _one_level(graph, total, chance)
    improved = True
    while improved:
        merged = [[node for inner in group for node in members[inner]] for group in groups]
        new = _modularity(graph, groups, total)
        if new - quality <= _LEAST_GAIN:
            return merged
        quality, members = new, merged
        graph = _condensed(graph, groups)
        groups, improved = _one_level(graph, total, chance)
    return members


def _degrees(graph: Weighted) -> list[int]:
    """Weighted degrees; a link inside counts at both its ends."""
    return [sum(others.values()) + others.get(node, 0) for node, others in enumerate(graph)]


def _one_level(graph: Weighted, total: int, chance: random.Random) -> tuple[list[list[int]], bool]:
    """Move nodes to the neighbouring community that gains most until none moves."""
    degrees = _degrees(graph)
    mass = degrees.copy()
    home = list(range(len(graph)))
    links = [
        [(other, weight) for other, weight in others.items() if other != node]
        for node, others in enumerate(graph)
    ]
    order = list(range(len(graph)))
    chance.shuffle(order)
    square = 2 * total**2
    improved, moved = False, True
    while moved:
        moved = False
        for node in order:
            here = best = home[node]
            weights: dict[int, float] = {}
            for other, weight in links[node]:
                group = home[other]
                weights[group] = weights.get(group, 0.0) + weight
            inside = weights.setdefault(here, 0.0)
            degree = degrees[node]
            mass[here] -= degree
            cost = -inside / total + mass[here] * degree / square
            best_gain = 0.0
            for group, weight_to in weights.items():
                gain = cost + weight_to / total - mass[group] * degree / square
                if gain > best_gain:
                    best_gain, best = gain, group
            mass[best] += degree
            if best != here:
                home[node] = best
                moved = improved = True
    groups: list[list[int]] = [[] for _ in graph]
    for node, group in enumerate(home):
        groups[group].append(node)
    return [group for group in groups if group], improved


def _condensed(graph: Weighted, groups: list[list[int]]) -> Weighted:
    """The graph whose nodes are the groups."""
    home = _homes(groups, len(graph))
    result: Weighted = [{} for _ in groups]
    for node, others in enumerate(graph):
        first = home[node]
        for other, weight in others.items():
            if other < node:
                continue
            second = home[other]
            result[first][second] = result[first].get(second, 0) + weight
            if first != second:
                result[second][first] = result[first][second]
    return result


def _homes(groups: Iterable[Iterable[int]], count: int) -> list[int]:
    home = [0] * count
    for number, group in enumerate(groups):
        for node in group:
            home[node] = number
    return home


def _modularity(graph: Weighted, groups: list[list[int]], total: int) -> float:
    """Newman's modularity of a partition (Newman 2004), as networkx sums it."""
    degrees = _degrees(graph)
    norm = 1 / (2 * total) ** 2
    home = _homes(groups, len(graph))
    result = 0.0
    for number, group in enumerate(groups):
        inside = 0
        for node in group:
            for other, weight in graph[node].items():
                if home[other] == number:
                    inside += 2 * weight if other == node else weight
        mass = sum(degrees[node] for node in group)
        result += inside // 2 / total - mass * mass * norm
    return result
