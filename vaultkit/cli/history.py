"""`vaultkit history`: the runs that changed a vault."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, format_option, locate, vault_argument
from vaultkit.cli.output import print_json, print_lines
from vaultkit.plan.history import RunRecord
from vaultkit.plan.history import history as runs
from vaultkit.report.shown import counted, one_line


@click.command(short_help="List the runs that changed a vault.")
@vault_argument
@format_option("json")
def history(vault: Path | None, style: str) -> None:
    """List the runs that changed VAULT, oldest first, with the id that `undo` takes."""
    place = locate(vault)
    announce(place)
    found = runs(place.root, backup=Path(place.config.backup))
    if style == "json":
        print_json({"version": 1, "runs": [_value(item) for item in found]})
    else:
        print_lines([_line(item) for item in found] or ["no run has changed this vault"])


def _value(item: RunRecord) -> dict[str, object]:
    return {
        "id": item.id,
        "when": item.when,
        "command": item.command,
        "why": item.why,
        "status": item.status,
        "files": [str(path) for path in item.paths],
        "undoes": item.undoes,
        "undone_by": item.undone_by,
    }


def _line(item: RunRecord) -> str:
    status = item.status + (f" by {item.undone_by}" if item.undone_by else "")
    files = counted(len(item.paths), "file")
    colour = {"applied": "green", "cut off": "red", "unreadable": "red"}.get(item.status)
    return f"{item.id}  {click.style(status, fg=colour)}  {files}  {one_line(item.why)}"
