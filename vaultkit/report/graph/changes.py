"""What changed in a graph, and which limits it exceeds, as JSON and text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from vaultkit.graph.change import Change, Triple
from vaultkit.graph.limits import Offence
from vaultkit.report.shown import counted, one_line


def change_value(before: str, after: str, found: Change) -> dict[str, Any]:
    """What changed between two revisions; `after` is "" for the folder as it is now."""
    return {
        "before": before,
        "after": after or None,
        "notes_added": list(found.added),
        "notes_removed": list(found.removed),
        "notes_renamed": [{"from": old, "to": new} for old, new in found.renamed],
        "links_added": [_triple(item) for item in found.linked],
        "links_removed": [_triple(item) for item in found.unlinked],
        "relations_changed": [
            {"source": item.source, "target": item.target, "from": item.before, "to": item.after}
            for item in found.retyped
        ],
        "figures": {
            name: {"before": old, "after": new} for name, (old, new) in found.figures.items()
        },
    }


def _triple(item: Triple) -> dict[str, str]:
    return {"source": item[0], "target": item[1], "relation": item[2]}


def change_lines(found: Change, limit: int) -> list[str]:
    """The same as text: what came, went and changed, and the figures that moved."""
    parts: tuple[tuple[str, str, str, str, list[str]], ...] = (
        ("note", "added", "+", "green", [*map(one_line, found.added)]),
        ("note", "removed", "-", "red", [*map(one_line, found.removed)]),
        (
            "note", "renamed", "~", "yellow",
            [f"{one_line(old)} -> {one_line(new)}" for old, new in found.renamed],
        ),
        ("link", "added", "+", "green", [_arrow(item) for item in found.linked]),
        ("link", "removed", "-", "red", [_arrow(item) for item in found.unlinked]),
        (
            "relation", "changed", "~", "yellow",
            [
                f"{one_line(item.source)} -> {one_line(item.target)}: "
                f"{item.before} is now {item.after}"
                for item in found.retyped
            ],
        ),
    )  # fmt: skip
    lines: list[str] = []
    for what, verb, sign, colour, rows in parts:
        if rows:
            lines.append(click.style(f"{counted(len(rows), what)} {verb}", bold=True))
            lines += [f"  {click.style(sign, fg=colour)} {row}" for row in rows[:limit]]
            if len(rows) > limit:
                lines.append(click.style(f"  … and {len(rows) - limit} more", dim=True))
    if not lines:
        return ["the graph has not changed"]
    moved = {name: pair for name, pair in found.figures.items() if pair[0] != pair[1]}
    return [*lines, *(f"{name}: {old} -> {new}" for name, (old, new) in moved.items())]


def _arrow(item: Triple) -> str:
    source, target, relation = item
    return f"{one_line(source)} --{one_line(relation)}--> {one_line(target)}"


def offences_value(found: Sequence[Offence], limits: int) -> dict[str, Any]:
    """The limits that are exceeded."""
    return {
        "limits": limits,
        "exceeded": [{**item._asdict(), "offenders": list(item.offenders)} for item in found],
    }


def offence_lines(found: Sequence[Offence], limits: int) -> list[str]:
    """The same as text, with everyone who is counted."""
    if not found:
        return [f"{counted(limits, 'limit')} kept"]
    lines: list[str] = []
    for item in found:
        told = f"{item.limit}: {item.found} found, {item.allowed} allowed ({item.what})"
        lines.append(click.style(told, fg="red"))
        lines += [f"  {one_line(name)}" for name in item.offenders]
    return [*lines, f"{len(found)} of {counted(limits, 'limit')} exceeded"]
