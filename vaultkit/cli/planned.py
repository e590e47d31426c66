"""What every command does with its plan: show it, keep it, carry it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

import click

from vaultkit.cli.locate import Place, format_option, vault_option
from vaultkit.cli.output import print_json, print_lines, progress
from vaultkit.cli.saving import save_plan
from vaultkit.errors import Exit
from vaultkit.plan.plan import Plan, Receipt
from vaultkit.vault import Vault

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Wish(NamedTuple):
    """What the person asked to be done with the plan."""

    style: str
    apply: bool
    save: Path | None


def plan_options(function: Decorated) -> Decorated:
    """`--vault`, `--apply`, `--save` and `--format`, for a command that makes a plan."""
    for option in (
        format_option("json"),
        click.option(
            "--save",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Keep the plan in FILE, for `vaultkit apply FILE` after a review.",
        ),
        click.option("--apply", "do_apply", is_flag=True, help="Write it; `undo` takes it back."),
        vault_option,
    ):
        function = option(function)
    return function


def conclude(
    place: Place,
    vault: Vault,
    plan: Plan,
    wish: Wish,
    command: str,
    notices: Sequence[str] = (),
    more: dict[str, Any] | None = None,
) -> int:
    """Show a plan and, when that was asked for, carry it out; the exit code.

    command: what the person called, for the history. notices: lines to show after the diff.
    more:    what the JSON answer says beside the plan.
    """
    receipt = _carry_out(place, plan, command) if wish.apply else None
    if wish.save is not None:
        save_plan(wish.save, plan)
    if wish.style == "json":
        print_json(
            {
                "version": 1,
                "why": plan.why,
                "actions": [_action_value(action) for action in plan.actions],
                "diff": _diff(vault, plan).decode("utf-8", "replace"),
                "notices": [click.unstyle(line) for line in notices],
                "run": (receipt.id or None) if receipt else None,
                **(more or {}),
            }
        )
        return Exit.CLEAN
    print_lines(_coloured(_diff(vault, plan)))
    print_lines(notices)
    print_lines(_closing(place, plan, wish, receipt, command))
    return Exit.CLEAN


def _carry_out(place: Place, plan: Plan, command: str) -> Receipt:
    from vaultkit.plan import store

    with progress("writing"):
        return store.apply(place.root, plan, command=command, backup=Path(place.config.backup))


def _diff(vault: Vault, plan: Plan) -> bytes:
    from vaultkit.plan.diff import diff, render

    def read(path: PurePosixPath) -> bytes:
        name = str(path)
        if name in vault.notes or name in vault.boards:
            return vault.page(name).source.data
        return (vault.root / path).read_bytes()

    return render(diff(plan, read))


def _action_value(action: Any) -> dict[str, Any]:
    value: dict[str, Any] = {"action": type(action).__name__.lower(), "path": str(action.path)}
    if hasattr(action, "to"):
        value["to"] = str(action.to)
    if hasattr(action, "edits"):
        value["edits"] = len(action.edits)
    return value


def _coloured(diff: bytes) -> Iterable[str]:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff.decode("utf-8", "replace").split("\n")[:-1]:
        if line.startswith(("diff ", "+++", "---", "rename ", "new file", "deleted file")):
            yield click.style(line, bold=True)
        else:
            colour = colours.get(line[:1])
            yield click.style(line, fg=colour) if colour else line


def _closing(
    place: Place, plan: Plan, wish: Wish, receipt: Receipt | None, command: str
) -> list[str]:
    """What is to be done or was done, and what a person may want to do next."""
    if not plan:
        return ["nothing to do"]
    where = "" if place.found_by else f" --vault {place.root}"
    files = len({action.path for action in plan.actions})
    what = f"{plan.why}: {files} file{'' if files == 1 else 's'}"
    if receipt is not None:
        if not receipt.id:
            return ["nothing to write"]
        return [f"{what} written as run {receipt.id}; take it back with: vaultkit undo{where}"]
    if wish.save is not None:
        return [f"{what}; plan saved, carry it out with: vaultkit apply {wish.save}{where}"]
    return [f"{what}; nothing was written, write it with --apply"]
