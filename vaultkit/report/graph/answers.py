"""The graph's questions, each with its answer as JSON values and as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import click

from vaultkit.graph import questions, structure
from vaultkit.graph.model import Edge, Graph
from vaultkit.report.shown import counted, one_line

SUGGESTED = 50
Rows = Sequence[Any]


class Question(NamedTuple):
    """One question.

    title: what its answer shows, for a person.
    ask:   the rows of the answer, the most telling first; the number bounds costly ones.
    value: a row as JSON values. line: a row as text.
    """

    title: str
    ask: Callable[[Graph, int], Rows]
    value: Callable[[Any], Any]
    line: Callable[[Any], str]


def place(edge: Edge) -> dict[str, Any]:
    """Where an edge is written, and what it says."""
    return {"path": edge.source, "line": edge.line, "relation": edge.relation}


def summary_value(graph: Graph) -> dict[str, Any]:
    """How much of everything there is."""
    kinds = Counter(node.kind for node in graph.nodes.values())
    relations = Counter(edge.relation for edge in graph.edges)
    return {
        "notes": kinds["note"],
        "boards": kinds["board"],
        "attachments": kinds["attachment"],
        "unresolved": kinds["unresolved"],
        "links": len(graph.edges),
        "ties": len(graph.ties),
        "relations": dict(sorted(relations.items(), key=lambda item: (-item[1], item[0]))),
    }


def summary_lines(graph: Graph) -> list[str]:
    """The same as text."""
    value = summary_value(graph)
    parts = [counted(value["notes"], "note"), counted(value["links"], "link")]
    for name in ("board", "attachment"):
        if value[f"{name}s"]:
            parts.append(counted(value[f"{name}s"], name))
    if value["unresolved"]:
        parts.append(f"{value['unresolved']} unresolved")
    if value["ties"]:
        parts.append(counted(value["ties"], "link") + " that several notes answer")
    lines = [", ".join(parts)]
    if value["relations"]:
        told = (f"{name} {count}" for name, count in value["relations"].items())
        lines.append(click.style("relations: ", dim=True) + one_line(", ".join(told)))
    return lines


def answer_value(graph: Graph, name: str, limit: int | None) -> dict[str, Any]:
    """A question's answer: how many rows there are, and the first `limit` of them."""
    question = QUESTIONS[name]
    rows = question.ask(graph, limit or SUGGESTED)
    return {"total": len(rows), "rows": [question.value(row) for row in rows[:limit]]}


def answer_lines(graph: Graph, name: str, limit: int) -> list[str]:
    """A question's answer as a heading and the first `limit` rows."""
    question = QUESTIONS[name]
    rows = question.ask(graph, limit)
    if not rows:
        return [click.style(name, bold=True) + ": none"]
    bounded = name in _BOUNDED
    count = "" if bounded else f" ({len(rows)})"
    lines = [
        click.style(f"{name}{count}", bold=True) + click.style(f"  {question.title}", dim=True)
    ]
    lines += [f"  {question.line(row)}" for row in rows[:limit]]
    if len(rows) > limit:
        lines.append(click.style(f"  … and {len(rows) - limit} more", dim=True))
    return lines


def _names(names: Sequence[str], most: int = 4) -> str:
    shown = ", ".join(one_line(name) for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def _chain(names: Sequence[str]) -> str:
    return " -> ".join(one_line(name) for name in names)


def _wanted(item: questions.Wanted) -> dict[str, Any]:
    return {
        "name": item.name,
        "notes": len(item.sources),
        "links": len(item.edges),
        "places": [place(edge) for edge in item.edges],
    }


def _one_way(item: questions.OneWay) -> dict[str, Any]:
    return {**place(item.edge), "target": item.edge.target, "expected": list(item.expected)}


def _one_way_line(item: questions.OneWay) -> str:
    edge = item.edge
    return one_line(
        f"{edge.source}:{edge.line} {edge.relation} {edge.target}, "
        f"which has it not among its {' or '.join(item.expected)}"
    )


def _group(notes: Sequence[str]) -> dict[str, Any]:
    return {"size": len(notes), "notes": list(notes)}


def _kin_line(item: structure.Kin) -> str:
    pair = f"{one_line(item.first)} -- {one_line(item.second)}"
    return f"{item.score:6.2f}  {pair}  ({len(item.common)}: {_names(item.common, 2)})"


def _kin(item: structure.Kin) -> dict[str, Any]:
    return {**item._asdict(), "common": list(item.common)}


QUESTIONS: dict[str, Question] = {
    "hubs": Question(
        "the notes with most attention (PageRank)",
        lambda graph, _: structure.hubs(graph),
        lambda hub: hub._asdict(),
        lambda hub: (
            f"{100 * hub.rank:5.2f} %  {hub.incoming:>4} in {hub.outgoing:>4} out"
            f"  {one_line(hub.note)}"
        ),
    ),
    "bridges": Question(
        "links without which the vault falls apart",
        lambda graph, _: structure.bridges(graph),
        lambda item: item._asdict(),
        lambda item: f"{one_line(item.inner)} -- {one_line(item.outer)}  cuts off {item.cut_off}",
    ),
    "articulation-points": Question(
        "notes without which the vault falls apart",
        lambda graph, _: structure.articulation_points(graph),
        lambda item: {**item._asdict(), "pieces": list(item.pieces)},
        lambda item: f"{one_line(item.note)}  cuts off {item.cut_off}",
    ),
    "communities": Question(
        "notes that belong together (Louvain)",
        lambda graph, _: structure.communities(graph),
        lambda item: {"name": item.name, **_group(item.notes)},
        lambda item: f"{len(item.notes):>5}  {one_line(item.name)}",
    ),
    "islands": Question(
        "parts that no link joins",
        lambda graph, _: structure.islands(graph),
        _group,
        lambda notes: f"{len(notes):>5}  {_names(notes)}",
    ),
    "no-incoming": Question(
        "notes that no other file links to",
        lambda graph, _: questions.no_incoming(graph),
        str,
        one_line,
    ),
    "isolated": Question(
        "notes without any link to or from another",
        lambda graph, _: questions.isolated(graph),
        str,
        one_line,
    ),
    "dead-ends": Question(
        "notes from which no link leads on",
        lambda graph, _: questions.dead_ends(graph),
        lambda item: {**item._asdict(), "chain": list(item.chain)},
        lambda item: f"{_chain(item.chain)}" + (f"  traps {item.trapped}" if item.trapped else ""),
    ),
    "most-wanted": Question(
        "notes that are linked and not written yet",
        lambda graph, _: questions.most_wanted(graph),
        _wanted,
        lambda item: f"{len(item.sources):>4}  {one_line(item.name)}  ({_names(item.sources, 2)})",
    ),
    "cycles": Question(
        "where the hierarchy runs in a circle",
        lambda graph, _: questions.hierarchy_cycles(graph),
        lambda item: {
            "notes": list(item.notes),
            "places": [place(edge) for edge in item.edges],
        },
        lambda item: _chain((*item.notes, item.notes[0])),
    ),
    "one-way": Question(
        "relations that the other note does not answer",
        lambda graph, _: questions.one_way(graph),
        _one_way,
        _one_way_line,
    ),
    "co-cited": Question(
        "unlinked notes that others cite together",
        structure.co_cited,
        _kin,
        _kin_line,
    ),
    "shared-neighbours": Question(
        "unlinked notes with the same neighbours",
        structure.shared_neighbours,
        _kin,
        _kin_line,
    ),
}
# Questions whose answer is bounded by what was asked for, so that its length tells nothing.
_BOUNDED = frozenset(("co-cited", "shared-neighbours"))
