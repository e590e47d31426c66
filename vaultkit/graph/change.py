"""What changed between two states of a vault's graph."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from vaultkit.graph import questions, structure
from vaultkit.graph.model import Graph
from vaultkit.vault import Vault

Triple = tuple[str, str, str]


class Retyped(NamedTuple):
    """Two notes whose link has another relation now."""

    source: str
    target: str
    before: str
    after: str


class Change(NamedTuple):
    """How a graph differs from an earlier one; everything sorted.

    added, removed: notes and boards; renamed: (old path, new path) of files with the same bytes.
    linked, unlinked: (source, target, relation) of links that are new or gone, each as often as
             a note links; renamed files count under their new name.
    retyped: links whose relation alone differs.
    figures: what was counted -> (before, after).
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    linked: tuple[Triple, ...]
    unlinked: tuple[Triple, ...]
    retyped: tuple[Retyped, ...]
    figures: dict[str, tuple[int, int]]


def renames(before: Vault, after: Vault) -> dict[str, str]:
    """Old path -> new path of notes that are gone and there again under one other name."""
    old = _by_digest(before, set(before.notes) - set(after.notes))
    new = _by_digest(after, set(after.notes) - set(before.notes))
    return {
        old[digest][0]: new[digest][0]
        for digest in sorted(old.keys() & new.keys())
        if len(old[digest]) == len(new[digest]) == 1
    }


def _by_digest(vault: Vault, paths: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        source = vault.notes[path].source
        if source.data.strip():
            found.setdefault(source.digest, []).append(path)
    return found


def change(before: Graph, after: Graph, renamed: dict[str, str]) -> Change:
    """What is different in `after`; `renamed` maps old paths to new ones."""
    old = Counter(
        (
            renamed.get(edge.source, edge.source),
            renamed.get(edge.target, edge.target),
            edge.relation,
        )
        for edge in before.edges
    )
    new = Counter((edge.source, edge.target, edge.relation) for edge in after.edges)
    linked, unlinked = new - old, old - new
    retyped = _retyped(linked, unlinked)
    earlier = {renamed.get(name, name) for name in before.topology.ids}
    later = set(after.topology.ids)
    now = figures(after)
    return Change(
        tuple(sorted(later - earlier)),
        tuple(sorted(earlier - later)),
        tuple(sorted(renamed.items())),
        tuple(sorted(linked.elements())),
        tuple(sorted(unlinked.elements())),
        tuple(retyped),
        {name: (count, now[name]) for name, count in figures(before).items()},
    )


def _retyped(linked: Counter[Triple], unlinked: Counter[Triple]) -> list[Retyped]:
    """The pairs of a new and a gone link that differ in the relation alone, taken out of both."""
    fresh: dict[tuple[str, str], list[str]] = {}
    for source, target, relation in sorted(linked.elements(), reverse=True):
        fresh.setdefault((source, target), []).append(relation)
    found: list[Retyped] = []
    for source, target, relation in sorted(unlinked.elements()):
        if others := fresh.get((source, target)):
            found.append(Retyped(source, target, relation, others.pop()))
    for item in found:
        linked[item.source, item.target, item.after] -= 1
        unlinked[item.source, item.target, item.before] -= 1
    return found


def figures(graph: Graph) -> dict[str, int]:
    """How many of each thing that the questions count."""
    return {
        "notes": sum(node.kind == "note" for node in graph.nodes.values()),
        "links": len(graph.edges),
        "typed links": len(graph.typed),
        "notes without incoming links": len(questions.no_incoming(graph)),
        "isolated notes": len(questions.isolated(graph)),
        "dead ends": len(questions.dead_ends(graph)),
        "islands": len(structure.islands(graph)),
        "missing notes": len(questions.most_wanted(graph)),
        "cycles in the hierarchy": len(questions.hierarchy_cycles(graph)),
        "relations without inverse": len(questions.one_way(graph)),
    }
