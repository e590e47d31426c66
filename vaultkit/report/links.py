"""Links and their buckets as text and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import click

from vaultkit.repair.survey import BUCKETS, Sighting
from vaultkit.report.shown import one_line
from vaultkit.text import Source
from vaultkit.vault import Vault

_COLOURS = {
    "resolved": "green",
    "resolved-attachment": "green",
    "self": "green",
    "missing": "red",
    "missing-variant": "yellow",
    "missing-alias": "yellow",
    "ambiguous": "yellow",
    "bad-fragment": "red",
}


def source_of(vault: Vault, path: str) -> Source:
    """The bytes of a note or board."""
    page = vault.notes[path] if path in vault.notes else vault.boards[path]
    return page.source


def link_value(vault: Vault, sighting: Sighting) -> dict[str, Any]:
    """One link as the JSON contract has it."""
    link = sighting.link
    place = source_of(vault, sighting.path).position(link.span.start)
    return {
        "path": sighting.path,
        "line": place.line,
        "column": place.column,
        "kind": link.kind,
        "where": link.where,
        "target": link.target,
        "fragment": link.fragment,
        "display": link.display,
        "bucket": sighting.bucket,
        "resolved": sighting.resolved,
        "candidates": list(sighting.candidates),
    }


def summary_value(sightings: Iterable[Sighting]) -> dict[str, Any]:
    """How many links are in each bucket; the counts sum to the total."""
    counts = Counter(sighting.bucket for sighting in sightings)
    return {"total": counts.total(), **{bucket: counts[bucket] for bucket in BUCKETS}}


def link_line(vault: Vault, sighting: Sighting) -> str:
    """One link as a line: place, bucket, markup, and what it leads to."""
    source = source_of(vault, sighting.path)
    place = source.position(sighting.link.span.start)
    where = click.style(f"{one_line(sighting.path)}:{place.line}:{place.column}", dim=True)
    bucket = click.style(sighting.bucket, fg=_COLOURS.get(sighting.bucket, "blue"))
    markup = one_line(source.text(sighting.link.span))
    leads = sighting.resolved or " | ".join(sighting.candidates)
    return f"{where}  {bucket}  {markup}" + (f"  -> {one_line(leads)}" if leads else "")


def summary_lines(summary: dict[str, Any]) -> list[str]:
    """The counts as a small table, buckets that are empty left out."""
    width = len(str(summary["total"]))
    lines = [
        f"{count:>{width}}  {click.style(name, fg=_COLOURS.get(name, 'blue'))}"
        for name, count in summary.items()
        if count and name != "total"
    ]
    what = "link" if summary["total"] == 1 else "links"
    return [*lines, f"{summary['total']:>{width}}  {what}"]
