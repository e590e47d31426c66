"""Whether a property's value is what a schema of the configuration asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from vaultkit.note import Note
from vaultkit.schema import NoteSchema, PropertyShape

_LINK = re.compile(r"\[\[[^\[\]]+\]\]")
_NAMES = {
    "text": "a text",
    "number": "a number",
    "integer": "a whole number",
    "checkbox": "true or false",
    "date": "a date such as 2026-01-31",
    "datetime": "a date and time such as 2026-01-31T09:30",
    "list": "a list",
    "link": "a link such as [[Note]]",
}


def schemas_for(note: Note, schemas: tuple[NoteSchema, ...]) -> Iterator[NoteSchema]:
    """The schemas that are meant for a note."""
    path = note.source.name
    for schema in schemas:
        here = schema.path is None or schema.path.matches(path)
        if here and (schema.category is None or _has_category(note, schema)):
            yield schema


def _has_category(note: Note, schema: NoteSchema) -> bool:
    category = note.values.get("category")
    assert schema.category is not None
    return isinstance(category, str) and schema.category.matches(category.strip("/"))


def is_empty(value: Any) -> bool:
    """Whether a property is there but says nothing."""
    return value is None or value in ("", [], {})


def wrong(value: Any, shape: PropertyShape, folder: str) -> str | None:
    """What is wrong with a value that is not empty, or None.

    folder: the folder of the value's note, relative to the vault.
    """
    if shape.type and not _is_type(value, shape.type):
        return f"is not {_NAMES[shape.type]}"
    items = value if isinstance(value, list) else [value]
    for item in items:
        if isinstance(value, list) and shape.items and not _is_type(item, shape.items):
            return f"has the item `{item}`, which is not {_NAMES[shape.items]}"
        if shape.enum and item not in shape.enum:
            return f"is `{item}`; allowed: " + ", ".join(map(str, shape.enum))
        if shape.pattern and not re.fullmatch(shape.pattern, str(item)):
            return f"does not match `{shape.pattern}`"
    if shape.folder and value != folder:
        return f"is not the note's folder `{folder}`"
    return _out_of_range(value, shape)


def _out_of_range(value: Any, shape: PropertyShape) -> str | None:
    """A number, a list's length, or a date as text, against limits of the same kind."""
    measure: Any = len(value) if isinstance(value, list) else value
    unit = " items" if isinstance(value, list) else ""
    words = ("earlier", "later") if isinstance(measure, str) else ("less", "more")
    least, most = (
        str(item) if isinstance(item, date) else item for item in (shape.least, shape.most)
    )
    if _comparable(measure, least) and measure < least:
        return f"is {words[0]} than {least}{unit}"
    if _comparable(measure, most) and measure > most:
        return f"is {words[1]} than {most}{unit}"
    return None


def _comparable(measure: Any, limit: Any) -> bool:
    numbers = isinstance(measure, (int, float)) and isinstance(limit, (int, float))
    return numbers or (isinstance(measure, str) and isinstance(limit, str))


def _is_type(value: Any, kind: str) -> bool:
    if kind == "list":
        return isinstance(value, list)
    if kind == "checkbox":
        return isinstance(value, bool)
    if kind in ("number", "integer"):
        allowed = (int, float) if kind == "number" else (int,)
        return isinstance(value, allowed) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind == "link":
        return _LINK.fullmatch(value.strip()) is not None
    return kind == "text" or _is_time(value.strip(), kind)


def _is_time(text: str, kind: str) -> bool:
    try:
        (date if kind == "date" else datetime).fromisoformat(text)
    except ValueError:
        return False
    return kind == "datetime" or re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
