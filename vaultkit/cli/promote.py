"""`vaultkit promote`: `[[alias]]` that leads nowhere becomes `[[Note|alias]]`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from vaultkit.cli.locate import announce, locate
from vaultkit.cli.output import open_vault, print_json, print_lines
from vaultkit.cli.planned import Wish, conclude, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.errors import Exit
from vaultkit.generate.promote import Wanted, wanted
from vaultkit.generate.promote import promote as plan_of
from vaultkit.report.shown import one_line


@click.command(short_help="Write [[Note|alias]] where people write [[alias]].")
@click.argument("aliases", nargs=-1, metavar="[ALIAS]...")
@plan_options
@click.option("--all", "every", is_flag=True, help="All aliases that links name.")
def promote(
    aliases: tuple[str, ...],
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    every: bool,
) -> int:
    """Make links that name an ALIAS of one note lead to that note, and show the alias.

    Obsidian does not resolve `[[alias]]`; its own suggestions insert `[[Note|alias]]`. Without
    ALIAS the aliases that links name are listed, and at a terminal offered one by one.
    """
    place = locate(vault)
    announce(place)
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    names = list(aliases)
    if not names:
        known = wanted(opened)
        names = [item.alias for item in known] if every else _offered(known, style)
        if not names:
            return Exit.CLEAN
    plan = plan_of(opened, names)
    return conclude(place, opened, plan, Wish(style, do_apply, save), "vaultkit promote")


def _offered(known: list[Wanted], style: str) -> list[str]:
    """The aliases a person says yes to; without a person the list alone."""
    if style == "json":
        rows = [{"alias": a, "note": path, "links": len(links)} for a, path, links in known]
        print_json({"version": 1, "aliases": rows})
        return []
    if not known:
        print_lines(["no link names an alias of one note"])
        return []
    if sys.stdin.isatty():
        return [
            item.alias
            for item in known
            if click.confirm(f"{_line(item)}: promote", default=True, err=True)
        ]
    print_lines([*map(_line, known), "promote one: vaultkit promote ALIAS; or all: --all"])
    return []


def _line(item: Wanted) -> str:
    return one_line(f"{len(item.links):>4}  [[{item.alias}]] -> {item.path}")
