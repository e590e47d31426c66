"""A note's links and headings by its engine alone, without any short way of `Note`."""

from __future__ import annotations

from typing import Any

from vaultkit.note import blocks, read_note
from vaultkit.note.comments import comments
from vaultkit.note.links import markdown_links, wikilinks
from vaultkit.note.markdown_link import is_external, markdown_link
from vaultkit.note.parse import read_marks
from vaultkit.note.shadow import BOM, front_matter, shadow
from vaultkit.note.wikilink import wikilink
from vaultkit.note.zones import beginning_outside, merged, within
from vaultkit.text import Source


def by_engine(data: bytes) -> dict[str, Any]:
    """What `internal_links`, `embeds`, `links` and `headings` of a note should be."""
    note = read_note(Source("a.md", data))
    block = front_matter(data)
    start = block.span.end if block else len(BOM) if data.startswith(BOM) else 0
    marks = read_marks(shadow(data))
    wiki = wikilinks(data, start, marks)
    opaque = merged(beginning_outside(marks.opaque, [item.span for item in wiki]))
    hidden = comments(data, opaque, start)

    def where(offset: int) -> Any:
        return "comment" if hidden and within(hidden, offset) else "body"

    body = [wikilink(data, item, where(item.span.start)) for item in wiki]
    body += [
        markdown_link(data, mark, where(mark.start))
        for mark in markdown_links(data, marks.links, wiki)
    ]
    found = sorted(filter(None, body), key=lambda link: link.span.start)
    links = (*note.content.links, *found) if block else tuple(found)
    internal = tuple(link for link in links if not is_external(link, data))
    return {
        "links": links,
        "internal_links": internal,
        "embeds": tuple(link for link in internal if data.startswith(b"!", link.span.start)),
        "headings": tuple(blocks.heading(data, *mark) for mark in marks.headings),
    }
