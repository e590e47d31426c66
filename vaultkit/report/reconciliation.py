"""What `reconcile` would do, as a coloured diff grouped by reason, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import click

from vaultkit.repair.prove import Refused, Repair
from vaultkit.repair.reconcile import Reconciliation
from vaultkit.report.links import source_of
from vaultkit.report.shown import counted, one_line, paragraphs
from vaultkit.vault import Vault

_REASONS = {
    "invisible characters": "the names differ in what is not seen, or in letter forms",
    "separators": "the names differ in spaces, hyphens or underscores",
    "punctuation": "the names differ in soft punctuation",
    "title": "the link names the note's title",
    "title, folded": "the link names the note's title, but for separators or punctuation",
    "joined words": "the names are equal without separators",
    "moved folder": "the one note of that name is in another folder",
}
_REFUSALS = {
    "same name in two folders": "several notes of that name in different folders",
    "two spellings": "several notes whose names differ from it and from each other",
    "alias only": "the link names an alias; write [[Note|alias]] if that note is meant",
    "its own note": "the only match is the note the link stands in",
    "a symbolic link": "the file is a link; it is repaired where it really is",
    "a heading that links name": "the heading would no longer be the one that links name",
    "would not resolve": "no way to write the link leads to the note",
}


def reconciliation_value(vault: Vault, found: Reconciliation) -> dict[str, Any]:
    """Edits and refusals as the JSON contract has them."""
    return {
        "version": 1,
        "edits": [_edit_value(vault, item) for item in found.repairs],
        "refused": [_refused_value(vault, item) for item in found.refused],
        "summary": summary_value(found),
    }


def summary_value(found: Reconciliation) -> dict[str, Any]:
    """How many links are repaired, refused, and broken without a candidate."""
    return {
        "edits": len(found.repairs),
        "notes": len({item.path for item in found.repairs}),
        "refused": len(found.refused),
        "unmatched": found.missing,
    }


def _place(vault: Vault, item: Repair | Refused) -> tuple[int, int]:
    place = source_of(vault, item.path).position(item.link.span.start)
    return place.line, place.column


def _edit_value(vault: Vault, item: Repair) -> dict[str, Any]:
    line, column = _place(vault, item)
    reason = item.proposal.reason + (", same folder" if item.proposal.same_folder else "")
    return {
        "path": item.path,
        "line": line,
        "column": column,
        "old": item.rewrite.old.decode("utf-8", "replace"),
        "new": item.rewrite.new.decode("utf-8", "replace"),
        "target": item.proposal.path,
        "reason": reason,
    }


def _refused_value(vault: Vault, item: Refused) -> dict[str, Any]:
    line, column = _place(vault, item)
    return {
        "path": item.path,
        "line": line,
        "column": column,
        "link": source_of(vault, item.path).text(item.link.span),
        "reason": item.refusal.reason,
        "candidates": list(item.refusal.candidates),
    }


def reconciliation_lines(vault: Vault, found: Reconciliation) -> Iterator[str]:
    """The plan by reason, file by file, then what was refused and why."""
    repairs = sorted(found.repairs, key=lambda item: list(_REASONS).index(item.proposal.reason))
    for reason, group in groupby(repairs, key=lambda item: item.proposal.reason):
        items = list(group)
        yield from _heading(f"{reason}: {_REASONS[reason]} ({len(items)})")
        yield from _edits(vault, items)
        yield ""
    refused = sorted(found.refused, key=lambda item: list(_REFUSALS).index(item.refusal.reason))
    for why, refusals in groupby(refused, key=lambda item: item.refusal.reason):
        left = list(refusals)
        yield from _heading(f"left alone, {why}: {_REFUSALS[why]} ({len(left)})")
        for item in left:
            line, column = _place(vault, item)
            markup = one_line(source_of(vault, item.path).text(item.link.span))
            yield f"  {one_line(item.path)}:{line}:{column}  {markup}"
            yield "    " + ", ".join(one_line(path) for path in item.refusal.candidates)
        yield ""


def _heading(text: str) -> list[str]:
    return [click.style(line, bold=True) for line in paragraphs(text)]


def _edits(vault: Vault, items: Iterable[Repair]) -> Iterator[str]:
    for path, group in groupby(items, key=lambda item: item.path):
        yield f"  {one_line(path)}"
        for item in group:
            line, _ = _place(vault, item)
            old = one_line(item.rewrite.old.decode("utf-8", "replace"))
            new = one_line(item.rewrite.new.decode("utf-8", "replace"))
            note = "  (in this folder)" if item.proposal.same_folder else ""
            yield f"  {line:>5}  " + click.style(f"- {old}", fg="red")
            yield "         " + click.style(f"+ {new}", fg="green") + note


def closing_line(found: Reconciliation) -> str:
    """The count in one sentence."""
    summary = summary_value(found)
    repairs = "nothing to repair"
    if found.repairs:
        notes = counted(summary["notes"], "note")
        repairs = f"{counted(summary['edits'], 'repair')} in {notes}"
    one = summary["unmatched"] == 1
    unmatched = "1 broken link matches" if one else f"{summary['unmatched']} broken links match"
    return f"{repairs}; {summary['refused']} refused, {unmatched} nothing"
