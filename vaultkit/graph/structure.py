"""What a graph says of the whole: what matters, what holds it together, what belongs together."""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.graph import kinship
from vaultkit.graph.model import Graph


class Hub(NamedTuple):
    """A note and its share of attention (PageRank, of 1 for the whole vault)."""

    note: str
    rank: float
    incoming: int
    outgoing: int


class Crossing(NamedTuple):
    """Two notes whose link alone joins two parts; `outer` is on the smaller side."""

    inner: str
    outer: str
    cut_off: int


class Cut(NamedTuple):
    """A note that alone joins several parts, and their sizes without it, largest first."""

    note: str
    pieces: tuple[int, ...]
    cut_off: int


class Community(NamedTuple):
    """Notes that are linked with each other more than with the rest; named after its first hub."""

    name: str
    notes: tuple[str, ...]


class Kin(NamedTuple):
    """Two notes that no link joins, and the notes that speak for one."""

    first: str
    second: str
    score: float
    common: tuple[str, ...]


def hubs(graph: Graph) -> list[Hub]:
    """Every note, the one with most attention first."""
    topology = graph.topology
    found = [
        Hub(name, rank, len(into), len(out))
        for name, rank, into, out in zip(
            topology.ids, graph.ranks, topology.into, topology.out, strict=True
        )
        if graph.is_note(name)
    ]
    found.sort(key=lambda hub: (-hub.rank, hub.note))
    return found


def bridges(graph: Graph) -> list[Crossing]:
    """The pairs whose link holds two parts together, the one that cuts off most notes first."""
    ids = graph.topology.ids
    return [
        Crossing(ids[inner], ids[outer], cut_off)
        for inner, outer, cut_off in graph.connectivity.bridges
    ]


def articulation_points(graph: Graph) -> list[Cut]:
    """The notes that hold parts together, the one that cuts off most others first."""
    ids = graph.topology.ids
    return [
        Cut(ids[joint.node], joint.pieces, joint.cut_off) for joint in graph.connectivity.joints
    ]


def islands(graph: Graph) -> list[tuple[str, ...]]:
    """The connected parts of two notes or more, the largest first; a note alone is isolated."""
    return [piece for piece in _named(graph, graph.connectivity.components) if len(piece) > 1]


def communities(graph: Graph) -> list[Community]:
    """Groups of two notes or more, the largest first."""
    rank = dict(zip(graph.topology.ids, graph.ranks, strict=True))
    return [
        Community(_name(graph, min(notes, key=lambda note: (-rank[note], note))), notes)
        for notes in _named(graph, graph.communities)
        if len(notes) > 1
    ]


def co_cited(graph: Graph, limit: int, note: str | None = None) -> list[Kin]:
    """Unlinked notes that others cite together, the strongest first; of one note or of all."""
    return _kin(graph, kinship.co_cited(graph.topology, limit, _number(graph, note)))


def shared_neighbours(graph: Graph, limit: int, note: str | None = None) -> list[Kin]:
    """Unlinked notes with the same neighbours, the strongest first; of one note or of all."""
    return _kin(graph, kinship.shared_neighbours(graph.topology, limit, _number(graph, note)))


def _number(graph: Graph, note: str | None) -> int | None:
    return None if note is None else graph.topology.numbers[note]


def _kin(graph: Graph, pairs: list[kinship.Pair]) -> list[Kin]:
    ids = graph.topology.ids
    return [
        Kin(ids[first], ids[second], score, tuple(ids[node] for node in common))
        for first, second, score, common in pairs
    ]


def _name(graph: Graph, name: str) -> str:
    return graph.nodes[name].name


def _named(graph: Graph, pieces: list[list[int]]) -> list[tuple[str, ...]]:
    ids = graph.topology.ids
    return [tuple(ids[node] for node in piece) for piece in pieces]
