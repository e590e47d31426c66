"""Proving repairs: each is made on a copy of its file, and the copy is parsed again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from vaultkit.note import Board, Link, Note
from vaultkit.repair.propose import Proposal, Refusal, RefusalReason
from vaultkit.repair.write import Rewrite
from vaultkit.text import Source, apply_edits
from vaultkit.vault import Found, Page, Vault
from vaultkit.vault.fragment import Anchors


class Repair(NamedTuple):
    """One link that will be rewritten, and the note it will mean."""

    path: str
    link: Link
    rewrite: Rewrite
    proposal: Proposal


class Refused(NamedTuple):
    """One broken link with candidates that is left alone, and why."""

    path: str
    link: Link
    refusal: Refusal


def prove(
    vault: Vault, page: Page, wanted: list[Repair], named: Collection[str]
) -> tuple[list[Repair], list[Refused]]:
    """Split repairs into those that hold after a fresh parse of the edited file, and the rest.

    named: what links of the vault have after the `#` for this file.
    """
    lost = _lost_headings(page, wanted, named)
    proven = [item for item in wanted if item not in lost]
    failed = [_refused(item, "a heading that links name") for item in lost]
    while proven:
        wrong = _wrong(vault, page, proven)
        if not wrong:
            break
        failed += [_refused(item, "would not resolve") for item in wrong]
        proven = [item for item in proven if item not in wrong]
    return proven, failed


def _refused(item: Repair, reason: RefusalReason) -> Refused:
    return Refused(item.path, item.link, Refusal(reason, (item.proposal.path,)))


def _lost_headings(page: Page, wanted: list[Repair], named: Collection[str]) -> list[Repair]:
    """The repairs inside a heading after which some link would not find it any more."""
    if not named or isinstance(page, Board):
        return []
    spans = [heading.span for heading in page.headings]
    inside = [
        item for item in wanted if any(start <= item.link.span.start < end for start, end in spans)
    ]
    lost: list[Repair] = []
    before = Anchors(page)
    held = [fragment for fragment in named if before.has(fragment)] if inside else []
    for item in inside:
        edited = _edited(page, [item])
        assert isinstance(edited, Note)
        after = Anchors(edited)
        if not all(after.has(fragment) for fragment in held):
            lost.append(item)
    return lost


def _edited(page: Page, repairs: Sequence[Repair]) -> Page:
    data = apply_edits(page.source.data, [item.rewrite.edit for item in repairs])
    source = Source(page.source.name, data)
    return Note(source, page.engine) if isinstance(page, Note) else Board(source)


def _wrong(vault: Vault, page: Page, repairs: Sequence[Repair]) -> Sequence[Repair]:
    """The repairs after which their link, or another, does not read as it must."""
    edited = _edited(page, repairs)
    before, after = page.links, edited.links
    if len(after) != len(before):
        return repairs if len(repairs) == 1 else _one_by_one(vault, page, repairs)
    by_span = {item.link.span: item for item in repairs}
    wrong: list[Repair] = []
    for old, new in zip(before, after, strict=True):
        repair = by_span.get(old.span)
        if repair is None:
            # A Markdown link may hold a repaired embed: `[![[x]]](u)` shows another name then.
            holds = any(
                old.span.start < other.start and other.end < old.span.end for other in by_span
            )
            if old[: 3 if holds else 4] != new[: 3 if holds else 4]:
                return repairs if len(repairs) == 1 else _one_by_one(vault, page, repairs)
        elif (
            old.kind != new.kind
            or old.fragment != new.fragment
            or (old.display is not None and old.display != new.display)
            or edited.source.slice(new.span) != repair.rewrite.new
            or vault.resolve(new.target, repair.path) != Found(repair.proposal.path)
        ):
            wrong.append(repair)
    return wrong


def _one_by_one(vault: Vault, page: Page, repairs: Sequence[Repair]) -> Sequence[Repair]:
    """The repairs that fail alone; all of them when each holds alone but not together."""
    return [item for item in repairs if _wrong(vault, page, [item])] or repairs
