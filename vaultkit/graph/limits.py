"""Limits on a graph, and who is beyond them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from vaultkit.graph import questions, structure
from vaultkit.graph.model import Graph
from vaultkit.schema.graph import GRAPH_LIMITS


class Offence(NamedTuple):
    """A limit that is exceeded.

    limit:     its key in the configuration; what: what it counts, in words.
    offenders: who is counted; of islands those beside the largest, of the longest dead end the
               chain's notes.
    """

    limit: str
    what: str
    allowed: int
    found: int
    offenders: tuple[str, ...]


Count = tuple[int, tuple[str, ...]]


def offences(graph: Graph, limits: Mapping[str, int]) -> list[Offence]:
    """The limits that a graph exceeds, in the order in which the settings list them."""
    found: list[Offence] = []
    for limit, what in GRAPH_LIMITS.items():
        if limit in limits:
            count, offenders = _COUNTS[limit](graph)
            if count > limits[limit]:
                found.append(Offence(limit, what, limits[limit], count, offenders))
    return found


def _all(names: list[str]) -> Count:
    return len(names), tuple(names)


def _longest(graph: Graph) -> Count:
    ends = questions.dead_ends(graph)
    return _all([*ends[0].chain]) if ends else (0, ())


def _islands(graph: Graph) -> Count:
    pieces = structure.islands(graph)
    return len(pieces), tuple(
        f"{piece[0]} and {len(piece) - 1} more" if len(piece) > 2 else " and ".join(piece)
        for piece in pieces[1:]
    )


_COUNTS: dict[str, Callable[[Graph], Count]] = {
    "most-no-incoming": lambda graph: _all(questions.no_incoming(graph)),
    "most-isolated": lambda graph: _all(questions.isolated(graph)),
    "most-dead-ends": lambda graph: _all([end.note for end in questions.dead_ends(graph)]),
    "longest-dead-end": _longest,
    "most-islands": _islands,
    "most-missing": lambda graph: _all([item.name for item in questions.most_wanted(graph)]),
    "most-bridges": lambda graph: _all(
        [f"{bridge.inner} -- {bridge.outer}" for bridge in structure.bridges(graph)]
    ),
    "most-articulation-points": lambda graph: _all(
        [cut.note for cut in structure.articulation_points(graph)]
    ),
    "most-cycles": lambda graph: _all(
        [" -> ".join((*cycle.notes, cycle.notes[0])) for cycle in questions.hierarchy_cycles(graph)]
    ),
    "most-one-way": lambda graph: _all(
        [
            f"{item.edge.source}:{item.edge.line} {item.edge.relation} {item.edge.target}"
            for item in questions.one_way(graph)
        ]
    ),
}
