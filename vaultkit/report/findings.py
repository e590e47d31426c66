"""Findings as text with the source line and a caret, and as JSON."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from vaultkit.lint.finding import Finding
from vaultkit.report.shown import one_line
from vaultkit.text import Position, Source
from vaultkit.vault import Vault

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_WIDEST = 100


def _source(vault: Vault, path: str) -> Source | None:
    if path in vault.notes:
        return vault.notes[path].source
    return vault.boards[path].source if path in vault.boards else None


def _places(vault: Vault, finding: Finding) -> tuple[Position, Position]:
    source = _source(vault, finding.path)
    if source is None:
        return Position(1, 1, 0), Position(1, 1, 0)
    return source.position(finding.span.start), source.position(finding.span.end)


def findings_value(vault: Vault, findings: Sequence[Finding]) -> dict[str, Any]:
    """Findings as the JSON contract has them; the end column is the one after the last."""
    rows = []
    for finding in findings:
        start, end = _places(vault, finding)
        rows.append(
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "path": finding.path,
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "message": finding.message,
                "suggestions": list(finding.suggestions),
            }
        )
    return {"version": 1, "findings": rows, "summary": summary_value(findings, len(vault.notes))}


def summary_value(findings: Sequence[Finding], notes: int) -> dict[str, Any]:
    """How many findings, by rule."""
    counts = Counter(finding.rule for finding in findings)
    return {"notes": notes, "findings": len(findings), "rules": dict(sorted(counts.items()))}


def finding_lines(vault: Vault, finding: Finding) -> list[str]:
    """A finding as lines: place, rule and message; the source line; a caret; suggestions."""
    start, end = _places(vault, finding)
    place = click.style(f"{one_line(finding.path)}:{start.line}:{start.column}", bold=True)
    rule = click.style(finding.rule, fg=_COLOURS[finding.severity])
    lines = [f"{place} {rule} {one_line(finding.message)}"]
    source = _source(vault, finding.path)
    text = source.line(start.line) if source else ""
    if text.strip():
        stop = end.column if end.line == start.line else len(text) + 1
        lines += _caret(text, start.column, stop)
    if finding.suggestions:
        offers = ", ".join(f"`{one_line(item)}`" for item in finding.suggestions)
        lines.append(f"    did you mean {offers}?")
    return lines


def _caret(text: str, start: int, stop: int) -> list[str]:
    """The line with the marked columns underlined; a long line is cut around them."""
    first = 0
    if stop - 1 > _WIDEST:
        first = max(start - 1 - _WIDEST // 3, 0)
    shown = one_line(text[first : first + _WIDEST].replace("\t", " "))
    before = one_line(text[first : start - 1].replace("\t", " "))
    marked = one_line(text[max(start - 1, first) : min(stop - 1, first + _WIDEST)])
    dots = "…" if first else ""
    blank = " " * (_columns(before) + len(dots))
    caret = click.style("^" * max(_columns(marked), 1), fg="cyan")
    return [f"    {dots}{shown}", f"    {blank}{caret}"]


def _columns(text: str) -> int:
    """Terminal columns: wide East Asian characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
