"""Broken link -> the note it meant, as a plan: every edit proven before it is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from vaultkit.plan.plan import Plan, Write
from vaultkit.repair.propose import Options, Refusal
from vaultkit.repair.prove import Refused, Repair, prove
from vaultkit.repair.survey import Sighting, Surveyor
from vaultkit.repair.write import rewrite
from vaultkit.vault import Page, Vault


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
    outcomes: dict[str, list[Repair | Refused]] = {}
    named: dict[str, set[str]] = {}
    missing = 0
    for path, page in vault.pages():
        found = outcomes[path] = []
        for link in page.links:
            sighting = surveyor.sight(path, page, link)
            if sighting.bucket.startswith("missing"):
                outcome = _outcome(surveyor, page, sighting)
                if outcome is None:
                    missing += 1
                    continue
                found.append(outcome)
                leads = outcome.proposal.path if isinstance(outcome, Repair) else None
            else:
                leads = sighting.resolved
            if leads is not None and link.fragment is not None:
                named.setdefault(leads, set()).add(link.fragment)
    repairs: list[Repair] = []
    refused: list[Refused] = []
    for path, page in vault.pages():
        wanted = [item for item in outcomes[path] if isinstance(item, Repair)]
        left = [item for item in outcomes[path] if isinstance(item, Refused)]
        proven, failed = prove(vault, page, wanted, named.get(path, set()))
        repairs += proven
        refused += sorted([*left, *failed], key=lambda item: item.link.span)
    return Reconciliation(tuple(repairs), tuple(refused), missing, _plan(vault, repairs))


def _outcome(surveyor: Surveyor, page: Page, sighting: Sighting) -> Repair | Refused | None:
    path, link, verdict = sighting.path, sighting.link, sighting.verdict
    if isinstance(verdict, Refusal):
        return Refused(path, link, verdict)
    if verdict is None:
        return None
    if path in surveyor.vault.linked:
        return Refused(path, link, Refusal("a symbolic link", (verdict.path,)))
    title = surveyor.forms.title(verdict.path) if verdict.reason.startswith("title") else None
    made = rewrite(surveyor.vault, page, link, verdict.path, title)
    if made is None:
        return Refused(path, link, Refusal("would not resolve", (verdict.path,)))
    return Repair(path, link, made, verdict)


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
