"""A property that holds a table, or a list of lists.

Obsidian shows such a value as raw text that its property editor cannot change; search, bases and
links do not look inside. Write flat properties instead, or keep the data in a code block. Links
without quotes, which YAML reads as a list in a list too, are found by `unquoted-property-link`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note

FAMILY = "front-matter"
SEVERITY = "info"


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    for value in note.values.values():
        if type(value) in (list, dict) and _is_nested(value):
            break
    else:
        return
    links = note.unquoted_links
    for item in note.properties:
        start, end = item.value_span
        if _is_nested(item.value) and not any(start <= link.span.start < end for link in links):
            what = "a table" if isinstance(item.value, dict) else "a list of lists or tables"
            yield Hit(note.source.name, item.key_span, f"`{item.key}` holds {what}")


def _is_nested(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value)
    return isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value)


BAD = (
    Example({"A.md": "---\n«author»:\n  name: Shannon\n  born: 1916\n---\n"}),
    Example({"A.md": "---\n«matrix»: [[1, 2], [3, 4]]\n---\n"}),
)
GOOD = (
    Example({"A.md": "---\nauthors: [Shannon, Weaver]\nempty: {}\n---\n"}),
    Example({"A.md": "---\nup: [[B]]\n---\n"}, why="Another rule's finding."),
)
