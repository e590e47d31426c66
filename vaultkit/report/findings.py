"""Findings as text with the source line and a caret, and as JSON."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import click

from vaultkit.lint.finding import Finding, Severity
from vaultkit.report.shown import one_line
from vaultkit.text import Position, Source, Span
from vaultkit.vault import Vault

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "blue"}
_WIDEST = 100


class Answer(NamedTuple):
    """What one run of `lint` says.

    rules:  the names of the rules that ran.
    known:  how many findings a baseline kept quiet about.
    prefix: the way from the current folder to the vault, with a `/` at its end, or "".
    """

    vault: Vault
    findings: Sequence[Finding]
    rules: Sequence[str]
    known: int = 0
    prefix: str = ""


def source_of(vault: Vault, path: str) -> Source | None:
    """The bytes of a note or board; None for another file."""
    if path in vault.notes:
        return vault.notes[path].source
    return vault.boards[path].source if path in vault.boards else None


def places(vault: Vault, path: str, span: Span) -> tuple[Position, Position]:
    """The first position of a span, and the one after its last character."""
    source = source_of(vault, path)
    if source is None:
        return Position(1, 1, 0), Position(1, 1, 0)
    return source.position(span.start), source.position(span.end)


def findings_value(answer: Answer) -> dict[str, Any]:
    """Findings as the JSON contract has them."""
    rows = [finding_value(answer.vault, finding) for finding in answer.findings]
    return {"version": 1, "findings": rows, "summary": summary_value(answer)}


def finding_value(vault: Vault, finding: Finding) -> dict[str, Any]:
    """One finding; the end column is the one after the last, `range` is what editors count in."""
    start, end = places(vault, finding.path, finding.span)
    value: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "path": finding.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "range": _range(start, end),
        "fix": None,
    }
    if finding.fix is not None:
        value["fix"] = {
            "title": finding.fix.title,
            "safety": finding.fix.safety,
            "edits": [
                {
                    "range": _range(*places(vault, finding.path, edit.span)),
                    "new": edit.new.decode("utf-8", "replace"),
                }
                for edit in finding.fix.edits
            ],
        }
    return value


def _range(start: Position, end: Position) -> dict[str, Any]:
    """Line and character from 0, in UTF-16 code units, as the Language Server Protocol counts."""
    first, last = ({"line": item.line - 1, "character": item.utf16} for item in (start, end))
    return {"start": first, "end": last}


def summary_value(answer: Answer) -> dict[str, Any]:
    """How many findings, by rule, and how many of them a safe fix mends."""
    findings = answer.findings
    counts = Counter(finding.rule for finding in findings)
    return {
        "notes": len(answer.vault.notes),
        "findings": len(findings),
        "fixable": sum(1 for item in findings if item.fix and item.fix.safety == "safe"),
        "known": answer.known,
        "rules": dict(sorted(counts.items())),
    }


def text_lines(answer: Answer) -> Iterator[str]:
    """Every finding with its source line, and the counts."""
    for finding in answer.findings:
        yield from finding_lines(answer.vault, finding)
    if answer.findings:
        yield ""
    yield from statistics_lines(answer)


def statistics_lines(answer: Answer) -> Iterator[str]:
    """The counts by rule and severity, and the sum."""
    summary = summary_value(answer)
    known = f"; {answer.known} known ones in the baseline" if answer.known else ""
    if not answer.findings:
        yield f"{summary['notes']} notes, nothing found{known}"
        return
    fixable = Counter(item.rule for item in answer.findings if item.fix)
    for rule, count in summary["rules"].items():
        can = f"  ({fixable[rule]} with a fix)" if fixable[rule] else ""
        yield f"{count:>6}  {rule}{can}"
    yield f"{len(answer.findings):>6}  findings in {summary['notes']} notes{known}"


def finding_lines(vault: Vault, finding: Finding) -> list[str]:
    """A finding as lines: place, rule and message; the source line; a caret; suggestions."""
    start, end = places(vault, finding.path, finding.span)
    place = click.style(f"{one_line(finding.path)}:{start.line}:{start.column}", bold=True)
    rule = click.style(finding.rule, fg=COLOURS[finding.severity])
    lines = [f"{place} {rule} {one_line(finding.message)}"]
    source = source_of(vault, finding.path)
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
