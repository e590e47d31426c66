"""`vaultkit move`: another folder for notes, files and folders; every link follows."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, locate
from vaultkit.cli.named import file_named, folder_for, folder_named
from vaultkit.cli.output import open_vault
from vaultkit.cli.planned import Wish, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.cli.relinked import conclude_draft
from vaultkit.errors import UsageError
from vaultkit.repair import rename as drafts
from vaultkit.vault import Vault


@click.command(short_help="Put notes and folders into another folder; every link follows.")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.argument("folder")
@plan_options
@click.option("--adopt", is_flag=True, help="Let links that lead nowhere now lead to them.")
def move(
    sources: tuple[str, ...],
    folder: str,
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    adopt: bool,
) -> int:
    """Put each FILE, a note or any other file or folder, into FOLDER of the vault.

    FOLDER is made when it is not there; `.` is the vault itself. Links that still mean the same
    file stay byte for byte; all others are rewritten in their own form, relative ones in the
    moved notes too. The plan is shown; without --apply nothing is written.
    """
    place = locate(vault)
    announce(place)
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    to = folder_for(opened, folder)
    draft = drafts.move(opened, [_source(opened, item) for item in sources], to)
    return conclude_draft(
        place, opened, draft, Wish(style, do_apply, save), "vaultkit move", adopt=adopt
    )


def _source(vault: Vault, text: str) -> str:
    folder = folder_named(vault, text)
    if folder == "":
        raise UsageError("the vault itself cannot be moved", "name a note or a folder in it")
    is_file = text in vault.index or f"{text}.md" in vault.index
    return folder if folder is not None and not is_file else file_named(vault, text)
