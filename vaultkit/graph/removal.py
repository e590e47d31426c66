"""What would break if a note went."""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.graph.model import Edge, Graph
from vaultkit.graph.questions import isolated, no_incoming
from vaultkit.vault import Found, Vault
from vaultkit.vault.resolve import FileIndex


class Removal(NamedTuple):
    """The consequences of taking a note away.

    broken:      links to it that would then lead nowhere, or to no single note.
    redirected:  links to it that would then mean another note of its name, and that note.
    unreached:   notes to which nothing would link any more.
    alone:       notes that would have no link left at all; also in `unreached`.
    pieces:      the parts its island would fall into, all but the largest.
    parentless:  notes that name no other parent.
    attachments: files that only this note shows.
    """

    note: str
    broken: tuple[Edge, ...]
    redirected: tuple[tuple[Edge, str], ...]
    unreached: tuple[str, ...]
    alone: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]
    parentless: tuple[str, ...]
    attachments: tuple[str, ...]


def removal(vault: Vault, graph: Graph, note: str) -> Removal:
    """What would break if `note`, a path, went; the vault is only looked at."""
    index = FileIndex(path for path in vault.files if path != note)
    broken: list[Edge] = []
    redirected: list[tuple[Edge, str]] = []
    for edge in graph.edges:
        if edge.target != note or edge.source == note:
            continue
        outright = edge.link.kind == "file" and edge.link.where == "canvas"
        found = None if outright else index.resolve(edge.link.target, edge.source)
        if isinstance(found, Found):
            redirected.append((edge, found.path))
        else:
            broken.append(edge)
    rest = without(graph, note)
    return Removal(
        note,
        tuple(broken),
        tuple(redirected),
        _fresh(no_incoming(graph), no_incoming(rest), note),
        _fresh(isolated(graph), isolated(rest), note),
        _pieces(graph, rest, note),
        _parentless(graph, note),
        _attachments(graph, note),
    )


def without(graph: Graph, note: str) -> Graph:
    """The graph without a node and its links."""
    nodes = {name: node for name, node in graph.nodes.items() if name != note}
    edges = tuple(edge for edge in graph.edges if note not in (edge.source, edge.target))
    ties = tuple(tie for tie in graph.ties if tie.source != note)
    return Graph(nodes, edges, ties, graph.relations)


def _fresh(before: list[str], after: list[str], note: str) -> tuple[str, ...]:
    known = {*before, note}
    return tuple(name for name in after if name not in known)


def _pieces(graph: Graph, rest: Graph, note: str) -> tuple[tuple[str, ...], ...]:
    topology, after = graph.topology, rest.topology
    neighbours = {
        after.numbers[topology.ids[node]] for node in topology.around[topology.numbers[note]]
    }
    pieces = [
        tuple(after.ids[node] for node in piece)
        for piece in rest.connectivity.components
        if not neighbours.isdisjoint(piece)
    ]
    return tuple(pieces[1:])


def _parentless(graph: Graph, note: str) -> tuple[str, ...]:
    parents: dict[str, set[str]] = {}
    for edge in graph.typed:
        if graph.relations.direction_of(edge.relation) == "up" and graph.is_note(edge.target):
            parents.setdefault(edge.source, set()).add(edge.target)
    return tuple(sorted(child for child, names in parents.items() if names == {note}))


def _attachments(graph: Graph, note: str) -> tuple[str, ...]:
    users: dict[str, set[str]] = {}
    for edge in graph.edges:
        if graph.nodes[edge.target].kind == "attachment":
            users.setdefault(edge.target, set()).add(edge.source)
    return tuple(sorted(name for name, sources in users.items() if sources == {note}))
