"""`vaultkit oracles`: the concepts that a note's code can be proven against."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import format_option, locate, vault_option
from vaultkit.cli.output import print_json, print_lines
from vaultkit.errors import UsageError


@click.command(short_help="Explain the concepts that code is proven against.")
@click.argument("name", required=False)
@vault_option
@format_option("json")
def oracles(name: str | None, vault: Path | None, style: str) -> None:
    """List the concepts that `implements=` may name, or explain the one called NAME.

    A concept's page has its definition, how a function is called, the conventions with their
    defaults, and what must hold. Those of the folders that `oracles` in the configuration names
    are among them; their files are imported here as your own code, outside of any sandbox.
    """
    try:
        from vaultkit.verify.catalogue import catalogue, find
        from vaultkit.verify.describe import describe, listing
        from vaultkit.verify.own import oracle_folders
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the oracles need {error.name}, which is not installed",
            "install the extra: obsidian-vaultkit[verify]",
        ) from error
    concepts = catalogue(map(Path, oracle_folders(locate(vault).config)))
    if name is not None:
        concept = find(name, concepts)
        if style == "json":
            print_json({"version": 1, "id": concept.id, "page": describe(concept)})
        else:
            print_lines(describe(concept).splitlines())
        return
    if style == "json":
        rows = [
            {"id": one.id, "title": one.title, "formula": one.formula} for one in concepts.values()
        ]
        print_json({"version": 1, "concepts": rows})
    else:
        print_lines(listing(concepts).splitlines())
