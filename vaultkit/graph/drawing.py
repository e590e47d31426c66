"""The part of a graph that is shown or exported, with all that a reader wants to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from vaultkit.graph import facts
from vaultkit.graph.headings import heading_id, heading_nodes
from vaultkit.graph.model import Edge, Graph, Node
from vaultkit.graph.paths import distances
from vaultkit.graph.relations import Relations
from vaultkit.graph.settings import GraphSettings
from vaultkit.graph.structure import communities
from vaultkit.vault import Vault

EXTRAS = ("tags", "headings", "unresolved", "attachments")


class DrawnNode(NamedTuple):
    """A node with what is known of it; "" and None where nothing is.

    kind:      note, board, attachment, unresolved, tag or heading.
    path:      the file, or "" where there is none.
    category:  the note's own property, else its first folder.
    community: a number from 0, the largest first; None outside every community.
    rank:      the share of attention (PageRank) among all notes.
    incoming, outgoing: notes and boards linked with, each once.
    properties: the front matter as JSON knows values.
    """

    id: str
    kind: str
    name: str
    path: str
    category: str = ""
    status: str = ""
    verdict: str = ""
    community: int | None = None
    rank: float = 0.0
    incoming: int = 0
    outgoing: int = 0
    tags: tuple[str, ...] = ()
    properties: Mapping[str, Any] = {}


class DrawnEdge(NamedTuple):
    """A link, or that a note has a tag or heading, with its place.

    kind:  wiki, embed, markdown or file for a link; tag or heading.
    where: body, property, comment, canvas or base.
    """

    source: str
    target: str
    relation: str
    label: str
    path: str
    line: int
    kind: str
    where: str = "body"
    fragment: str | None = None
    display: str | None = None


@dataclass(frozen=True)
class Drawing:
    """Nodes sorted by id, edges in the order of the vault, the communities' names, and what is
    known of the relations."""

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    communities: tuple[str, ...] = ()
    relations: Relations = field(default_factory=Relations)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """A node's place in `nodes` by its id."""
        return {node.id: number for number, node in enumerate(self.nodes)}

    @cached_property
    def around(self) -> list[list[int]]:
        """For each node the nodes that an edge joins it with, ascending."""
        found: list[set[int]] = [set() for _ in self.nodes]
        for edge in self.edges:
            first, second = self.numbers[edge.source], self.numbers[edge.target]
            if first != second:
                found[first].add(second)
                found[second].add(first)
        return [sorted(others) for others in found]


class Show(NamedTuple):
    """What of a graph is drawn.

    extras:    any of EXTRAS, beside notes and boards.
    relations: only edges of these, and the nodes they join; None for all.
    near:      only nodes within so many steps of one.
    """

    extras: frozenset[str] = frozenset()
    relations: frozenset[str] | None = None
    near: tuple[str, int] | None = None


def draw(
    vault: Vault,
    graph: Graph,
    settings: GraphSettings | None = None,
    show: Show | None = None,
) -> Drawing:
    """A graph of this vault as a drawing; `graph` may be a part of the vault's graph."""
    show = show or Show()
    pen = _Pen(vault, graph, settings or GraphSettings(), show)
    nodes, edges = pen.nodes(), pen.edges()
    if show.relations is not None:
        edges = [edge for edge in edges if edge.relation in show.relations]
        joined = {name for edge in edges for name in (edge.source, edge.target)}
        nodes = [node for node in nodes if node.id in joined]
    nodes.sort(key=lambda node: node.id)
    drawing = Drawing(tuple(nodes), tuple(edges), pen.names, graph.relations)
    return drawing if show.near is None else _near(drawing, *show.near)


def _near(drawing: Drawing, center: str, most: int) -> Drawing:
    start = drawing.numbers.get(center)
    reached = distances(drawing.around, start, most) if start is not None else {}
    nodes = tuple(drawing.nodes[number] for number in sorted(reached))
    kept = {node.id for node in nodes}
    edges = tuple(edge for edge in drawing.edges if edge.source in kept and edge.target in kept)
    return replace(drawing, nodes=nodes, edges=edges)


@dataclass
class _Pen:
    vault: Vault
    graph: Graph
    settings: GraphSettings
    show: Show
    names: tuple[str, ...] = field(init=False)
    _group: dict[str, int] = field(init=False)
    _tags: dict[str, list[facts.TagUse]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        groups = communities(self.graph)
        self.names = tuple(group.name for group in groups)
        self._group = {note: number for number, group in enumerate(groups) for note in group.notes}

    def nodes(self) -> list[DrawnNode]:
        extras = self.show.extras
        kinds = {"note", "board"}
        kinds |= {"unresolved"} if "unresolved" in extras else set()
        kinds |= {"attachment"} if "attachments" in extras else set()
        found = [self._node(node) for node in self.graph.nodes.values() if node.kind in kinds]
        if "headings" in extras:
            for node in list(found):
                if node.path in self.vault.notes:
                    found += (
                        DrawnNode(item.id, "heading", item.name, node.path, category=node.category)
                        for item in heading_nodes(node.path, self.vault.notes[node.path])
                    )
        if "tags" in extras:
            spelt: dict[str, str] = {}
            for node in found:
                for name in node.tags:
                    spelt.setdefault(name.lower(), name)
            found += (DrawnNode(_tag_id(name), "tag", name, "") for name in spelt.values())
        return found

    def _node(self, node: Node) -> DrawnNode:
        path = "" if node.kind == "unresolved" else node.id
        number = self.graph.topology.numbers.get(node.id)
        note = self.vault.notes.get(node.id)
        values = facts.properties(note) if note else {}
        named = self.settings
        folder = path.partition("/")[0] if "/" in path else ""
        return DrawnNode(
            node.id,
            node.kind,
            node.name,
            path,
            facts.worded(values.get(named.category)) or folder,
            facts.worded(values.get(named.status)),
            facts.worded(values.get(named.verdict)),
            self._group.get(node.id),
            0.0 if number is None else self.graph.ranks[number],
            0 if number is None else len(self.graph.topology.into[number]),
            0 if number is None else len(self.graph.topology.out[number]),
            tuple(tag.name for tag in self._tags_of(node.id)),
            values,
        )

    def _tags_of(self, path: str) -> list[facts.TagUse]:
        if path not in self._tags:
            note = self.vault.notes.get(path)
            self._tags[path] = facts.tags(note) if note else []
        return self._tags[path]

    def edges(self) -> list[DrawnEdge]:
        known = {node.id for node in self.graph.nodes.values()}
        kinds = {"unresolved": "unresolved", "attachment": "attachments"}
        found: list[DrawnEdge] = []
        for edge in self.graph.edges:
            extra = kinds.get(self.graph.nodes[edge.target].kind)
            if extra is None or extra in self.show.extras:
                found.append(self._edge(edge))
        for path in sorted(known & self.vault.notes.keys()):
            found += self._belongings(path)
        return found

    def _edge(self, edge: Edge) -> DrawnEdge:
        link, target = edge.link, edge.target
        if link.fragment and "headings" in self.show.extras and target in self.vault.notes:
            target = heading_id(target, self.vault.notes[target], link.fragment) or target
        return DrawnEdge(
            edge.source, target, edge.relation, edge.label, edge.source, edge.line,
            link.kind, link.where, link.fragment, link.display,
        )  # fmt: skip

    def _belongings(self, path: str) -> Iterable[DrawnEdge]:
        note = self.vault.notes[path]
        if "headings" in self.show.extras:
            for item in heading_nodes(path, note):
                yield DrawnEdge(item.above, item.id, "heading", "", path, item.line, "heading")
        if "tags" in self.show.extras:
            for tag in self._tags_of(path):
                yield DrawnEdge(path, _tag_id(tag.name), "tag", "", path, tag.line, "tag")


def _tag_id(name: str) -> str:
    return "tag:" + name.lower()
