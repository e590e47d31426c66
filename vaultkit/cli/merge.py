"""`vaultkit merge`: two notes as one; every link to either leads to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from vaultkit.cli.locate import announce, locate
from vaultkit.cli.named import note_named
from vaultkit.cli.output import open_vault
from vaultkit.cli.planned import Wish, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.cli.relinked import conclude_draft
from vaultkit.generate.front_matter import Side
from vaultkit.generate.merge import UnsettledError
from vaultkit.generate.merge import merge as draft_of
from vaultkit.repair.draft import Draft
from vaultkit.vault import Vault


@click.command(short_help="Put one note's text into another; every link follows.")
@click.argument("first")
@click.argument("second")
@plan_options
@click.option(
    "--take",
    "takes",
    multiple=True,
    metavar="KEY=first|second",
    help="Whose value of a property stays, where the notes differ.",
)
@click.option(
    "--prefer",
    type=click.Choice(["first", "second"]),
    help="Whose values stay where nothing else was said.",
)
@click.option("--adopt", is_flag=True, help="Let links that lead nowhere now lead to it.")
def merge(
    first: str,
    second: str,
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    takes: tuple[str, ...],
    prefer: str | None,
    adopt: bool,
) -> int:
    """Put the text of SECOND at the end of FIRST, which keeps its name and place.

    Properties that only SECOND has are carried over and lists are joined; where both have
    another value you are asked, or say it with --take or --prefer. Links to SECOND, to its
    headings and blocks, then lead to FIRST, and show what they showed. No byte of either text is
    lost.
    """
    place = locate(vault)
    announce(place)
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    one, two = note_named(opened, first), note_named(opened, second)
    draft = _settled(opened, one, two, _takes(takes), prefer)
    return conclude_draft(
        place, opened, draft, Wish(style, do_apply, save), "vaultkit merge", adopt=adopt
    )


def _takes(texts: tuple[str, ...]) -> dict[str, Side]:
    take: dict[str, Side] = {}
    for text in texts:
        key, _, side = text.rpartition("=")
        if not key or side not in ("first", "second"):
            raise click.UsageError(f"--take {text}: write KEY=first or KEY=second")
        take[key] = cast(Side, side)
    return take


def _settled(vault: Vault, one: str, two: str, take: dict[str, Side], prefer: str | None) -> Draft:
    """The draft, with the person asked for what is undecided where there is one to ask."""
    try:
        return draft_of(vault, one, two, take)
    except UnsettledError as error:
        if prefer is None and not sys.stdin.isatty():
            raise
        for key, mine, theirs in error.clashes:
            side = prefer or click.prompt(
                f"{key}: first has {mine!r}, second has {theirs!r}; keep",
                type=click.Choice(["first", "second"]),
                default="first",
                err=True,
            )
            take[key] = cast(Side, side)
        return draft_of(vault, one, two, take)
