"""A comment that is never closed.

`%%` at the beginning of a line hides everything to the next `%%`, and without one everything to
the end of the note; `<!--` hides everything to `-->` in the same way. The reader sees nothing
of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.note.comments import may_stay_open
from vaultkit.text import Span

FAMILY = "notes"
SEVERITY = "error"
MARKS = (b"%%", b"<!--")


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    path, data = note.source.name, note.source.data
    body = note.front_matter.span.end if note.front_matter else 0
    for start, end in note.comments if may_stay_open(data, body) else ():
        if end == len(data) and (end - start < 4 or not data.endswith(b"%%")):
            yield Hit(path, Span(start, start + 2), "this comment is never closed")
    last = data.rfind(b"<!--")
    if last >= 0 and data.find(b"-->", last) < 0:
        for start, _ in note.opaque:
            if data.startswith(b"<!--", start) and data.find(b"-->", start) < 0:
                yield Hit(path, Span(start, start + 4), "this comment is never closed")


BAD = (
    Example({"A.md": "text\n\n«%%» hidden\n\nalso hidden\n"}),
    Example({"A.md": "text\n\n«<!--» hidden\n\nalso hidden\n"}),
)
GOOD = (
    Example({"A.md": "text %%hidden%% text\n\n%%\nhidden\n%%\n\n<!-- hidden -->\n"}),
    Example({"A.md": "up 50%% since `%%`\n"}, why="In a line two percent signs alone are text."),
)
