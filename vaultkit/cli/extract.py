"""`vaultkit extract`: the notes' code as modules, and edits carried back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vaultkit.cli.locate import Place, announce, format_option, locate, vault_argument
from vaultkit.cli.output import open_vault, print_json, print_lines, progress
from vaultkit.cli.recovery import check_interrupted
from vaultkit.cli.verify import collector
from vaultkit.errors import Exit, UsageError
from vaultkit.plan import Conflict, Create, Plan, Remove
from vaultkit.report.shown import one_line
from vaultkit.snippets.extract import Extraction, existing_modules
from vaultkit.snippets.extract import extract as plan_modules
from vaultkit.snippets.module import read_module
from vaultkit.vault import Vault

# The folder of modules is no vault: its own runs are kept where no vault is looked for.
_BACKUP = Path(".vaultkit-backup")


@click.command(short_help="Write the notes' code as importable modules.")
@vault_argument
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when modules are stale.")
@click.option("--stitch", is_flag=True, help="Show edits made in modules as edits of their notes.")
@click.option("--apply", "do_apply", is_flag=True, help="With --stitch: write them into the notes.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the modules lie.  [default: `snippets` in the configuration, or ./snippets]",
)
@format_option("json")
def extract(
    vault: Path | None,
    check: bool,
    stitch: bool,
    do_apply: bool,
    into: Path | None,
    style: str,
) -> int:
    """Write the Python blocks of VAULT as modules, one for each note, a cell for each block.

    A module that somebody edited is never overwritten: the edit is carried into its note with
    --stitch --apply, and where the note changed the same block too, both are named and nothing
    is written. Modules of notes that are gone are removed.
    """
    if do_apply and not stitch:
        raise click.UsageError("--apply goes with --stitch: modules are written without it.")
    if check and stitch:
        raise click.UsageError("--check and --stitch exclude each other.")
    place = locate(vault)
    announce(place)
    folder = _folder(place, into)
    opened = open_vault(place.root, place.config)
    if stitch:
        return _stitch(place, opened, folder, do_apply, style)
    if into is None and place.config.file is None:
        _refuse_others(opened, folder)
    made = _planned(place, opened, folder)
    if made.conflicts:
        return _refused(made.conflicts, folder, style)
    if not check:
        _write(folder, made.plan)
    if style == "json":
        print_json(_value(made))
    else:
        print_lines(_lines(made, folder, check))
    return Exit.FINDINGS if check and made.plan else Exit.CLEAN


def _folder(place: Place, into: Path | None) -> Path:
    if into is not None:
        return into
    if place.config.file is not None:
        return place.config.file.parent / place.config.snippets
    return Path(place.config.snippets)


def _refuse_others(opened: Vault, folder: Path) -> None:
    """Raise UsageError where the folder taken by default holds another vault's modules."""
    modules = map(read_module, existing_modules(folder).values())
    notes = {module.note for module in modules if module is not None}
    if notes and notes.isdisjoint(opened.notes):
        raise UsageError(
            f"the modules in {folder} are of other notes, such as {min(notes)}",
            f"name the folder: --into FOLDER, or --into {folder} where these are to go",
        )


def _planned(place: Place, opened: Vault, folder: Path) -> Extraction:
    collect, _ = collector(place)
    with progress("collecting blocks"):
        found = {path: collect(note) for path, note in opened.notes.items()}
        return plan_modules(found, existing_modules(folder))


def _write(folder: Path, plan: Plan) -> None:
    if not plan:
        return
    from vaultkit.plan import store
    from vaultkit.plan.disk import Disk

    for missing in reversed([p for p in (folder, *folder.parents) if not p.exists()]):
        Disk().make_folder(missing)
    store.apply(folder, plan, command="vaultkit extract", backup=_BACKUP)


def _stitch(place: Place, opened: Vault, folder: Path, do_apply: bool, style: str) -> int:
    from vaultkit.plan import store
    from vaultkit.plan.diff import diff, render
    from vaultkit.snippets.stitch import stitch

    check_interrupted(place)
    collect, _ = collector(place)
    found = stitch(existing_modules(folder), opened.notes, collect)
    if found.conflicts:
        return _refused(found.conflicts, folder, style)
    run = None
    if do_apply and found.plan:
        backup = Path(place.config.backup)
        run = store.apply(
            place.root, found.plan, command="vaultkit extract --stitch", backup=backup
        ).id
        again = open_vault(place.root, place.config)
        _write(folder, _planned(place, again, folder).plan)
    if style == "json":
        notes = [str(action.path) for action in found.plan.actions]
        print_json({"version": 1, "notes": notes, "run": run, "conflicts": []})
        return Exit.CLEAN
    if not found.plan:
        print_lines(["no module was edited"])
        return Exit.CLEAN
    shown = render(diff(found.plan, lambda path: opened.notes[str(path)].source.data))
    print_lines(shown.decode("utf-8", "replace").splitlines())
    print_lines(
        [f"{found.plan.why}: written as run {run}; take it back with: vaultkit undo"]
        if run
        else ["nothing was written; write it with: vaultkit extract --stitch --apply"]
    )
    return Exit.CLEAN


def _refused(conflicts: tuple[Conflict, ...], folder: Path, style: str) -> int:
    if style == "json":
        told = [{"path": str(one.path), "reason": one.reason} for one in conflicts]
        print_json({"version": 1, "conflicts": told})
        return Exit.REFUSED
    click.secho("error: ", fg="red", bold=True, nl=False, err=True)
    click.echo("nothing was written", err=True)
    for one in conflicts:
        click.echo(f"  {one_line(str(folder / one.path))}: {one_line(one.reason)}", err=True)
    click.echo(
        "  hint: carry edits into the notes with `vaultkit extract --stitch --apply`, or delete"
        " the file to have it written anew",
        err=True,
    )
    return Exit.REFUSED


def _value(made: Extraction) -> dict[str, Any]:
    states = {str(action.path): _state(action) for action in made.plan.actions}
    modules = [
        {"note": note, "module": path, "state": states.get(path, "unchanged")}
        for note, path in made.modules.items()
    ]
    removed = [path for path, state in states.items() if state == "removed"]
    return {"version": 1, "modules": modules, "removed": removed, "conflicts": []}


def _state(action: object) -> str:
    if isinstance(action, Remove):
        return "removed"
    return "new" if isinstance(action, Create) else "changed"


def _lines(made: Extraction, folder: Path, check: bool) -> list[str]:
    lines = [
        f"{_state(action):>8}  {one_line(str(folder / action.path))}"
        for action in made.plan.actions
    ]
    count = len(made.modules)
    if not lines:
        return [f"{count} modules in {folder}, all up to date"]
    gone = sum(isinstance(action, Remove) for action in made.plan.actions)
    changed = f"{len(lines) - gone} of {count} modules"
    if check:
        more = f" and {gone} without a note" if gone else ""
        return [*lines, f"{changed}{more} stale: write it with `vaultkit extract`"]
    return [*lines, f"{changed} written" + (f", {gone} removed" if gone else "")]
