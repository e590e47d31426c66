"""Which brackets of the body are links: wikilinks and Markdown links among each other."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.note.markdown_link import text_end
from vaultkit.note.marks import MarkdownLink, Marks
from vaultkit.note.wikilink import Candidate, candidates, in_text
from vaultkit.note.zones import Zone, beginning_outside, merged


def wikilinks(data: bytes, start: int, marks: Marks) -> list[Candidate]:
    """The wikilinks from `start` on: not in code, a formula, HTML, or a link's address."""
    found = list(candidates(data, start))
    opaque = merged(marks.opaque)
    holding = [mark for mark, _ in _holding(marks.links, found)]
    if holding:
        opaque = merged([*opaque, *(_without_text(data, mark) for mark in holding)])
    return list(in_text(data, found, opaque, marks.tables))


def markdown_links(
    data: bytes, marks: Sequence[MarkdownLink], wiki: Sequence[Candidate]
) -> list[MarkdownLink]:
    """The Markdown links that stand.

    One that begins in a wikilink is the wikilink's text, one whose text holds a wikilink is
    none, since links do not nest, and what stands in an image's description is plain text.
    """
    outside = beginning_outside(marks, [candidate.span for candidate in wiki])
    void = {
        mark.start
        for mark, inside in _holding(outside, [found for found in wiki if not found.embed])
        if not mark.image and inside.span.start < text_end(data, mark)
    }
    standing: list[MarkdownLink] = []
    description_end = 0
    for mark in outside:
        if mark.start < description_end or mark.start in void:
            continue
        standing.append(mark)
        if mark.image:
            description_end = mark.end
    return standing


def _holding(
    marks: Sequence[MarkdownLink], found: Sequence[Candidate]
) -> list[tuple[MarkdownLink, Candidate]]:
    """The marks with a candidate inside, and the first such candidate; both in order."""
    result: list[tuple[MarkdownLink, Candidate]] = []
    index, last = 0, len(found)
    for mark in marks:
        while index < last and found[index].span.start < mark.start:
            index += 1
        if index == last:
            break
        if found[index].span.start < mark.end:
            result.append((mark, found[index]))
    return result


def _without_text(data: bytes, mark: MarkdownLink) -> Zone:
    """Brackets in a link's address or an image's description are no wikilinks.

    CommonMark reads `![[b]](u)` as an image; in Obsidian the embed at its start wins.
    """
    if mark.image and data[mark.start : mark.start + 3] != b"![[":
        return mark.start, mark.end
    return text_end(data, mark) + 1, mark.end
