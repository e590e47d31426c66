"""A draft whose links were seen to: refused while one would change its meaning, else concluded."""

from __future__ import annotations

import click

from vaultkit.cli.locate import Place
from vaultkit.cli.output import progress
from vaultkit.cli.planned import Wish, conclude
from vaultkit.errors import ConflictError
from vaultkit.plan import Create
from vaultkit.repair.claim import Place as LinkPlace
from vaultkit.repair.draft import Draft
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import Relinking, relink
from vaultkit.report.shown import one_line
from vaultkit.vault import Vault

_SHOWN = 8


def conclude_draft(
    place: Place,
    vault: Vault,
    draft: Draft,
    wish: Wish,
    command: str,
    *,
    adopt: bool,
    notices: tuple[str, ...] = (),
) -> int:
    """Show or carry out a draft with all links following it.

    adopt: links that lead nowhere now may lead to a file afterwards.
    Raises ConflictError, nothing written, where a link would not mean what it means now.
    """
    with progress("following the links"):
        found = relink(vault, draft)
        if found.stuck:
            raise _refusal(vault, found.stuck, "cannot follow", "change these links by hand first")
        if found.caught and not adopt:
            why = "it leads nowhere now, and would lead to a file"
            raise _refusal(
                vault,
                tuple((item, why) for item in found.caught),
                "would get a meaning",
                "if that is what they mean, add --adopt; else choose another name",
            )
        if wrong := failures(vault, found):
            raise _refusal(
                vault, tuple(wrong), "would lose their meaning", "change these links by hand first"
            )
    lines = [*notices, *_notices(vault, found)]
    more = {
        "links": sum(map(len, found.edits.values())),
        "adopted": [_place(vault, item) for item in found.caught],
        "settled": [_place(vault, item) for item in found.settled],
    }
    return conclude(place, vault, found.plan, wish, command, lines, more)


def _notices(vault: Vault, found: Relinking) -> list[str]:
    lines = []
    for items, what in (
        (found.caught, "led nowhere, and will lead to a file"),
        (found.settled, "meant one of several files, and will mean one"),
    ):
        if items:
            lines.append(click.style(f"{_links(len(items))} {what}:", bold=True))
            lines += [f"  {_place(vault, item)}" for item in items[:_SHOWN]]
            if len(items) > _SHOWN:
                lines.append(f"  and {len(items) - _SHOWN} more")
    count = sum(map(len, found.edits.values()))
    if count or not all(isinstance(action, Create) for action in found.plan.actions):
        lines.append(f"{_links(count)} rewritten")
    return lines


def _links(count: int) -> str:
    return f"{count} link{'' if count == 1 else 's'}"


def _place(vault: Vault, item: LinkPlace) -> str:
    source = vault.page(item.path).source
    at = source.position(item.link.span.start)
    return one_line(f"{item.path}:{at.line}:{at.column}  {source.text(item.link.span)}")


def _refusal(
    vault: Vault, items: tuple[tuple[LinkPlace, str], ...], what: str, hint: str
) -> ConflictError:
    lines = [f"\n  {_place(vault, item)}: {why}" for item, why in items[:_SHOWN]]
    if len(items) > _SHOWN:
        lines.append(f"\n  and {len(items) - _SHOWN} more")
    return ConflictError(f"{_links(len(items))} {what}; nothing was written{''.join(lines)}", hint)
