"""`vaultkit view`: a base, a canvas or a health note, to be looked at in Obsidian."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vaultkit.cli.locate import Place, announce, locate
from vaultkit.cli.named import folder_named, note_named, place_for
from vaultkit.cli.output import open_vault, progress
from vaultkit.cli.planned import Wish, conclude, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.errors import UsageError
from vaultkit.plan.plan import Plan
from vaultkit.repair.forms import stem
from vaultkit.vault import Vault


@click.command(short_help="Make a base, a canvas or a health note of the vault.")
@click.argument("kind", type=click.Choice(["base", "canvas", "health"]))
@click.argument("subject", required=False)
@plan_options
@click.option("--to", metavar="PATH", help="The file's path in the vault.")
def view(
    kind: str,
    subject: str | None,
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    to: str | None,
) -> int:
    """Make a view of the vault that Obsidian shows, or bring it up to date.

    `base` lists the notes of the folder SUBJECT, or of the vault, in tables by status, verdict
    and category. `canvas` shows the neighbourhood of the note SUBJECT. `health` is a note of
    figures, verdicts, findings with links to every offender, and the trend since the last run.
    A file that a person changed is never overwritten.
    """
    place = locate(vault)
    announce(place)
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    makers = {"base": _base, "canvas": _canvas, "health": _health}
    with progress("looking at the vault"):
        plan = makers[kind](place, opened, subject, to)
    return conclude(place, opened, plan, Wish(style, do_apply, save), f"vaultkit view {kind}")


def _base(place: Place, vault: Vault, subject: str | None, to: str | None) -> Plan:
    from vaultkit.generate.base import base_of
    from vaultkit.generate.made_file import is_sealed_base, put

    folder = folder_named(vault, subject) if subject else ""
    if folder is None:
        raise UsageError(f"the vault has no folder `{subject}`", "name a folder of the vault")
    name = folder.rpartition("/")[2] or "All notes"
    path = place_for(vault, to or f"{name}.base", ".base")
    return put(vault, path, base_of(vault, folder), is_sealed_base, f"make the base {path}")


def _canvas(place: Place, vault: Vault, subject: str | None, to: str | None) -> Plan:
    from vaultkit.generate.canvas import canvas_of
    from vaultkit.generate.made_file import is_sealed_canvas, put

    if subject is None:
        raise UsageError("a canvas is made around a note", "name it: vaultkit view canvas NOTE")
    centre = note_named(vault, subject)
    path = place_for(vault, to or f"Around {stem(centre)}.canvas", ".canvas")
    content = canvas_of(vault, centre)
    return put(vault, path, content, is_sealed_canvas, f"make the canvas {path}")


def _health(place: Place, vault: Vault, subject: str | None, to: str | None) -> Plan:
    from vaultkit.generate.health import health
    from vaultkit.lint.run import choose

    if subject is not None:
        raise UsageError("the health note is about the whole vault", "leave the SUBJECT out")
    path = place_for(vault, to or "Vault health.md", ".md")
    rules = choose(place.config.select, place.config.ignore)
    return health(vault, path, rules, date.today().isoformat(), place.config)
