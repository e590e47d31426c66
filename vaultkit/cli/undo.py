"""`vaultkit undo`: take back a run, the last one by default."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, format_option, locate, vault_option
from vaultkit.cli.output import print_json, print_lines, progress
from vaultkit.report.shown import counted


@click.command(short_help="Take back a run.")
@click.argument("run", required=False)
@vault_option
@format_option("json")
def undo(run: str | None, vault: Path | None, style: str) -> None:
    """Take back RUN, or the last run that stands, or the one that was cut off.

    Every file gets back its exact bytes and mode. Where a file was changed after the run,
    nothing is touched and every such file is listed. Undoing is a run of its own: undo it to
    have the first one again.
    """
    from vaultkit.plan import store

    place = locate(vault)
    announce(place)
    with progress("putting back"):
        receipt = store.undo(place.root, run, backup=Path(place.config.backup))
    files = len({action.path for action in receipt.plan.actions})
    if style == "json":
        print_json(
            {"version": 1, "run": receipt.id or None, "why": receipt.plan.why, "files": files}
        )
    else:
        as_run = f" (run {receipt.id})" if receipt.id else ""
        put_back = f"{receipt.plan.why}: {counted(files, 'file')} put back{as_run}"
        print_lines([put_back])
