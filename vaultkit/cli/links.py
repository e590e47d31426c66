"""`vaultkit links`: every link and its bucket."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, format_option, locate, vault_argument
from vaultkit.cli.output import open_vault, print_json, print_lines, progress
from vaultkit.errors import UsageError
from vaultkit.repair.survey import BUCKETS, Surveyor
from vaultkit.report import links as report


@click.command(short_help="Show every link of a vault and what it means.")
@vault_argument
@format_option("json")
@click.option(
    "--bucket",
    "wanted",
    metavar="NAME,…",
    help="Show only links of these buckets; the summary still counts all.",
)
@click.option("--summary", is_flag=True, help="Show the counts alone.")
def links(vault: Path | None, style: str, wanted: str | None, summary: bool) -> None:
    """Show every link of VAULT and what it means, as Obsidian reads it.

    Each link is in exactly one bucket: ignored (a template or code), external, bad-fragment
    (the note has no such heading or block), self, resolved, resolved-attachment, ambiguous,
    missing-variant (`vaultkit reconcile` can repair it), missing-alias, or missing.
    """
    place = locate(vault)
    announce(place)
    shown = _buckets(wanted)
    opened = open_vault(place.root, place.config)
    with progress("resolving links"):
        found = list(Surveyor(opened).survey())
    counts = report.summary_value(found)
    rows = [] if summary else [item for item in found if item.bucket in shown]
    if style == "json":
        values = [report.link_value(opened, item) for item in rows]
        print_json({"version": 1, "links": values, "summary": counts})
        return
    lines = [report.link_line(opened, item) for item in rows]
    print_lines([*lines, *([""] if lines else []), *report.summary_lines(counts)])


def _buckets(wanted: str | None) -> frozenset[str]:
    if wanted is None:
        return frozenset(BUCKETS)
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    for name in names:
        if name not in BUCKETS:
            raise UsageError(f"no bucket is called `{name}`", "buckets: " + ", ".join(BUCKETS))
    return frozenset(names)
