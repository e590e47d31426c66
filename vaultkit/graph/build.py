"""From a vault to its graph."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from vaultkit.graph.model import Edge, Graph, Node, NodeKind, Tie
from vaultkit.graph.places import NONE, Places
from vaultkit.graph.relations import Relations
from vaultkit.names import link_key
from vaultkit.note import Link, Note
from vaultkit.note.placeholder import is_ignored
from vaultkit.vault import Ambiguous, Found, Page, Resolution, Vault
from vaultkit.vault.excluded import Excluded

UNRESOLVED = "unresolved:"


def build_graph(vault: Vault, relations: Relations | None = None) -> Graph:
    """The graph of a vault's internal links, as Obsidian reads them.

    Every link counts that `vaultkit links` counts, but those outward and place holders. A link
    to a heading or block that does not exist still leads to its note.
    """
    return _Builder(vault, relations or Relations()).graph()


class _Builder:
    def __init__(self, vault: Vault, relations: Relations) -> None:
        self._vault = vault
        self._relations = relations
        self._excluded = Excluded(vault.settings.excluded)
        self._edges: list[Edge] = []
        self._ties: list[Tie] = []
        self._spellings: dict[str, Counter[str]] = {}

    def graph(self) -> Graph:
        for path, page in self._vault.pages():
            self._read(path, page)
        spelt = {key: UNRESOLVED + _usual(names) for key, names in self._spellings.items()}
        edges = tuple(
            edge if (name := spelt.get(edge.target)) is None else edge._replace(target=name)
            for edge in self._edges
        )
        nodes = self._nodes(edges, set(spelt.values()))
        return Graph(nodes, edges, tuple(self._ties), self._relations)

    def _read(self, path: str, page: Page) -> None:
        source = page.source
        places = Places(page, self._relations) if isinstance(page, Note) else None
        for link in page.internal_links:
            found = self._meant(link, path)
            if is_ignored(link, source.data[link.span.start : link.span.end]):
                continue
            line = max(bisect_right(source.line_starts, link.span.start), 1)
            if isinstance(found, Ambiguous):
                self._ties.append(Tie(path, found.candidates, line, link))
                continue
            role = places.role(link, line) if places else NONE
            target = found.path if isinstance(found, Found) else self._unresolved(link)
            self._edges.append(Edge(path, target, role.relation, role.label, line, link))

    def _meant(self, link: Link, path: str) -> Resolution:
        if link.kind == "file" and link.where == "canvas":
            return self._vault.resolve_path(link.target)
        return self._vault.resolve(link.target, path)

    def _unresolved(self, link: Link) -> str:
        name = link.target.strip()
        name = name[:-3] if name[-3:].lower() == ".md" else name
        # No file is called so: a path holds no NUL.
        key = "\0" + link_key(name)
        self._spellings.setdefault(key, Counter())[name] += 1
        return key

    def _nodes(self, edges: tuple[Edge, ...], unresolved: set[str]) -> dict[str, Node]:
        vault = self._vault
        found: dict[str, Node] = {}
        for path in vault.files:
            if path[-3:].lower() == ".md":
                found[path] = self._file(path, "note")
            elif path in vault.boards:
                found[path] = self._file(path, "board")
        for name in {edge.target for edge in edges} - found.keys():
            if name in unresolved:
                found[name] = Node(name, "unresolved", name[len(UNRESOLVED) :])
            else:
                found[name] = self._file(name, "attachment")
        return dict(sorted(found.items()))

    def _file(self, path: str, kind: NodeKind) -> Node:
        name = path[path.rfind("/") + 1 :]
        return Node(path, kind, name[:-3] if kind == "note" else name, path in self._excluded)


def _usual(spellings: Counter[str]) -> str:
    """The spelling that is written most often, the first in order among equals."""
    return min(spellings, key=lambda name: (-spellings[name], name))
