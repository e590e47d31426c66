"""A property whose value is not of the type that the vault gives it.

Types are those of Obsidian's own property editor, in `.obsidian/types.json`; `tags`, `aliases`
and `cssclasses` are lists in every vault, and since version 1.9 a text there is not read at all.
Obsidian shows such a value with a warning, and searches, bases and plugins pass it by.

The fix makes a list of a text under those three names. Other values are for a person to mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vaultkit.lint.finding import Fix
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.templates import is_template_place
from vaultkit.lint.view import Context
from vaultkit.lint.yaml_list import list_edit
from vaultkit.note import Note, Property
from vaultkit.note.placeholder import is_template

FAMILY = "front-matter"
SEVERITY = "warning"

_LISTS = {"tags": r"[,\s]+", "aliases": r"\s*,\s*", "cssclasses": r"[,\s]+"}
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ].*)?")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")
_NAMES = {
    "text": "a text",
    "multitext": "a list",
    "number": "a number",
    "checkbox": "true or false",
    "date": "a date",
    "datetime": "a date and time",
    "tags": "a list",
    "aliases": "a list",
}


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    types = context.settings.types
    for key, value in note.values.items():
        if (key in _LISTS or key in types) and _is_wrong(key, value, types.get(key, "")):
            break
    else:
        return
    path = note.source.name
    if is_template_place(path, context.settings):
        return
    for item in note.properties:
        kind = types.get(item.key, "")
        if _is_wrong(item.key, item.value, kind):
            asked = "a list" if item.key in _LISTS else _NAMES[kind]
            what = f"`{item.key}` is {asked}, not {_told(item.value)}"
            yield Hit(path, item.value_span, what, (), _fix(note, item))


def _is_wrong(key: object, value: Any, kind: str) -> bool:
    if value is None or value == "" or (isinstance(value, str) and is_template(value)):
        return False
    if key in _LISTS:
        return not isinstance(value, list)
    if kind in ("text", "multitext"):
        return isinstance(value, dict) or (kind == "text" and isinstance(value, list))
    if kind == "number":
        return not isinstance(value, (int, float)) or isinstance(value, bool)
    if kind == "checkbox":
        return not isinstance(value, bool)
    if kind in ("date", "datetime"):
        shape = _DATE if kind == "date" else _TIME
        return not isinstance(value, str) or not (
            shape.fullmatch(value.strip()) or value.strip().startswith("[[")
        )
    return False


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return f"`{value}`".replace("\n", " ")


def _fix(note: Note, item: Property) -> Fix | None:
    if item.key not in _LISTS:
        return None
    edit = list_edit(note, item, _LISTS[item.key])
    return Fix("write it as a list", (edit,)) if edit is not None else None


_TYPES = {".obsidian/types.json": '{"types": {"due": "date", "score": "number", "up": "text"}}'}
BAD = (
    Example(
        {"A.md": "---\ntags: «one, two»\n---\n"},
        {"A.md": "---\ntags:\n  - one\n  - two\n---\n"},
    ),
    Example({"A.md": "---\ndue: «tomorrow»\nscore: «high»\nup:\n  «- a»\n---\n", **_TYPES}),
)
GOOD = (
    Example({"A.md": "---\ndue: 2026-01-31\nscore: 0.5\nup:\n---\n", **_TYPES}),
    Example({"A.md": "---\ndue: soon\nscore: high\n---\n"}, why="No type is assigned."),
)
