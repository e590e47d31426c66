"""Proof that edits change a note where they say and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from vaultkit.note import Board, Note
from vaultkit.text import Edit, Source, Span, apply_edits
from vaultkit.vault import Page


def is_sound(page: Page, edits: Iterable[Edit]) -> bool:
    """Whether the page reads as before wherever no edit touches it.

    The edited bytes are parsed again: every link, heading, block id, tag, code block, formula and
    property that touches no edit must still be there with the same meaning, nothing new may
    appear, and what could be loaded must still load.
    """
    ordered = sorted(edits)
    source = Source(page.source.name, apply_edits(page.source.data, ordered))
    after = Note(source, page.engine) if isinstance(page, Note) else Board(source)
    if after.problems and not page.problems:
        return False
    before_spans = [edit.span for edit in ordered]
    return _elsewhere(page, before_spans) == _elsewhere(after, list(_moved(ordered)))


def _moved(edits: Sequence[Edit]) -> Iterator[Span]:
    """Where each edit's new bytes stand afterwards."""
    shift = 0
    for span, new in edits:
        start = span.start + shift
        yield Span(start, start + len(new))
        shift += len(new) - (span.end - span.start)


def _elsewhere(page: Page, places: Sequence[Span]) -> Counter[Any]:
    return Counter(
        meaning
        for span, meaning in _elements(page)
        if not any(span.start <= place.end and place.start <= span.end for place in places)
    )


def _elements(page: Page) -> Iterator[tuple[Span, Any]]:
    for link in page.links:
        yield link.span, ("link", link.kind, link.target, link.fragment, link.display, link.where)
    if isinstance(page, Board):
        return
    for heading in page.headings:
        yield heading.span, ("heading", heading.level, heading.text)
    for block in page.blocks:
        yield block.span, ("block", block.id)
    for tag in page.tags:
        yield tag.span, ("tag", tag.name)
    for fence in page.fences:
        yield fence.span, ("code", fence.info, fence.code, fence.container, fence.closed)
    for item in page.math:
        yield item.span, ("formula", item.text, item.display)
    for item_ in page.properties:
        yield item_.span, ("property", item_.key, repr(item_.value))
