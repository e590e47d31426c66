"""A note with nothing in it.

A click on a grey link makes such a note, and from then on the link looks as if it led somewhere.
A note whose properties say something is not empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.text import Span

FAMILY = "notes"
SEVERITY = "info"
KNOWN_BY = "message"


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    data = note.source.data
    start = note.front_matter.span.end if note.front_matter else 0
    if data[start:].removeprefix(b"\xef\xbb\xbf").strip() or note.problems:
        return
    if all(value in (None, "", []) for value in note.values.values()):
        yield Hit(note.source.name, Span(len(data), len(data)), "this note is empty")


BAD = (
    Example({"Untitled.md": "---\n---\n\n«»"}),
    Example({"Untitled.md": "---\ntags:\n---\n«»"}),
)
GOOD = (
    Example({"A.md": "text\n"}),
    Example({"A.md": "---\nauthor: Shannon\n---\n"}, why="A row of a database."),
)
