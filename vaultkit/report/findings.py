"""Findings as text with the source line and a caret, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import click

from vaultkit.lint.finding import Severity
from vaultkit.lint.leaves import Leaf, Leaves, tallies
from vaultkit.lint.located import Excerpt, Located
from vaultkit.report.shown import columns, counted, fitted, fitted_end, one_line, width
from vaultkit.text import Position

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "blue"}
_INDENT = "    "


class Style(NamedTuple):
    """How findings are printed as text: the columns for a source line, and whether in colour."""

    most: int
    colour: bool


class Answer(NamedTuple):
    """What one run of `lint` says.

    notes:  how many notes the vault has.
    rules:  the names of the rules that ran.
    known:  how many findings a baseline kept quiet about.
    prefix: the way from the current folder to the vault, with a `/` at its end, or "".
    """

    notes: int
    findings: Sequence[Located]
    rules: Sequence[str]
    known: int = 0
    prefix: str = ""


def findings_value(answer: Answer) -> dict[str, Any]:
    """Findings as the JSON contract has them; ranges and fixes stand in the JSON lines."""
    rows = [finding_value(item) for item in answer.findings]
    for row in rows:
        del row["range"], row["fix"]
    return {"version": 1, "findings": rows, "summary": summary_value(answer)}


def finding_value(item: Located) -> dict[str, Any]:
    """One finding; the end column is the one after the last, `range` is what editors count in."""
    finding, start, end = item[:3]
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
                {"range": _range(*place), "new": edit.new.decode("utf-8", "replace")}
                for edit, place in zip(finding.fix.edits, item.edits, strict=True)
            ],
        }
    return value


def _range(start: Position, end: Position) -> dict[str, Any]:
    """Line and character from 0, in UTF-16 code units, as the Language Server Protocol counts."""
    first, last = ({"line": item.line - 1, "character": item.utf16} for item in (start, end))
    return {"start": first, "end": last}


def summary_value(answer: Answer) -> dict[str, Any]:
    """How many findings, by rule, and how many of them a safe fix mends."""
    rules: dict[str, int] = {}
    found = tallies(answer.findings)
    for tally in found:
        rules[tally.rule] = rules.get(tally.rule, 0) + tally.number
    return {
        "notes": answer.notes,
        "findings": len(answer.findings),
        "fixable": sum(tally.safe for tally in found),
        "known": answer.known,
        "rules": rules,
    }


def style(colour: bool) -> Style:
    """As wide as the terminal is."""
    return Style(width() - len(_INDENT), colour)


def text(answer: Answer, style: Style) -> bytes:
    """Every finding with its source line, and the counts, in UTF-8.

    What is known of how they are printed is not made anew.
    """
    found = answer.findings
    parts = found.parts if isinstance(found, Leaves) else (_text(found, style),)
    shown = [x if isinstance(x, bytes) else leaf_text(x, style) for x in parts]
    counts = "".join(f"{line}\n" for line in statistics_lines(answer))
    return b"".join([*shown, b"\n" if found else b"", counts.encode()])


def leaf_text(leaf: Leaf, style: Style) -> bytes:
    """The findings in one file as they are printed; made once."""
    if leaf.shown is None:
        leaf.shown = _text(leaf.found, style)
    return leaf.shown


def _text(findings: Iterable[Located], style: Style) -> bytes:
    lines = "".join(f"{line}\n" for item in findings for line in finding_lines(item, style.most))
    lines = lines if style.colour else click.unstyle(lines)
    return lines.encode("utf-8", "backslashreplace")


def statistics_lines(answer: Answer) -> Iterator[str]:
    """The counts by rule and severity, and the sum."""
    summary = summary_value(answer)
    known = f"; {answer.known} known ones in the baseline" if answer.known else ""
    if not answer.findings:
        yield f"{counted(summary['notes'], 'note')}, nothing found{known}"
        return
    fixable: dict[str, int] = {}
    for tally in tallies(answer.findings):
        fixable[tally.rule] = fixable.get(tally.rule, 0) + tally.fixes
    for rule, count in summary["rules"].items():
        can = f"  ({fixable[rule]} with a fix)" if fixable[rule] else ""
        yield f"{count:>6}  {rule}{can}"
    what = "finding" if len(answer.findings) == 1 else "findings"
    notes = counted(summary["notes"], "note")
    yield f"{len(answer.findings):>6}  {what} in {notes}{known}"


def finding_lines(item: Located, most: int) -> list[str]:
    """A finding as lines: place, rule and message; the source line; a caret; suggestions.

    most: the columns for the source line.
    """
    finding, start = item.finding, item.start
    place = click.style(f"{one_line(finding.path)}:{start.line}:{start.column}", bold=True)
    lines = [
        f"{place} {_coloured(finding.rule, COLOURS[finding.severity])} {one_line(finding.message)}"
    ]
    if item.excerpt is not None:
        lines += _caret(item.excerpt, most)
    if any(offer not in finding.message for offer in finding.suggestions):
        offers = ", ".join(f"`{one_line(offer)}`" for offer in finding.suggestions)
        lines.append(f"{_INDENT}did you mean {offers}?")
    return lines


@cache
def _coloured(text: str, colour: str) -> str:
    return click.style(text, fg=colour)


def _caret(excerpt: Excerpt, most: int) -> list[str]:
    """The line with the marked characters underlined, cut around them where it is long."""
    # Cut first: a line of a million characters is not worth measuring whole.
    before, marked, after = (one_line(text.replace("	", " ")) for text in excerpt)
    before, marked, after = before[-most:], marked[: most + 1], after[:most]
    marked = fitted(marked, most - 1)
    before = fitted_end(before, max(most // 3, most - columns(marked) - columns(after)))
    before = fitted_end(before, most - columns(marked))
    line = fitted(before + marked + after, most)
    caret = _coloured("^" * max(columns(marked), 1), "cyan")
    return [f"{_INDENT}{line}", f"{_INDENT}{' ' * columns(before)}{caret}"]
