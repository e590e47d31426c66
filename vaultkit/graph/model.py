"""The graph as a value: what is linked to what, by which relation, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from vaultkit.graph.communities import communities
from vaultkit.graph.connectivity import Connectivity
from vaultkit.graph.rank import pagerank
from vaultkit.graph.relations import PLAIN, Relations
from vaultkit.graph.topology import Topology
from vaultkit.note import Link

_DIGITS = 9
NodeKind = Literal["note", "board", "attachment", "unresolved"]


class Node(NamedTuple):
    """One thing that is linked or that links.

    id:   the file's path in the vault; `unresolved:` and the name for a note nobody wrote yet.
    name: what a person calls it: a note's file name without `.md`.
    excluded: whether the vault's settings hide the file from search and graph.
    """

    id: str
    kind: NodeKind
    name: str
    excluded: bool = False


class Edge(NamedTuple):
    """One link: a note that links twice to another has two edges to it.

    source, target: ids of nodes; equal for a link into the note itself.
    relation: "link", or what the place of the link says of it.
    label:    the heading, list label or property key that says so, as it is written.
    line:     counted from 1, in the file `source`.
    link:     the link itself, with its span.
    """

    source: str
    target: str
    relation: str
    label: str
    line: int
    link: Link


class Tie(NamedTuple):
    """A link that several files answer equally; no edge, for Obsidian's choice is not stable."""

    source: str
    candidates: tuple[str, ...]
    line: int
    link: Link


@dataclass(frozen=True, eq=False)
class Graph:
    """The links of a vault.

    nodes: every note and board, and every attachment and unresolved name that is linked; sorted.
    edges: every internal link that means one thing, in the order of the vault.
    ties:  the links that may mean several.
    """

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    ties: tuple[Tie, ...] = ()
    relations: Relations = field(default_factory=Relations)

    @cached_property
    def topology(self) -> Topology:
        """Notes and boards alone, each pair linked once: what most questions are about."""
        ids = [node.id for node in self.nodes.values() if node.kind in ("note", "board")]
        return Topology.of(ids, ((edge.source, edge.target) for edge in self.edges))

    @cached_property
    def connectivity(self) -> Connectivity:
        """What holds the topology together."""
        return Connectivity(self.topology.around)

    @cached_property
    def ranks(self) -> list[float]:
        """Each topology node's share of attention, rounded so that every machine agrees."""
        return [round(share, _DIGITS) for share in pagerank(self.topology)]

    @cached_property
    def communities(self) -> list[list[int]]:
        """The topology's nodes in groups, the largest first."""
        return communities(self.topology.around)

    @cached_property
    def typed(self) -> tuple[Edge, ...]:
        """The edges that are more than plain links."""
        return tuple(edge for edge in self.edges if edge.relation != PLAIN)

    @cached_property
    def between(self) -> Mapping[tuple[str, str], tuple[Edge, ...]]:
        """The edges from one node to another, by the two ids."""
        found: dict[tuple[str, str], list[Edge]] = {}
        for edge in self.edges:
            found.setdefault((edge.source, edge.target), []).append(edge)
        return {pair: tuple(edges) for pair, edges in found.items()}

    def is_note(self, name: str) -> bool:
        """Whether an id is a note's."""
        node = self.nodes.get(name)
        return node is not None and node.kind == "note"

    def visible(self) -> Graph:
        """The graph without the files that the vault's settings hide, and their links."""
        if not any(node.excluded for node in self.nodes.values()):
            return self
        kept = {node.id for node in self.nodes.values() if not node.excluded}
        edges = tuple(edge for edge in self.edges if edge.source in kept and edge.target in kept)
        reached = {edge.target for edge in edges}
        nodes = {
            node.id: node
            for node in self.nodes.values()
            if node.id in kept and (node.kind in ("note", "board") or node.id in reached)
        }
        ties = tuple(tie for tie in self.ties if tie.source in kept)
        return Graph(nodes, edges, ties, self.relations)
