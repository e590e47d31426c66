"""What `lint --fix` and `lint --diff` do with the fixes of findings."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import Place
from vaultkit.cli.look import Ask, Look, look
from vaultkit.cli.output import print_bytes, progress
from vaultkit.cli.recovery import check_interrupted
from vaultkit.errors import Exit
from vaultkit.lint.fixing import Fixing, fixing
from vaultkit.report.shown import one_line
from vaultkit.vault import Vault


def show_fixes(seen: Look, unsafe: bool) -> int:
    """The fixes as a unified diff on stdout; exit code 1 when there are any."""
    from vaultkit.plan.diff import diff, render

    vault, made = _made(seen, unsafe)
    pages = dict(vault.pages())
    print_bytes(render(diff(made.plan, lambda path: pages[str(path)].source.data)))
    _tell(made, f"{len(made.fixed)} findings would be mended; nothing was written")
    return Exit.FINDINGS if made.plan else Exit.CLEAN


def fix_all(ask: Ask, seen: Look, unsafe: bool) -> Look:
    """Carry out the fixes as one run that `undo` takes back, and look again."""
    from vaultkit.plan import store

    place = ask.place
    check_interrupted(place)
    _, made = _made(seen, unsafe)
    if not made.plan:
        _tell(made, "nothing to mend")
        return seen
    command = "vaultkit lint --fix" + (" --unsafe-fixes" if unsafe else "")
    with progress("writing"):
        receipt = store.apply(
            place.root, made.plan, command=command, backup=Path(place.config.backup)
        )
    files = len(made.plan.actions)
    _tell(
        made,
        f"{len(made.fixed)} findings mended in {files} files as run {receipt.id}; "
        f"take it back with: {_undo(place)}",
    )
    return look(ask)


def _made(seen: Look, unsafe: bool) -> tuple[Vault, Fixing]:
    assert seen.vault is not None
    findings = [item.finding for item in seen.answer.findings]
    return seen.vault, fixing(seen.vault, findings, unsafe)


def _undo(place: Place) -> str:
    return "vaultkit undo" if place.found_by else f"vaultkit undo --vault {place.root}"


def _tell(made: Fixing, what: str) -> None:
    """What was done and what was not, on stderr: stdout is for the answer."""
    for finding, reason in made.skipped:
        place = one_line(finding.path)
        click.echo(f"skipped: {finding.rule} in {place}: {reason}", err=True)
    click.echo(what, err=True)
    if made.unsafe:
        click.echo(f"{len(made.unsafe)} more with --unsafe-fixes", err=True)
