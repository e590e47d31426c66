"""All fixes of a run as one plan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from vaultkit.lint.finding import Finding
from vaultkit.lint.proof import is_sound
from vaultkit.plan.plan import Plan, Write
from vaultkit.text import Edit, overlapping
from vaultkit.vault import Page, Vault

OVERLAPS = "another fix changes the same bytes; run again for it"
UNSOUND = "it would change how the rest of the file reads"


class Fixing(NamedTuple):
    """What would be fixed.

    fixed:   findings whose fix is in the plan, in the order of the vault.
    skipped: findings whose fix was left out, each with the reason.
    unsafe:  findings with a fix that was not asked for.
    """

    plan: Plan
    fixed: tuple[Finding, ...]
    skipped: tuple[tuple[Finding, str], ...]
    unsafe: tuple[Finding, ...]


def fixing(vault: Vault, findings: Iterable[Finding], unsafe: bool = False) -> Fixing:
    """The safe fixes of the findings, and the unsafe ones where they are asked for.

    A fix is made whole or not at all. Where two touch the same bytes the first in the file is
    made and the other is skipped. Every fix is proven on a copy of its file: what it does not
    touch must read as before. Findings that share one fix share it whole.
    """
    by_path: dict[str, list[Finding]] = {}
    left: list[Finding] = []
    for finding in findings:
        if finding.fix is not None:
            if finding.fix.safety == "safe" or unsafe:
                by_path.setdefault(finding.path, []).append(finding)
            else:
                left.append(finding)
    writes: list[Write] = []
    fixed: list[Finding] = []
    skipped: list[tuple[Finding, str]] = []
    for path, wanted in by_path.items():
        page = vault.notes.get(path) or vault.boards[path]
        edits, made, missed = _fitting(page, wanted)
        fixed += made
        skipped += missed
        if edits:
            writes.append(Write(PurePosixPath(path), page.source.digest, edits))
    count = len(fixed)
    why = f"fix {count} finding{'' if count == 1 else 's'} of lint"
    return Fixing(Plan(why, tuple(writes)), tuple(fixed), tuple(skipped), tuple(left))


def _fitting(
    page: Page, wanted: list[Finding]
) -> tuple[tuple[Edit, ...], list[Finding], list[tuple[Finding, str]]]:
    """The edits that can be made together, the findings they fix, and those left out."""
    edits: set[Edit] = set()
    made: list[Finding] = []
    missed: list[tuple[Finding, str]] = []
    for finding in sorted(wanted, key=lambda item: item.span):
        assert finding.fix is not None
        whole = set(finding.fix.edits)
        fresh = whole - edits
        if fresh and (fresh != whole or overlapping([*edits, *fresh])):
            missed.append((finding, OVERLAPS))
        elif fresh and not is_sound(page, whole):
            missed.append((finding, UNSOUND))
        else:
            edits |= fresh
            made.append(finding)
    if not is_sound(page, edits):
        # Each holds alone but not all together: none is made.
        return (), [], [*missed, *((finding, UNSOUND) for finding in made)]
    return tuple(sorted(edits)), made, missed
