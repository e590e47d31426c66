"""A property that stands twice in one note.

YAML forbids it, and Obsidian then shows the whole block as invalid: no property of the note
works. Where both have the same value, the fix takes the second away; otherwise a person must
say which value holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fix
from vaultkit.lint.places import whole_lines
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note, Property
from vaultkit.text import Edit

FAMILY = "front-matter"
SEVERITY = "error"


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    if note.content.plain is not None or len(note.values) == 0:
        return
    first: dict[str, Property] = {}
    for item in note.properties:
        twin = first.setdefault(item.key, item)
        if twin is not item:
            line = note.source.position(twin.key_span.start).line
            same = note.source.slice(twin.value_span) == note.source.slice(item.value_span)
            lines = whole_lines(note.source.data, item.span)
            fix = Fix("take the second away", (Edit(lines, b""),)) if same else None
            what = f"`{item.key}` stands in line {line} too"
            yield Hit(note.source.name, item.key_span, what, (), fix)


BAD = (
    Example({"A.md": "---\nstatus: a\n«status»: b\n---\n"}),
    Example(
        {"A.md": "---\ntags:\n  - a\nx: 1\n«tags»:\n  - a\n---\n"},
        {"A.md": "---\ntags:\n  - a\nx: 1\n---\n"},
    ),
)
GOOD = (Example({"A.md": "---\nstatus: a\nStatus: b\n---\n"}, why="Two different keys."),)
