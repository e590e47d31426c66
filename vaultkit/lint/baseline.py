"""Findings that were there before: known, counted, and never more.

A baseline holds no line numbers: a finding is known by its file, its rule, and the text it
points at, so that it stays known when other lines move. It can only shrink: what has vanished
leaves it when it is written again, and what is new is never added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from vaultkit.errors import UsageError
from vaultkit.lint.located import Located
from vaultkit.lint.table import TABLE

FILE = "vaultkit-baseline.json"


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

    new: list[Located]
    vanished: int
    left: Counter[Known]


def known(item: Located) -> Known:
    """A finding as a baseline keeps it."""
    return Known(item.finding.path, item.finding.rule, item.known)


def compare(
    findings: Iterable[Located], baseline: Counter[Known], ran: Iterable[str]
) -> Comparison:
    """Take the known findings away, each as often as the baseline has it.

    ran: the rules that ran; what is known of another rule stays known, unless no rule is called
    so any more.
    """
    silent = TABLE.keys() - set(ran)
    met = Counter({key: count for key, count in baseline.items() if key.rule in silent})
    pending = baseline - met
    new: list[Located] = []
    for finding in findings:
        key = known(finding)
        if pending[key] > 0:
            pending[key] -= 1
            met[key] += 1
        else:
            new.append(finding)
    return Comparison(new, pending.total(), met)


def baseline_of(findings: Iterable[Located]) -> Counter[Known]:
    """The baseline in which every one of the findings is known."""
    return Counter(map(known, findings))


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
