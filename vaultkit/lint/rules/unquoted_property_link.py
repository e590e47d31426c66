"""A link in the front matter without quotes around it.

YAML reads `up: [[Note]]` as a list in a list; Obsidian shows no link there, and neither backlinks
nor the graph know of it. The fix puts quotes around the brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fix
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.text import Edit

FAMILY = "links"
SEVERITY = "warning"
FRONT_MARKS = (b"[[",)


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    place = note.front_matter
    if place is None or note.source.data.find(b"[[", *place.block) < 0:
        return
    for item in note.unquoted_links:
        markup = note.source.slice(item.span)
        quoted = b'"' + markup.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
        yield Hit(
            note.source.name,
            item.span,
            f"`[[{item.text}]]` without quotes is a list in a list, not a link",
            (),
            Fix("put quotes around it", (Edit(item.span, quoted),)),
        )


BAD = (
    Example({"A.md": "---\nup: «[[B]]»\n---\n", "B.md": ""}, {"A.md": '---\nup: "[[B]]"\n---\n'}),
    Example(
        {"A.md": "---\nup:\n  - «[[B]]»\n---\n", "B.md": ""},
        {"A.md": '---\nup:\n  - "[[B]]"\n---\n'},
    ),
)
GOOD = (
    Example({"A.md": '---\nup: "[[B]]"\n---\n', "B.md": ""}),
    Example({"A.md": "---\nmatrix: [[1, 2], [3, 4]]\n---\n"}),
)
