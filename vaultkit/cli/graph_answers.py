"""The answers of `vaultkit graph` that are about single notes, revisions or limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.cli.locate import Place
from vaultkit.cli.output import print_json, print_lines, progress
from vaultkit.errors import Exit, UsageError
from vaultkit.graph.build import build_graph
from vaultkit.graph.journey import journey as find_journey
from vaultkit.graph.journey import neighbourhood
from vaultkit.graph.model import Graph
from vaultkit.report.graph import changes, ways
from vaultkit.vault import Vault

if TYPE_CHECKING:
    from vaultkit.cli.graph import Opened


def journey(opened: Opened, start: str, end: str, why: bool, as_json: bool) -> int:
    """The way from one note to another."""
    steps = find_journey(opened.graph, start, end)
    if as_json:
        value = ways.journey_value(opened.vault, start, end, steps, why)
        print_json({"version": 1, **value})
    else:
        print_lines(ways.journey_lines(opened.vault, start, end, steps, why))
    return Exit.CLEAN if steps is not None else Exit.FINDINGS


def near(opened: Opened, note: str, depth: int, as_json: bool, limit: int | None) -> int:
    """What lies around a note, the nearest `limit` of it."""
    found = neighbourhood(opened.graph, note, depth)
    if as_json:
        print_json(
            {"version": 1, **ways.neighbours_value(opened.vault, note, depth, found[:limit])}
        )
    else:
        print_lines(ways.neighbours_lines(note, found, limit))
    return Exit.CLEAN


def without(opened: Opened, note: str, as_json: bool, limit: int) -> int:
    """What would break if a note went."""
    from vaultkit.graph.removal import removal

    found = removal(opened.vault, opened.graph, note)
    if as_json:
        print_json({"version": 1, **ways.removal_value(opened.vault, found)})
    else:
        print_lines(ways.removal_lines(opened.vault, found, limit))
    return Exit.CLEAN


def check(opened: Opened, as_json: bool) -> int:
    """Whether the graph keeps the limits of the configuration."""
    from vaultkit.graph.limits import offences

    limits = opened.settings.limits
    if not limits:
        raise UsageError(
            "no limit is set", "set some in the configuration: [graph] most-isolated = 0"
        )
    with progress("measuring"):
        found = offences(opened.graph, limits)
    if as_json:
        print_json({"version": 1, **changes.offences_value(found, len(limits))})
    else:
        print_lines(changes.offence_lines(found, len(limits)))
    return Exit.FINDINGS if found else Exit.CLEAN


def diff(place: Place, opened: Opened, revision: str, as_json: bool, limit: int) -> int:
    """What changed in the graph since a revision, or between two."""
    from vaultkit.graph.change import change, renames

    before, dots, after = revision.partition("..")
    if not before or (dots and not after):
        raise UsageError(f"`{revision}` names no revision", "write REV, or REV..REV")
    old_vault, old = _past(place, opened, before)
    new_vault, new = _past(place, opened, after) if after else (opened.vault, opened.graph)
    with progress("comparing"):
        found = change(old, new, renames(old_vault, new_vault))
    if as_json:
        print_json({"version": 1, **changes.change_value(before, after, found)})
    else:
        print_lines(changes.change_lines(found, limit))
    return Exit.CLEAN


def _past(place: Place, opened: Opened, revision: str) -> tuple[Vault, Graph]:
    """The vault and its graph in a revision, read with the settings of today."""
    from vaultkit.report.git import files_at
    from vaultkit.vault.snapshot import READ, vault_of

    with progress(f"reading {revision}"):
        files = files_at(place.root, revision, READ)
        past = vault_of(place.root, files, opened.vault.settings, place.config)
        built = build_graph(past, opened.settings.relations)
    return past, built.visible()
