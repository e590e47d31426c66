"""Ways through a graph as a person walks them: link by link, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from vaultkit.graph.model import Edge, Graph
from vaultkit.graph.paths import distances, shortest_way
from vaultkit.graph.relations import PLAIN


class Step(NamedTuple):
    """From one note to the next.

    edges:   every link between the two in this direction, those with a relation first.
    forward: whether the links lead this way; False where the step goes against them.
    """

    start: str
    end: str
    edges: tuple[Edge, ...]
    forward: bool


class Neighbour(NamedTuple):
    """A note near another.

    distance: steps, along links in either direction.
    steps:    from each neighbour that is one step nearer, to this one.
    """

    note: str
    distance: int
    steps: tuple[Step, ...]


def journey(graph: Graph, start: str, end: str) -> tuple[Step, ...] | None:
    """The steps of a shortest way between two notes, or None where no links join them.

    Along links where that is possible, else in either direction.
    """
    topology = graph.topology
    way = shortest_way(topology, topology.numbers[start], topology.numbers[end])
    if way is None:
        return None
    names = [topology.ids[node] for node in way.nodes]
    return tuple(_step(graph, *pair) for pair in pairwise(names))


def neighbourhood(graph: Graph, note: str, most: int) -> list[Neighbour]:
    """The notes and boards within `most` steps of a note, nearest first, the note left out."""
    topology = graph.topology
    found = distances(topology.around, topology.numbers[note], most)
    result: list[Neighbour] = []
    for node, distance in found.items():
        if distance:
            nearer = (other for other in topology.around[node] if found.get(other) == distance - 1)
            steps = (_step(graph, topology.ids[other], topology.ids[node]) for other in nearer)
            result.append(Neighbour(topology.ids[node], distance, tuple(steps)))
    return result


def _step(graph: Graph, start: str, end: str) -> Step:
    ahead = graph.between.get((start, end))
    if ahead:
        return Step(start, end, _typed_first(ahead), True)
    return Step(start, end, _typed_first(graph.between[end, start]), False)


def _typed_first(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple(sorted(edges, key=lambda edge: edge.relation == PLAIN))
