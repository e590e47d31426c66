"""`vaultkit init`: a configuration fitted to a vault."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

import click

from vaultkit.cli.locate import announce, locate, vault_argument
from vaultkit.cli.output import open_vault, print_bytes, progress
from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.lint.choice import choose
from vaultkit.lint.rule import all_rules
from vaultkit.lint.run import lint
from vaultkit.plan.plan import Create, Plan
from vaultkit.report.fitted import fitted

_FILE = "vaultkit.toml"


@click.command(short_help="Write a configuration fitted to a vault.")
@vault_argument
@click.option("--apply", "do_apply", is_flag=True, help="Write it; `undo` takes it back.")
def init(vault: Path | None, do_apply: bool) -> None:
    """Show a configuration fitted to VAULT: its folders, its properties, what is found today.

    Everything in it is explained, and what is commented out is an offer. With --apply it is
    written to `vaultkit.toml` in the vault; an existing configuration is never overwritten.
    """
    place = locate(vault)
    announce(place)
    if place.config.file is not None:
        raise UsageError(
            f"{place.config.file} already has settings for this vault",
            "change it there; `vaultkit rules NAME` shows a rule's settings",
        )
    opened = open_vault(place.root, Config())
    with progress("checking"):
        found = lint(opened, choose(), today=date.today())
    text = fitted(opened, found, all_rules()).encode()
    if not do_apply:
        print_bytes(text)
        where = "" if place.found_by else f" {place.root}"
        click.echo(f"nothing was written; write it with: vaultkit init{where} --apply", err=True)
        return
    from vaultkit.plan import store

    plan = Plan(f"write {_FILE}", (Create(PurePosixPath(_FILE), text),))
    store.apply(place.root, plan, command="vaultkit init", backup=Path(place.config.backup))
    click.echo(f"{place.root / _FILE} written; look through it, then: vaultkit lint")
