"""Findings as text with the source line and a caret, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import click

from vaultkit.lint.finding import Finding, Severity
from vaultkit.report.shown import columns, counted, fitted, fitted_end, one_line, width
from vaultkit.text import Position, Source, Span
from vaultkit.vault import Vault

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "blue"}
_INDENT = "    "


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
    """Findings as the JSON contract has them; ranges and fixes stand in the JSON lines."""
    rows = [finding_value(answer.vault, finding) for finding in answer.findings]
    for row in rows:
        del row["range"], row["fix"]
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
        yield f"{counted(summary['notes'], 'note')}, nothing found{known}"
        return
    fixable = Counter(item.rule for item in answer.findings if item.fix)
    for rule, count in summary["rules"].items():
        can = f"  ({fixable[rule]} with a fix)" if fixable[rule] else ""
        yield f"{count:>6}  {rule}{can}"
    what = "finding" if len(answer.findings) == 1 else "findings"
    notes = counted(summary["notes"], "note")
    yield f"{len(answer.findings):>6}  {what} in {notes}{known}"


def finding_lines(vault: Vault, finding: Finding) -> list[str]:
    """A finding as lines: place, rule and message; the source line; a caret; suggestions."""
    start, _ = places(vault, finding.path, finding.span)
    place = click.style(f"{one_line(finding.path)}:{start.line}:{start.column}", bold=True)
    rule = click.style(finding.rule, fg=COLOURS[finding.severity])
    lines = [f"{place} {rule} {one_line(finding.message)}"]
    source = source_of(vault, finding.path)
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
    before = _shown(source, Span(max(first, span.start - far), span.start))[-most:]
    marked = _shown(source, Span(span.start, min(end, span.start + far)))[: most + 1]
    after = _shown(source, Span(end, min(last, end + far)))[:most]
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
