"""Findings as text with the source line and a caret, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from vaultkit.lint.finding import Finding
from vaultkit.report.shown import columns, fitted, fitted_end, one_line, width
from vaultkit.text import Position, Source, Span
from vaultkit.vault import Vault

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_INDENT = "    "


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
    start, _ = _places(vault, finding)
    place = click.style(f"{one_line(finding.path)}:{start.line}:{start.column}", bold=True)
    rule = click.style(finding.rule, fg=_COLOURS[finding.severity])
    lines = [f"{place} {rule} {one_line(finding.message)}"]
    source = _source(vault, finding.path)
    if source is not None:
        lines += _caret(source, finding.span, width() - len(_INDENT))
    if any(item not in finding.message for item in finding.suggestions):
        offers = ", ".join(f"`{one_line(item)}`" for item in finding.suggestions)
        lines.append(f"{_INDENT}did you mean {offers}?")
    return lines


def _caret(source: Source, span: Span, most: int) -> list[str]:
    """The line with the marked characters underlined, cut around them where it is long."""
    first, last = source.line_span(span.start)
    # A character takes four bytes at most: what lies further away is not shown.
    far = 4 * most
    end = min(span.end, last)
    before = _shown(source, Span(max(first, span.start - far), span.start))
    marked = _shown(source, Span(span.start, min(end, span.start + far)))
    after = _shown(source, Span(end, min(last, end + far)))
    if not (before + marked + after).strip():
        return []
    marked = fitted(marked, most - 1)
    before = fitted_end(before, max(most // 3, most - columns(marked) - columns(after)))
    before = fitted_end(before, most - columns(marked))
    line = fitted(before + marked + after, most)
    caret = click.style("^" * max(columns(marked), 1), fg="cyan")
    return [f"{_INDENT}{line}", f"{_INDENT}{' ' * columns(before)}{caret}"]


def _shown(source: Source, span: Span) -> str:
    return one_line(source.text(span).replace("\t", " "))
