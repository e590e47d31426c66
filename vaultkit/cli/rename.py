"""`vaultkit rename`: another name for a note, folder, heading or block; every link follows."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, locate
from vaultkit.cli.named import file_named, folder_named, with_fragment
from vaultkit.cli.output import open_vault
from vaultkit.cli.planned import Wish, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.cli.relinked import conclude_draft
from vaultkit.errors import UsageError
from vaultkit.names.forbidden import unportable
from vaultkit.repair import rename as drafts
from vaultkit.repair.draft import Draft
from vaultkit.vault import Vault


@click.command(short_help="Give a note, heading or block another name; every link follows.")
@click.argument("old")
@click.argument("new")
@plan_options
@click.option("--adopt", is_flag=True, help="Let links that lead nowhere now lead to it.")
def rename(
    old: str,
    new: str,
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    adopt: bool,
) -> int:
    """Call OLD, a note or any other file or folder of the vault, NEW, and rewrite every link to it.

    OLD may be a heading, `NOTE#Heading`, or a block, `NOTE#^id`; NEW is then its new text or id.
    Links in notes, front matter, canvases and bases keep their form, their display text and
    their headings; a link to another file that the new name would catch is rewritten too. The
    plan is shown; without --apply nothing is written.
    """
    place = locate(vault)
    announce(place)
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    notices: tuple[str, ...] = ()
    if problem := unportable(new.removesuffix(".md")) if "#" not in old else None:
        notices = (f"note: {problem}",)
    return conclude_draft(
        place,
        opened,
        _draft(opened, old, new),
        Wish(style, do_apply, save),
        "vaultkit rename",
        adopt=adopt,
        notices=notices,
    )


def _draft(vault: Vault, old: str, new: str) -> Draft:
    folder = folder_named(vault, old)
    if folder == "":
        raise UsageError("the vault itself cannot be renamed", "name a note or a folder in it")
    if folder is not None and old not in vault.index and f"{old}.md" not in vault.index:
        return drafts.rename_folder(vault, folder, new)
    named = with_fragment(vault, old) if "#" in old else None
    if named is None or named.fragment is None:
        path = named.path if named else file_named(vault, old)
        if "/" in new:
            raise UsageError(
                f"`{new}` is a path, not a name", "to put a file elsewhere: vaultkit move"
            )
        return drafts.rename_file(vault, path, new)
    if named.fragment.startswith("^"):
        block = named.fragment[1:]
        return drafts.rename_block(vault, named.path, block, new.removeprefix("^"))
    return drafts.rename_heading(vault, named.path, named.fragment, new)
