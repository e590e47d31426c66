"""`vaultkit apply`: carry out a plan that was saved and reviewed."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, format_option, locate, vault_option
from vaultkit.cli.output import print_json, print_lines, progress
from vaultkit.errors import UsageError
from vaultkit.plan.codec import decode
from vaultkit.report.shown import counted, one_line


@click.command(short_help="Carry out a plan that was saved and reviewed.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@vault_option
@format_option("json")
def apply(file: Path, vault: Path | None, style: str) -> None:
    """Carry out the plan in FILE, as `vaultkit reconcile --save FILE` keeps it.

    The plan names the bytes it was made for: where a note has changed since, nothing at all is
    written, every such note is listed, and the exit code is 2.
    """
    from vaultkit.plan import store

    place = locate(vault)
    announce(place)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "name a saved plan") from error
    plan = decode(data, str(file))
    with progress("writing"):
        receipt = store.apply(
            place.root,
            plan,
            command=f"vaultkit apply {file.name}",
            backup=Path(place.config.backup),
        )
    files = len({action.path for action in plan.actions})
    if style == "json":
        print_json({"version": 1, "run": receipt.id or None, "why": plan.why, "files": files})
    elif receipt.id:
        written = f"{one_line(plan.why)}: {counted(files, 'file')} written as run {receipt.id}"
        print_lines([written])
    else:
        print_lines(["nothing to write"])
