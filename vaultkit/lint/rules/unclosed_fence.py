"""A code block that is never closed.

Everything after the opening fence is code, to the end of the note or of the list or quote it
stands in: links, headings and tags in it are lost. Often the closing fence has fewer characters
than the opening one, or text after it, or another indent than the list allows.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.text import Span

FAMILY = "notes"
SEVERITY = "error"
MARKS = (b"```", b"~~~")


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    data = note.source.data
    for fence in note.fences:
        if not fence.closed:
            end = fence.code_span.start
            first = data[fence.span.start : end].rstrip(b"\r\n")
            place = Span(fence.span.start, fence.span.start + len(first))
            yield Hit(note.source.name, place, "this code block is never closed")


BAD = (
    Example({"A.md": "«```python»\nprint()\n"}),
    Example({"A.md": "«````»\ncode\n```\n"}, why="The closing fence is shorter."),
    Example({"A.md": "- «```»\n  code\n\ntext\n"}, why="It ends with the list item."),
)
GOOD = (Example({"A.md": "```python\nprint()\n```\n\n~~~\n```\n~~~\n"}),)
