"""What an engine finds in a note: CommonMark's own structure, nothing of Obsidian's.

Two engines produce this value, `parse.py` fast and `reference.py` independently; the
shared layer in `obsidian.py` turns it into links, headings, blocks, tags and fences, so
the two can differ only in what stands here.
"""

from __future__ import annotations

from typing import NamedTuple


class MarkdownLink(NamedTuple):
    """An inline or reference link, or an image: `dest` as the engine decoded it.

    text_end: the end of what the text holds; before its `]` at most blanks and quote markers.
    """

    start: int
    end: int
    dest: str
    image: bool
    inline: bool
    text_end: int


class FenceMark(NamedTuple):
    """A fenced code block.

    code:      its content with the containers' markers taken off, line ends as LF.
    container: what it stands in, outermost first: "list", "quote".
    """

    start: int
    end: int
    code: str
    container: tuple[str, ...]


class Marks(NamedTuple):
    """Offsets are bytes of the shadow, which are bytes of the file.

    opaque:   (start, end) of code spans, code blocks, formulas, HTML tags and HTML blocks,
              in document order: no link begins inside one.
    links:    Markdown links and images, in order of their opening bracket.
    headings: (level, start, end), end of the last line's text or later.
    fences:   fenced code blocks, each also in `opaque`.
    math:     (start, end, display), each also in `opaque`.
    tables:   (start, end) of tables.
    """

    opaque: list[tuple[int, int]]
    links: list[MarkdownLink]
    headings: list[tuple[int, int, int]]
    fences: list[FenceMark]
    math: list[tuple[int, int, bool]]
    tables: list[tuple[int, int]]
