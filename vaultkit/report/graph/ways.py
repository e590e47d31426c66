"""Ways between notes, what is near one, and what would break without it, as JSON and text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from vaultkit.graph.journey import Neighbour, Step
from vaultkit.graph.model import Edge, Tie
from vaultkit.graph.removal import Removal
from vaultkit.report.graph.sentences import sentence
from vaultkit.report.links import source_of
from vaultkit.report.shown import counted, one_line
from vaultkit.vault import Vault

_MOST_SENTENCES = 3


def said(vault: Vault, edge: Edge | Tie) -> str:
    """The sentence in which an edge's link stands; of a board the markup alone."""
    source = source_of(vault, edge.source)
    if edge.link.where in ("canvas", "base"):
        return one_line(source.text(edge.link.span))
    return sentence(source, edge.link.span, edge.line)


def journey_value(
    vault: Vault, start: str, end: str, steps: Sequence[Step] | None, why: bool
) -> dict[str, Any]:
    """A way between two notes; `steps` is null where there is none."""
    told = None if steps is None else [step_value(vault, step, why) for step in steps]
    return {"from": start, "to": end, "steps": told}


def step_value(vault: Vault, step: Step, why: bool) -> dict[str, Any]:
    """One step with the places of its links; `forward` is false where they lead against it."""
    return {
        "from": step.start,
        "to": step.end,
        "forward": step.forward,
        "links": [
            {
                "path": edge.source,
                "line": edge.line,
                "relation": edge.relation,
                "label": edge.label,
                **({"sentence": said(vault, edge)} if why else {}),
            }
            for edge in step.edges
        ],
    }


def journey_lines(
    vault: Vault, start: str, end: str, steps: Sequence[Step] | None, why: bool
) -> list[str]:
    """A way between two notes, a line for each step; with `why` the sentences below."""
    if steps is None:
        return [f"no way leads from {one_line(start)} to {one_line(end)}, in either direction"]
    against = sum(not step.forward for step in steps)
    note = f", {against} of them against a link" if against else ""
    lines = [click.style(counted(len(steps), "step") + note, bold=True), one_line(start)]
    for step in steps:
        relation = step.edges[0].relation
        arrow = f"--{relation}-->" if step.forward else f"<--{relation}--"
        places = [f"{one_line(edge.source)}:{edge.line}" for edge in step.edges]
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        lines.append(
            f"  {click.style(arrow, fg='cyan')} {one_line(step.end)}"
            + click.style(f"  {places[0]}{more}", dim=True)
        )
        if why:
            for edge in step.edges[:_MOST_SENTENCES]:
                lines.append(f"      {click.style(f'{edge.line}:', dim=True)} {said(vault, edge)}")
    return lines


def neighbours_value(
    vault: Vault, note: str, most: int, found: Sequence[Neighbour]
) -> dict[str, Any]:
    """What lies within some steps of a note."""
    return {
        "note": note,
        "depth": most,
        "neighbours": [
            {
                "path": item.note,
                "distance": item.distance,
                "steps": [step_value(vault, step, False) for step in item.steps],
            }
            for item in found
        ],
    }


def neighbours_lines(note: str, found: Sequence[Neighbour], limit: int | None) -> list[str]:
    """The same as text, ring by ring; the nearest `limit` of all."""
    if not found:
        return [f"nothing is linked with {one_line(note)}"]
    lines: list[str] = []
    distance = 0
    for item in found[:limit]:
        if item.distance != distance:
            distance = item.distance
            count = sum(other.distance == distance for other in found)
            steps = counted(distance, "step")
            lines.append(click.style(f"{steps} from {one_line(note)} ({count})", bold=True))
        step = item.steps[0]
        relations = sorted({edge.relation for way in item.steps for edge in way.edges})
        arrow = "->" if step.forward else "<-"
        via = f"  via {one_line(step.start)}" if distance > 1 else ""
        told = click.style(", ".join(relations) + via, dim=True)
        lines.append(f"  {arrow} {one_line(item.note)}  {told}")
    if limit is not None and len(found) > limit:
        lines.append(click.style(f"  … and {len(found) - limit} more", dim=True))
    return lines


def removal_value(vault: Vault, found: Removal) -> dict[str, Any]:
    """What would break without a note."""
    return {
        "note": found.note,
        "broken": [_link(vault, edge) for edge in found.broken],
        "redirected": [{**_link(vault, edge), "to": to} for edge, to in found.redirected],
        "unreached": list(found.unreached),
        "alone": list(found.alone),
        "pieces": [list(piece) for piece in found.pieces],
        "parentless": list(found.parentless),
        "attachments": list(found.attachments),
    }


def _link(vault: Vault, edge: Edge) -> dict[str, Any]:
    markup = source_of(vault, edge.source).text(edge.link.span)
    return {"path": edge.source, "line": edge.line, "relation": edge.relation, "link": markup}


def removal_lines(vault: Vault, found: Removal, limit: int) -> list[str]:
    """The same as text."""
    pieces = [f"{len(piece)}: {', '.join(map(one_line, piece[:4]))}" for piece in found.pieces]
    parts: tuple[tuple[str, str, list[str]], ...] = (
        ("link", "would break", [_link_line(vault, edge) for edge in found.broken]),
        (
            "link",
            "would mean another note",
            [f"{_link_line(vault, edge)}  -> {one_line(to)}" for edge, to in found.redirected],
        ),
        ("note", "would have no incoming link", [*map(one_line, found.unreached)]),
        ("note", "would be isolated", [*map(one_line, found.alone)]),
        ("part", "would lose touch", pieces),
        ("note", "would be without a parent", [*map(one_line, found.parentless)]),
        ("file", "would not be shown any more", [*map(one_line, found.attachments)]),
    )
    lines: list[str] = []
    for what, rest, rows in parts:
        if rows:
            lines.append(click.style(f"{counted(len(rows), what)} {rest}", bold=True))
            lines += [f"  {row}" for row in rows[:limit]]
            if len(rows) > limit:
                lines.append(click.style(f"  … and {len(rows) - limit} more", dim=True))
    return lines or [f"nothing would break without {one_line(found.note)}"]


def _link_line(vault: Vault, edge: Edge) -> str:
    markup = source_of(vault, edge.source).text(edge.link.span)
    return f"{one_line(edge.source)}:{edge.line}  {one_line(markup)}"
