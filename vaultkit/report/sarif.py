"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from vaultkit import __version__
from vaultkit.lint.finding import Fix, Severity
from vaultkit.lint.located import Located
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.report.findings import Answer
from vaultkit.report.shown import as_json, one_line
from vaultkit.text import Position, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "SRCROOT"


def sarif(answer: Answer) -> str:
    """One run; places are in UTF-16 code units, addresses relative to the current folder."""
    known = all_rules()
    names = sorted({*answer.rules, *(item.finding.rule for item in answer.findings)})
    index = {name: number for number, name in enumerate(names)}
    prints = fingerprints(answer.findings)
    run = {
        "tool": {
            "driver": {
                "name": "vaultkit",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(known[name]) for name in names],
            }
        },
        "columnKind": "utf16CodeUnits",
        "results": [
            _result(answer.prefix, item, index[item.finding.rule], mark)
            for item, mark in zip(answer.findings, prints, strict=True)
        ],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def fingerprints(findings: Sequence[Located]) -> list[str]:
    """For each finding a digest of what makes it the same one after other lines have moved."""
    seen: Counter[tuple[str, str, str]] = Counter()
    marks: list[str] = []
    for item in findings:
        finding = item.finding
        key = (finding.path, finding.rule, finding.message)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        marks.append(hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest())
    return marks


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"enabled": rule.default, "level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(prefix: str, item: Located, index: int, mark: str) -> dict[str, Any]:
    finding = item.finding
    place = {"uri": _uri(prefix, finding.path), "uriBaseId": _ROOT}
    message = one_line(finding.message)
    if finding.suggestions:
        message += "; did you mean " + ", ".join(f"`{one_line(x)}`" for x in finding.suggestions)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": _region(item.start, item.end, finding.span),
                }
            }
        ],
        "partialFingerprints": {"vaultkit/v1": mark},
    }
    if finding.fix is not None:
        result["fixes"] = [_fix(item, finding.fix, place)]
    return result


def _fix(item: Located, fix: Fix, place: dict[str, str]) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(start, end, edit.span),
            "insertedContent": {"text": edit.new.decode("utf-8", "replace")},
        }
        for edit, (start, end) in zip(fix.edits, item.edits, strict=True)
    ]
    change = {"artifactLocation": place, "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _region(start: Position, end: Position, span: Span) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.utf16 + 1,
        "endLine": end.line,
        "endColumn": end.utf16 + 1,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    }


def _uri(prefix: str, path: str) -> str:
    return quote((prefix + path).encode("utf-8", "surrogateescape"))
