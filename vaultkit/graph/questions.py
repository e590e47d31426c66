"""What a graph says of single notes and relations: who is alone, where one gets stuck, what is
wanted, what contradicts itself.

Every answer is a list in a stable order. Notes and boards link; only notes are answers. A link
between several notes of one name counts for each of them: it leads to one, nobody knows which.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vaultkit.graph.loops import shortest_loops
from vaultkit.graph.model import Edge, Graph
from vaultkit.note.formats import is_attachment


class DeadEnd(NamedTuple):
    """A note from which no link leads on.

    chain:   the longest way into it on which each note offers one way on; ends with the note.
    trapped: how many notes lead nowhere but here.
    """

    note: str
    chain: tuple[str, ...]
    trapped: int


class Wanted(NamedTuple):
    """A note that does not exist, and the links that ask for it."""

    name: str
    edges: tuple[Edge, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that ask for it, each once."""
        return tuple(dict.fromkeys(edge.source for edge in self.edges))


class Cycle(NamedTuple):
    """Notes each of which stands below the next, and the last below the first.

    edges: for each step the link that says so.
    """

    notes: tuple[str, ...]
    edges: tuple[Edge, ...]


class OneWay(NamedTuple):
    """A relation that the other note does not answer, and the relations that would."""

    edge: Edge
    expected: tuple[str, ...]


def no_incoming(graph: Graph) -> list[str]:
    """Notes to which no other file links."""
    topology, tied = graph.topology, _tied_targets(graph)
    return [
        name
        for name, into in zip(topology.ids, topology.into, strict=True)
        if not into and name not in tied and graph.is_note(name)
    ]


def isolated(graph: Graph) -> list[str]:
    """Notes without a link from or to another note or board; a link to itself changes nothing."""
    topology = graph.topology
    tied = _tied_targets(graph) | _tied_sources(graph)
    return [
        name
        for name, around in zip(topology.ids, topology.around, strict=True)
        if not around and name not in tied and graph.is_note(name)
    ]


def dead_ends(graph: Graph) -> list[DeadEnd]:
    """Notes from which no link leads to another note or board, the longest chain first."""
    topology, tied = graph.topology, _tied_sources(graph)
    out, into = topology.out, topology.into
    found: list[DeadEnd] = []
    for number, name in enumerate(topology.ids):
        if out[number] or name in tied or not graph.is_note(name):
            continue
        # Backwards over the notes whose only way on this is; a tree, for each has one way.
        before: dict[int, int] = {}
        reached = [number]
        for node in reached:
            for other in into[node]:
                if len(out[other]) == 1 and topology.ids[other] not in tied:
                    before[other] = node
                    reached.append(other)
        chain = [_first_of_last_layer(before, reached, number)]
        while chain[-1] != number:
            chain.append(before[chain[-1]])
        names = tuple(topology.ids[node] for node in chain)
        found.append(DeadEnd(name, names, len(reached) - 1))
    found.sort(key=lambda item: (-len(item.chain), -item.trapped, item.note))
    return found


def _first_of_last_layer(before: dict[int, int], reached: list[int], root: int) -> int:
    """Of the nodes farthest from the root, the one that comes first."""
    depth = {root: 0}
    for node in reached[1:]:
        depth[node] = depth[before[node]] + 1
    return min(reached, key=lambda node: (-depth[node], node))


def most_wanted(graph: Graph) -> list[Wanted]:
    """The notes that are linked and do not exist, those that most files ask for first."""
    links: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        node = graph.nodes[edge.target]
        if node.kind == "unresolved" and not is_attachment(edge.link):
            links.setdefault(node.name, []).append(edge)
    found = [Wanted(name, tuple(edges)) for name, edges in links.items()]
    found.sort(key=lambda item: (-len(item.sources), -len(item.edges), item.name))
    return found


def hierarchy_cycles(graph: Graph) -> list[Cycle]:
    """Where the hierarchy runs in a circle: one shortest cycle for each knot of notes."""
    says: dict[tuple[str, str], Edge] = {}
    above: dict[str, set[str]] = {}
    for edge in graph.typed:
        direction = graph.relations.direction_of(edge.relation)
        if not direction or not graph.is_note(edge.target):
            continue
        below, upper = (
            (edge.source, edge.target) if direction == "up" else (edge.target, edge.source)
        )
        says.setdefault((below, upper), edge)
        above.setdefault(below, set()).add(upper)
    names = sorted(above.keys() | {name for uppers in above.values() for name in uppers})
    numbers = {name: number for number, name in enumerate(names)}
    lists = [sorted(numbers[other] for other in above.get(name, ())) for name in names]
    found: list[Cycle] = []
    for loop in shortest_loops(lists):
        notes = tuple(names[node] for node in loop)
        steps = zip(notes, (*notes[1:], notes[0]), strict=True)
        found.append(Cycle(notes, tuple(says[step] for step in steps)))
    return found


def one_way(graph: Graph) -> list[OneWay]:
    """Relations that ask for an inverse which the other note does not have, in the vault's order.

    Of several links that say the same, the first stands for all.
    """
    said = {(edge.source, edge.target, edge.relation) for edge in graph.typed}
    found: list[OneWay] = []
    seen: set[tuple[str, str, str]] = set()
    for edge in graph.typed:
        expected = graph.relations.inverse_of(edge.relation)
        key = (edge.source, edge.target, edge.relation)
        if not expected or edge.source == edge.target or key in seen:
            continue
        seen.add(key)
        if not graph.is_note(edge.source) or not graph.is_note(edge.target):
            continue
        if not any((edge.target, edge.source, inverse) in said for inverse in expected):
            found.append(OneWay(edge, expected))
    return found


def _tied_targets(graph: Graph) -> set[str]:
    return {name for tie in graph.ties for name in tie.candidates if name != tie.source}


def _tied_sources(graph: Graph) -> set[str]:
    return {tie.source for tie in graph.ties if _leads_on(graph, tie.source, tie.candidates)}


def _leads_on(graph: Graph, source: str, candidates: Iterable[str]) -> bool:
    return any(name != source and graph.is_note(name) for name in candidates)
