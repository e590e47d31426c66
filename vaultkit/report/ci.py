"""Findings in the forms in which build services take them."""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from vaultkit.lint.finding import Severity
from vaultkit.report.findings import Answer
from vaultkit.report.sarif import fingerprints
from vaultkit.report.shown import as_json, one_line

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_GRAVITY: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def github(answer: Answer) -> str:
    """Workflow commands, which GitHub shows as annotations on the changed lines."""
    lines: list[str] = []
    for finding, start, end, *_ in answer.findings:
        about = {
            "file": answer.prefix + finding.path,
            "line": str(start.line),
            "endLine": str(end.line),
            "title": finding.rule,
        }
        if start.line == end.line:
            about |= {"col": str(start.column), "endColumn": str(end.column)}
        told = ",".join(f"{key}={_property(value)}" for key, value in about.items())
        lines.append(f"::{_COMMANDS[finding.severity]} {told}::{_data(finding.message)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    encoded = text.encode("utf-8", "backslashreplace").decode()
    return encoded.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(answer: Answer) -> str:
    """A code quality report, as GitLab's merge requests show it."""
    rows = []
    for item, mark in zip(answer.findings, fingerprints(answer.findings), strict=True):
        finding, start, end = item[:3]
        rows.append(
            {
                "description": one_line(finding.message),
                "check_name": finding.rule,
                "fingerprint": mark,
                "severity": _GRAVITY[finding.severity],
                "location": {
                    "path": answer.prefix + finding.path,
                    "lines": {"begin": start.line, "end": end.line},
                },
            }
        )
    return as_json(rows)


def junit(answer: Answer) -> str:
    """JUnit XML: a suite for each rule, a failed case for each finding, a passed one for none."""
    total = sum(1 for _ in answer.findings)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    passed = len(set(answer.rules) - {item.finding.rule for item in answer.findings})
    lines.append(f'<testsuites name="vaultkit" tests="{total + passed}" failures="{total}">')
    by_rule = sorted(answer.findings, key=lambda item: item.finding.rule)
    groups = {name: list(found) for name, found in groupby(by_rule, lambda item: item.finding.rule)}
    for name in sorted({*answer.rules, *groups}):
        found = groups.get(name, [])
        lines.append(
            f'  <testsuite name="{name}" tests="{len(found) or 1}" failures="{len(found)}">'
        )
        if not found:
            lines.append(f'    <testcase classname="{name}" name="{name}"/>')
        for item in found:
            finding, start = item[:2]
            path = _xml(answer.prefix + finding.path)
            case = quoteattr(f"{path}:{start.line}:{start.column}")
            lines.append(f'    <testcase classname="{name}" name={case} file={quoteattr(path)}>')
            said = quoteattr(_xml(finding.message))
            where = escape(f"{path}:{start.line}:{start.column}")
            lines.append(
                f'      <failure type="{finding.severity}" message={said}>{where}</failure>'
            )
            lines.append("    </testcase>")
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _xml(text: str) -> str:
    """The text without what XML 1.0 cannot hold at all."""
    shown = one_line(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    return shown.encode("utf-8", "backslashreplace").decode()
