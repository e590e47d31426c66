"""`vaultkit index`: maps of content, glossaries and backlinks in generated regions."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, locate
from vaultkit.cli.named import folder_named, place_for
from vaultkit.cli.output import open_vault
from vaultkit.cli.planned import Wish, conclude, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.errors import UsageError
from vaultkit.generate.index import KINDS, add, fill
from vaultkit.generate.listing import BY


@click.command(short_help="Bring maps of content, glossaries and backlinks up to date.")
@click.argument("note", required=False)
@plan_options
@click.option("--kind", type=click.Choice(list(KINDS)), default="index", show_default=True)
@click.option("--by", type=click.Choice(BY), help="How an index groups its notes.")
@click.option("--folder", help="Only notes of this folder.")
@click.option("--tag", help="Only notes with this tag, or one below it.")
@click.option("--where", metavar="KEY=VALUE", help="Only notes with this property.")
@click.option("--relation", metavar="KEY", help="With --by relation, the property of the parent.")
def index(
    note: str | None,
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    kind: str,
    by: str | None,
    folder: str | None,
    tag: str | None,
    where: str | None,
    relation: str | None,
) -> int:
    """Fill every generated region of the vault; with NOTE, add a region to it first.

    A region stands between `<!-- vaultkit:begin index by=category -->` and
    `<!-- vaultkit:end -->`. Nothing outside it changes; one that was changed by hand is refused.
    A second time plans nothing.
    """
    place = locate(vault)
    announce(place)
    given = {"by": by, "folder": folder, "tag": tag, "where": where, "relation": relation}
    options = {key: value for key, value in given.items() if value is not None}
    if note is None and (options or kind != "index"):
        raise click.UsageError("name the NOTE that is to have the region.")
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    if folder is not None and folder_named(opened, folder) is None:
        raise UsageError(f"the vault has no folder `{folder}`", "name a folder of the vault")
    if note is None:
        plan = fill(opened)
    else:
        plan = add(opened, place_for(opened, note, ".md"), kind, options)
    return conclude(place, opened, plan, Wish(style, do_apply, save), "vaultkit index")
