"""Broken link -> the note it meant, as a plan: every edit proven before it is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from vaultkit.note import Board, Link, Note
from vaultkit.plan.plan import Plan, Write
from vaultkit.repair.propose import Options, Proposal, Refusal
from vaultkit.repair.survey import Sighting, Surveyor
from vaultkit.repair.write import Rewrite, rewrite
from vaultkit.text import Source, apply_edits
from vaultkit.vault import Found, Page, Vault


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


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What `reconcile` would do: repairs and refusals in the order of the vault's files.

    missing: broken links that nothing in the vault resembles, or only by an unsafe step.
    """

    repairs: tuple[Repair, ...]
    refused: tuple[Refused, ...]
    missing: int
    plan: Plan


def reconcile(vault: Vault, options: Options | None = None) -> Reconciliation:
    """The repairs that are safe in a vault, and those that are not.

    Each edit is made on a copy of its file, the copy is parsed again, and the edit counts
    only if its link then means exactly the proposed note and every other link reads as before.
    """
    surveyor = Surveyor(vault, options)
    repairs: list[Repair] = []
    refused: list[Refused] = []
    missing = 0
    for path, page in vault.pages():
        wanted: list[Repair] = []
        left: list[Refused] = []
        for link in page.links:
            sighting = surveyor.sight(path, page, link)
            if not sighting.bucket.startswith("missing"):
                continue
            outcome = _outcome(surveyor, page, sighting)
            if isinstance(outcome, Repair):
                wanted.append(outcome)
            elif isinstance(outcome, Refused):
                left.append(outcome)
            else:
                missing += 1
        if wanted:
            proven, failed = _prove(vault, path, page, wanted)
            repairs += proven
            left += failed
        refused += sorted(left, key=lambda item: item.link.span)
    return Reconciliation(tuple(repairs), tuple(refused), missing, _plan(vault, repairs))


def _outcome(surveyor: Surveyor, page: Page, sighting: Sighting) -> Repair | Refused | None:
    path, link, verdict = sighting.path, sighting.link, sighting.verdict
    if isinstance(verdict, Refusal):
        return Refused(path, link, verdict)
    if verdict is None:
        return None
    title = surveyor.forms.title(verdict.path) if verdict.reason.startswith("title") else None
    made = rewrite(surveyor.vault, page, link, verdict.path, title)
    if made is None:
        return Refused(path, link, Refusal("would not resolve", (verdict.path,)))
    return Repair(path, link, made, verdict)


def _prove(
    vault: Vault, path: str, page: Page, wanted: list[Repair]
) -> tuple[list[Repair], list[Refused]]:
    """Split repairs into those that hold after a fresh parse of the edited file, and the rest."""
    proven, failed = list(wanted), []
    while proven:
        wrong = _wrong(vault, path, page, proven)
        if not wrong:
            break
        failed += [
            Refused(path, item.link, Refusal("would not resolve", (item.proposal.path,)))
            for item in wrong
        ]
        proven = [item for item in proven if item not in wrong]
    return proven, failed


def _wrong(vault: Vault, path: str, page: Page, repairs: Sequence[Repair]) -> Sequence[Repair]:
    """The repairs after which their link, or another, does not read as it must."""
    data = apply_edits(page.source.data, [item.rewrite.edit for item in repairs])
    source = Source(page.source.path, data)
    after = (Note(source, page.engine) if isinstance(page, Note) else Board(source)).links
    before = page.links
    if len(after) != len(before):
        return repairs if len(repairs) == 1 else _one_by_one(vault, path, page, repairs)
    by_span = {item.link.span: item for item in repairs}
    wrong: list[Repair] = []
    for old, new in zip(before, after, strict=True):
        repair = by_span.get(old.span)
        if repair is None:
            if old[:4] != new[:4]:
                return repairs if len(repairs) == 1 else _one_by_one(vault, path, page, repairs)
        elif (
            old.kind != new.kind
            or old.fragment != new.fragment
            or (old.display is not None and old.display != new.display)
            or vault.resolve(new.target, path) != Found(repair.proposal.path)
        ):
            wrong.append(repair)
    return wrong


def _one_by_one(vault: Vault, path: str, page: Page, repairs: Sequence[Repair]) -> Sequence[Repair]:
    """The repairs that fail alone; all of them when each holds alone but not together."""
    return [item for item in repairs if _wrong(vault, path, page, [item])] or repairs


def _plan(vault: Vault, repairs: list[Repair]) -> Plan:
    by_path: dict[str, list[Repair]] = {}
    for item in repairs:
        by_path.setdefault(item.path, []).append(item)
    pages = dict(vault.pages())
    count = len(repairs)
    return Plan(
        f"repair {count} broken link{'' if count == 1 else 's'}",
        tuple(
            Write(
                PurePosixPath(path),
                pages[path].source.digest,
                tuple(item.rewrite.edit for item in items),
            )
            for path, items in by_path.items()
        ),
    )
