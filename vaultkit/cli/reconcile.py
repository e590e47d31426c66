"""`vaultkit reconcile`: repair links that differ from a note's name by notation alone."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from vaultkit.cli.locate import Place, announce, format_option, locate, vault_argument
from vaultkit.cli.output import open_vault, print_json, print_lines, progress
from vaultkit.cli.recovery import check_interrupted
from vaultkit.cli.saving import save_plan
from vaultkit.errors import Exit
from vaultkit.plan.plan import Receipt
from vaultkit.repair.propose import Options
from vaultkit.repair.reconcile import Reconciliation
from vaultkit.repair.reconcile import reconcile as plan_repairs
from vaultkit.report import reconciliation as report


@click.command(short_help="Repair links that differ from a note's name by notation alone.")
@vault_argument
@format_option("json")
@click.option(
    "--apply", "do_apply", is_flag=True, help="Write the repairs; `undo` takes them back."
)
@click.option("--check", is_flag=True, help="Exit with 1 when something would be repaired.")
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep the plan in FILE, for `vaultkit apply FILE` after a review.",
)
@click.option(
    "--joined/--no-joined",
    default=None,
    help="Also compare without any separators: LifeCycle and life cycle, six letters at least.",
)
@click.option(
    "--moved/--no-moved",
    default=None,
    help="Also find a moved note by its unique file name, when all folders written exist.",
)
@click.option(
    "--same-folder/--no-same-folder",
    default=None,
    help="Of several candidates take the one in the linking note's own folder.",
)
def reconcile(
    vault: Path | None,
    style: str,
    do_apply: bool,
    check: bool,
    save: Path | None,
    joined: bool | None,
    moved: bool | None,
    same_folder: bool | None,
) -> int:
    """Repair broken links in VAULT where exactly one note can be meant.

    A link is repaired only when it is broken in Obsidian and differs from one note's file name
    or title in separators, soft punctuation or invisible characters; when two notes come into
    question it is left alone and both are named. Without --apply nothing is written: the plan
    is shown. Each edit is proven on a copy before it is proposed.
    """
    if do_apply and check:
        raise click.UsageError("--apply and --check exclude each other.")
    place = locate(vault)
    announce(place)
    steps = place.config.steps
    options = Options(
        joined="joined" in steps if joined is None else joined,
        moved="moved" in steps if moved is None else moved,
        same_folder=place.config.same_folder if same_folder is None else same_folder,
    )
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    with progress("comparing names"):
        found = plan_repairs(opened, options)
    if save is not None:
        save_plan(save, found.plan)
    receipt = _apply(place, found) if do_apply else None
    if style == "json":
        value = report.reconciliation_value(opened, found)
        if receipt is not None:
            value["summary"]["run"] = receipt.id or None
        print_json(value)
    else:
        print_lines([*report.reconciliation_lines(opened, found), report.closing_line(found)])
        flags = _flags(joined=joined, moved=moved, same_folder=same_folder)
        print_lines(_next_step(place, found, receipt, save, flags))
    return Exit.FINDINGS if check and found.plan else Exit.CLEAN


def _apply(place: Place, found: Reconciliation) -> Receipt:
    from vaultkit.plan import store

    with progress("writing"):
        return store.apply(
            place.root, found.plan, command="vaultkit reconcile", backup=Path(place.config.backup)
        )


def _next_step(
    place: Place, found: Reconciliation, receipt: Receipt | None, save: Path | None, flags: str
) -> list[str]:
    """What happened, and what a person may want to do next."""
    named = "" if place.found_by else f" {shlex.quote(str(place.root))}"
    option = f" --vault{named}" if named else ""
    if receipt is not None:
        if not receipt.id:
            return ["nothing to write"]
        return [f"written as run {receipt.id}; take it back with: vaultkit undo{option}"]
    if save is not None:
        file = shlex.quote(str(save))
        return [f"plan saved; carry it out with: vaultkit apply {file}{option}"]
    if found.plan:
        return [f"nothing was written; write it with: vaultkit reconcile{named}{flags} --apply"]
    return []


def _flags(**given: bool | None) -> str:
    """The options as they were given, to be given again."""
    names = {name.replace("_", "-"): value for name, value in given.items() if value is not None}
    return "".join(f" --{name}" if value else f" --no-{name}" for name, value in names.items())
