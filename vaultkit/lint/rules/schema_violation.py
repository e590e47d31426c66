"""A property that is not what the vault's own schema asks for.

`[[schemas]]` in the configuration says which notes it is for (by folder, by the `category`
property, or both), which properties they must have, and what each must be: type, allowed
values, pattern, range, unique among those notes, the value of a property of another note, or the
note's own folder. Without a schema nothing is reported. Nothing is fixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vaultkit.lint.places import first_line, property_of
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.shapes import is_empty, schemas_for, wrong
from vaultkit.lint.templates import is_template_place
from vaultkit.lint.view import View
from vaultkit.note import Note
from vaultkit.schema import NoteSchema
from vaultkit.text import Span

FAMILY = "front-matter"
SEVERITY = "error"
SCOPE = "front"
KNOWN_BY = "message"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    schemas = view.config.schemas
    if not any(schema.required or schema.properties or schema.closed for schema in schemas):
        return
    values = _Values(view)
    for path, note in view.vault.notes.items():
        if not is_template_place(path, view.vault.settings) and not note.problems:
            for schema in schemas_for(note, schemas):
                yield from _violations(path, note, schema, values)


class _Values:
    """Which notes have a value under a property, of a schema or of the whole vault."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._holders: dict[tuple[str, str], dict[Any, list[str]]] = {}

    def holders(self, key: str, schema: NoteSchema | None) -> dict[Any, list[str]]:
        place = (key, schema.name if schema else "")
        if place not in self._holders:
            found: dict[Any, list[str]] = {}
            for path, note in self._view.vault.notes.items():
                value = note.values.get(key)
                if isinstance(value, (str, int, float)) and (
                    schema is None or schema in schemas_for(note, (schema,))
                ):
                    found.setdefault(value, []).append(path)
            self._holders[place] = found
        return self._holders[place]


def _violations(path: str, note: Note, schema: NoteSchema, values: _Values) -> Iterator[Hit]:
    given = note.values
    fence = (
        Span(note.front_matter.span.start, note.front_matter.span.start + 3)
        if (note.front_matter)
        else first_line(note)
    )
    for key in schema.required:
        if key not in given:
            yield Hit(path, fence, f"`{key}` is missing ({schema.name})")
    for key, shape in schema.properties.items():
        item = property_of(note, key) if key in given else None
        if item is None:
            continue
        reason: str | None = None
        if is_empty(item.value):
            reason = "is empty" if shape.filled else None
        else:
            folder = path.rpartition("/")[0]
            reason = wrong(item.value, shape, folder) or _elsewhere(
                path, key, item.value, schema, values
            )
        if reason is not None:
            yield Hit(path, item.span, f"`{key}` {reason} ({schema.name})")
    if schema.closed:
        for item in note.properties:
            if item.key not in schema.properties and item.key not in schema.required:
                yield Hit(path, item.key_span, f"`{item.key}` is no property of {schema.name}")


def _elsewhere(path: str, key: str, value: Any, schema: NoteSchema, values: _Values) -> str | None:
    """What is wrong with a value in the light of other notes."""
    shape = schema.properties[key]
    if not isinstance(value, (str, int, float)):
        return None
    if shape.unique:
        others = [other for other in values.holders(key, schema).get(value, ()) if other != path]
        if others:
            return f"is also that of {others[0]}"
    referred = shape.reference and value not in shape.also
    if referred and not values.holders(shape.reference, None).get(value):
        return f"is `{value}`, and no note has that `{shape.reference}`"
    return None


_SCHEMA = """
[[schemas]]
name = "wiki"
path = "Wiki"
required = ["id", "status"]
[schemas.properties]
id = { pattern = "w-[0-9]+", unique = true }
status = { enum = ["draft", "active"] }
score = { type = "number", least = 0, most = 1 }
same_as = { reference = "id", also = ["self"] }
checked = { type = "date" }
"""
BAD = (
    Example(
        {"Wiki/A.md": "«---»\n«id: W1»\n«score: 1.5»\n---\n", "B.md": "---\nid: W1\n---\n"},
        config=_SCHEMA,
    ),
    Example(
        {
            "Wiki/A.md": "---\n«id: w-1»\nstatus: active\n«checked: 2026-02-31»\n---\n",
            "Wiki/B.md": "---\n«id: w-1»\n«status: done»\n«same_as: w-9»\n---\n",
        },
        config=_SCHEMA,
    ),
)
GOOD = (
    Example(
        {
            "Wiki/A.md": "---\nid: w-1\nstatus: draft\nsame_as: self\nchecked:\nown: x\n---\n",
            "Wiki/B.md": "---\nid: w-2\nstatus: active\nsame_as: w-1\nscore: 0.5\n---\n",
        },
        config=_SCHEMA,
    ),
    Example({"A.md": "---\nstatus: whatever\n---\n"}, config=_SCHEMA, why="Another folder."),
)
