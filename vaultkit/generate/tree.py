"""Notes under the notes they name as broader, or that name them as narrower."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.generate.region import generated_spans
from vaultkit.graph.build import build_graph
from vaultkit.vault import Found, Vault


class _Statement(NamedTuple):
    """One note's word on which of two is broader; its own word on its parent counts first."""

    by_other: bool
    child: str
    parent: str


def parents(vault: Vault, label: str | None) -> Mapping[str, str]:
    """Note -> the note it stands under, by the relation of a label, or by all that lead up or
    down where none is given. Links in generated regions say nothing.

    Raises UsageError for a relation that leads neither up nor down, and that no property has.
    """
    graph = build_graph(vault)
    name = graph.relations.named(label) if label is not None else None
    if label is not None and (name is None or not graph.relations.direction_of(name)):
        found = list(_by_property(vault, label))
        if not found:
            raise UsageError(
                f"the relation `{label}` leads to no broader or narrower note",
                "name one that does, as Parents, or a property whose links lead to the parent",
            )
        return dict(reversed(found))
    hidden = {path: generated_spans(note) for path, note in vault.notes.items()}
    statements: list[_Statement] = []
    for edge in graph.typed:
        direction = graph.relations.direction_of(edge.relation)
        start = edge.link.span.start
        if not direction or (name is not None and edge.relation != name):
            continue
        if any(first <= start < last for first, last in hidden.get(edge.source, ())):
            continue
        ends = (edge.source, edge.target) if direction == "up" else (edge.target, edge.source)
        statements.append(_Statement(direction == "down", *ends))
    first: dict[str, str] = {}
    for item in sorted(statements, key=lambda item: item.by_other):
        if item.child != item.parent:
            first.setdefault(item.child, item.parent)
    return first


def _by_property(vault: Vault, key: str) -> Iterator[tuple[str, str]]:
    """Note -> each note that the links of a property lead to."""
    for path, note in vault.notes.items():
        spans = [item.value_span for item in note.properties if item.key == key]
        for link in note.links if spans else ():
            if link.where == "property" and any(a <= link.span.start < b for a, b in spans):
                found = vault.resolve(link.target, path)
                if isinstance(found, Found) and found.path != path:
                    yield path, found.path


def tree_lines(paths: list[str], above: Mapping[str, str], line: Callable[[str], str]) -> list[str]:
    """Notes under their parents; each once, circles cut at their first note."""
    known = set(paths)
    below: dict[str, list[str]] = {}
    roots: list[str] = []
    for path in paths:
        parent = above.get(path)
        (below.setdefault(parent, []) if parent in known and parent else roots).append(path)
    lines: list[str] = []
    done: set[str] = set()
    # A circle has no root: what no root reaches begins at its first note.
    for root in [*roots, *paths]:
        stack = [(root, 0)]
        while stack:
            path, depth = stack.pop()
            if path in done:
                continue
            done.add(path)
            lines.append("  " * depth + f"- {line(path)}")
            stack += [(child, depth + 1) for child in reversed(below.get(path, []))]
    return lines
