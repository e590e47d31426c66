"""A note that was last gone over too long ago.

The property `last_reinforced` says on which day a person last read the note and found it true;
older than `days` it is due again. Off by default, because the answer changes with the calendar.
The name of the property and the number of days are settings; a date that cannot be read, and a
note without one, are left to the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from vaultkit.lint.places import property_of
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context, Option
from vaultkit.note import Note

FAMILY = "knowledge"
SEVERITY = "info"
DEFAULT = False
DATED = True
OPTIONS = (
    Option("days", 365, "The number of days after which a note is due"),
    Option("property", "last_reinforced", "The property that holds the date"),
)


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    days, key = (context.option("stale-note", option) for option in OPTIONS)
    day = _day(note.values.get(key))
    if day is None or context.today is None:
        return
    age = (context.today - day).days
    item = property_of(note, key)
    if age > days and item is not None:
        yield Hit(note.source.name, item.span, f"`{key}` is {age} days ago")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value.strip()[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


BAD = (
    Example({"A.md": "---\n«last_reinforced: 2001-09-09»\n---\n"}),
    Example(
        {"A.md": "---\n«read: 2020-01-01»\n---\n"},
        config='[rules.stale-note]\ndays = 30\nproperty = "read"\n',
    ),
)
GOOD = (
    Example({"A.md": "---\nlast_reinforced: 9999-01-01\n---\n", "B.md": "text\n"}),
    Example({"A.md": "---\nlast_reinforced: soon\n---\n"}),
)
