"""`[[AL]]` -> `[[Note|AL]]`, where people write a note's alias as if it were its name."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import NamedTuple

from vaultkit.errors import ConflictError, UsageError
from vaultkit.names import link_key
from vaultkit.plan.plan import Plan, Write
from vaultkit.repair.after import after
from vaultkit.repair.survey import Sighting, Surveyor
from vaultkit.repair.write import rewrite
from vaultkit.text import Edit
from vaultkit.vault import Found, Vault


class Wanted(NamedTuple):
    """An alias that is written as a name: its one note, and the links."""

    alias: str
    path: str
    links: tuple[Sighting, ...]


def wanted(vault: Vault) -> list[Wanted]:
    """Every alias that broken links name and exactly one note carries, the most written first."""
    found: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for item in Surveyor(vault).survey():
        if item.bucket == "missing-alias":
            found[link_key(item.link.target), item.candidates[0]].append(item)
    listed = [
        Wanted(links[0].link.target, path, tuple(links)) for (_, path), links in found.items()
    ]
    return sorted(listed, key=lambda item: (-len(item.links), link_key(item.alias), item.path))


def promote(vault: Vault, aliases: list[str]) -> Plan:
    """The plan that makes every link to the aliases lead to their notes and show the alias.

    Each file is parsed again with its edits: its links must be the same ones, the edited ones
    leading to the note. Raises UsageError for an alias that no broken link names.
    """
    known = wanted(vault)
    chosen: list[Wanted] = []
    for alias in aliases:
        item = next((item for item in known if link_key(item.alias) == link_key(alias)), None)
        if item is None:
            names = ", ".join(f"`{item.alias}`" for item in known[:12])
            raise UsageError(
                f"no link leads nowhere by the alias `{alias}` of one note",
                f"such links name: {names}" if names else "the vault has no such link",
            )
        chosen.append(item)
    edits: dict[str, list[Edit]] = defaultdict(list)
    means: dict[tuple[str, int], str] = {}
    for item in chosen:
        for sighting in item.links:
            link, page = sighting.link, vault.page(sighting.path)
            made = rewrite(vault, page, link, item.path, title=link.target)
            if made is None:
                place = page.source.position(link.span.start)
                raise ConflictError(
                    f"{sighting.path}:{place.line}: no way to write the link leads to {item.path}",
                    "change it by hand first",
                )
            edits[sighting.path].append(made.edit)
            means[sighting.path, page.links.index(link)] = item.path
    count = len(means)
    plan = Plan(
        f"promote {count} link{'' if count == 1 else 's'} to "
        + ", ".join(item.alias for item in chosen),
        tuple(
            Write(PurePosixPath(path), vault.page(path).source.digest, tuple(edits[path]))
            for path in sorted(edits)
        ),
    )
    _prove(vault, plan, means)
    return plan


def _prove(vault: Vault, plan: Plan, means: dict[tuple[str, int], str]) -> None:
    changed = after(vault, plan)
    for action in plan.actions:
        path = str(action.path)
        before, now = vault.page(path).links, changed.page(path).links
        for number, (old, new) in enumerate(zip(before, now, strict=False)):
            target = means.get((path, number))
            same = old[:4] == new[:4] if target is None else old.fragment == new.fragment
            if not same or (target and changed.resolve(new.target, path) != Found(target)):
                break
        else:
            if len(before) == len(now):
                continue
        raise ConflictError(
            f"{path}: the links would not read as meant; nothing was written",
            "change the links of this note by hand",
        )
