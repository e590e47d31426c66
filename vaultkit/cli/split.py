"""`vaultkit split`: a section as a note of its own; links to it follow."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, locate
from vaultkit.cli.named import with_fragment
from vaultkit.cli.output import open_vault
from vaultkit.cli.planned import Wish, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.cli.relinked import conclude_draft
from vaultkit.errors import UsageError
from vaultkit.generate.split import split as draft_of


@click.command(short_help="Make a section a note of its own; every link follows.")
@click.argument("section", metavar="NOTE#HEADING")
@plan_options
@click.option("--to", "name", metavar="NAME", help="The new note's name; else the heading's text.")
@click.option("--embed", is_flag=True, help="Leave `![[NAME]]` behind instead of a link.")
@click.option("--adopt", is_flag=True, help="Let links that lead nowhere now lead to it.")
def split(
    section: str,
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    name: str | None,
    embed: bool,
    adopt: bool,
) -> int:
    """Make the section under HEADING, to the next heading of its level, a note beside NOTE.

    The section moves byte for byte, its heading with it, and a link to the new note takes its
    place. Links to the heading, to those below it and to blocks in it lead to the new note.
    """
    place = locate(vault)
    announce(place)
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    named = with_fragment(opened, section)
    if named.fragment is None or named.fragment.startswith("^"):
        raise UsageError(f"`{section}` names no heading", "write NOTE#HEADING")
    draft = draft_of(opened, named.path, named.fragment, name, embed=embed)
    return conclude_draft(
        place, opened, draft, Wish(style, do_apply, save), "vaultkit split", adopt=adopt
    )
