"""Findings with all that is shown of them: they need no vault any more.

A run's answer is made of these, whether the run was carried out or remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from vaultkit.lint.finding import Finding, Fix, Severity
from vaultkit.lint.table import TABLE
from vaultkit.text import Edit, Position, Source, Span

if TYPE_CHECKING:
    from vaultkit.vault import Page, Vault

# A line wider than this is never shown whole; a character takes four bytes at most.
_WIDEST = 100
_FAR = 4 * _WIDEST
_LONGEST = 200
_DIGITS = re.compile(r"\d+")


class Excerpt(NamedTuple):
    """The line in which a finding begins: what stands before it, its own text, what follows."""

    before: str
    marked: str
    after: str


class Located(NamedTuple):
    """A finding where a person sees it.

    start, end: of its span; the end is the position after its last character.
    edits:      the same for each edit of its fix.
    known:      by what a baseline knows it.
    """

    finding: Finding
    start: Position
    end: Position
    excerpt: Excerpt | None
    edits: tuple[tuple[Position, Position], ...]
    known: str


def locate(vault: Vault, findings: Iterable[Finding]) -> Iterator[Located]:
    """Each finding with its place; what is about a file without lines is at its beginning."""
    nowhere = Position(1, 1, 0)
    for finding in findings:
        page = vault.notes.get(finding.path) or vault.boards.get(finding.path)
        known = _known(page, finding)
        if page is None:
            yield Located(finding, nowhere, nowhere, None, (), known)
            continue
        source, span = page.source, finding.span
        edits = finding.fix.edits if finding.fix else ()
        yield Located(
            finding,
            source.position(span.start),
            source.position(span.end),
            _excerpt(source, span),
            tuple((source.position(x.span.start), source.position(x.span.end)) for x in edits),
            known,
        )


def _known(page: Page | None, finding: Finding) -> str:
    """What tells a finding from others of its rule in its file, wherever its line may move."""
    text = page.source.text(finding.span) if page is not None else ""
    if not text.strip() or TABLE[finding.rule].known_by == "message":
        text = _DIGITS.sub("#", finding.message)
    return text[:_LONGEST]


def _excerpt(source: Source, span: Span) -> Excerpt | None:
    first, last = source.line_span(span.start)
    end = min(span.end, last)
    before = source.text(Span(max(first, span.start - _FAR), span.start))[-_WIDEST:]
    marked = source.text(Span(span.start, min(end, span.start + _FAR)))[:_WIDEST]
    after = source.text(Span(end, min(last, end + _FAR)))[:_WIDEST]
    return Excerpt(before, marked, after) if (before + marked + after).strip() else None


def encode(item: Located) -> list[Any]:
    """A finding as plain JSON values, without its file."""
    finding = item.finding
    fix = finding.fix
    return [
        *finding[1:6],
        None if fix is None else [fix.title, fix.safety, [_edit(edit) for edit in fix.edits]],
        *item[1:],
    ]


def decode(path: str, value: list[Any]) -> Located:
    """A finding in a file from the plain values that `encode` made."""
    span, rule, severity, message, suggestions, fix, start, end, excerpt, edits, known = value
    made = None
    if fix is not None:
        changes = tuple(Edit(Span(*place), _bytes(new)) for place, new in fix[2])
        made = Fix(fix[0], changes, fix[1])
    return Located(
        Finding(path, Span(*span), rule, cast(Severity, severity), message, (*suggestions,), made),
        Position(*start),
        Position(*end),
        None if excerpt is None else Excerpt(*excerpt),
        tuple((Position(*first), Position(*last)) for first, last in edits),
        known,
    )


def _edit(edit: Edit) -> list[Any]:
    return [edit.span, edit.new.decode("utf-8", "surrogateescape")]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
