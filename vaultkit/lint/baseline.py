"""Findings that were there before: known, counted, and never more.

A baseline holds no line numbers: a finding is known by its file, its rule, and the text it
points at, so that it stays known when other lines move. It can only shrink: what has vanished
leaves it when it is written again, and what is new is never added.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from vaultkit.errors import UsageError
from vaultkit.lint.finding import Finding
from vaultkit.lint.rule import all_rules
from vaultkit.vault import Vault

FILE = "vaultkit-baseline.json"
_LONGEST = 200
_DIGITS = re.compile(r"\d+")


class Known(NamedTuple):
    """What makes a finding the same one later: file, rule, and the text it points at."""

    path: str
    rule: str
    text: str


class Comparison(NamedTuple):
    """Findings against a baseline.

    new:      those it does not know.
    vanished: how many it knows that are gone.
    left:     the baseline without what vanished.
    """

    new: list[Finding]
    vanished: int
    left: Counter[Known]


def known(vault: Vault, finding: Finding) -> Known:
    """A finding as a baseline keeps it."""
    page = vault.notes.get(finding.path) or vault.boards.get(finding.path)
    text = page.source.text(finding.span) if page is not None else ""
    if not text.strip() or all_rules()[finding.rule].known_by == "message":
        text = _DIGITS.sub("#", finding.message)
    return Known(finding.path, finding.rule, text[:_LONGEST])


def compare(
    vault: Vault, findings: Sequence[Finding], baseline: Counter[Known], ran: Iterable[str]
) -> Comparison:
    """Take the known findings away, each as often as the baseline has it.

    ran: the rules that ran; what is known of another rule stays known, unless no rule is called
    so any more.
    """
    silent = all_rules().keys() - set(ran)
    met = Counter({key: count for key, count in baseline.items() if key.rule in silent})
    pending = baseline - met
    new: list[Finding] = []
    for finding in findings:
        key = known(vault, finding)
        if pending[key] > 0:
            pending[key] -= 1
            met[key] += 1
        else:
            new.append(finding)
    return Comparison(new, pending.total(), met)


def baseline_of(vault: Vault, findings: Iterable[Finding]) -> Counter[Known]:
    """The baseline in which every one of the findings is known."""
    return Counter(known(vault, finding) for finding in findings)


def encode(baseline: Counter[Known]) -> bytes:
    """The baseline as JSON, one finding a line, sorted."""
    rows = [
        json.dumps({**key._asdict(), "count": count}, ensure_ascii=False)
        for key, count in sorted(baseline.items())
        if count > 0
    ]
    body = ",\n    ".join(rows)
    inner = f"[\n    {body}\n  ]" if rows else "[]"
    text = f'{{\n  "version": 1,\n  "findings": {inner}\n}}\n'
    return text.encode("utf-8", "backslashreplace")


def decode(data: bytes, where: str) -> Counter[Known]:
    """A baseline from its JSON; raises UsageError, naming the file, where it is none."""
    hint = "correct it, or delete it and write a new one: vaultkit lint --write-baseline"
    try:
        value: Any = json.loads(data.decode())
        if value["version"] != 1:
            raise UsageError(f"{where} is of version {value['version']!r}", "use a newer vaultkit")
        rows = value["findings"]
        baseline: Counter[Known] = Counter()
        for row in rows:
            key = Known(str(row["path"]), str(row["rule"]), str(row["text"]))
            baseline[key] += int(row.get("count", 1))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{where} is no baseline: {error!r}", hint) from error
    return baseline
