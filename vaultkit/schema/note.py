"""What the front matter and the outline of some notes must have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from vaultkit.schema.glob import PathPattern
from vaultkit.schema.keys import Key

TYPES = ("text", "number", "integer", "checkbox", "date", "datetime", "list", "link")


class PropertyShape(NamedTuple):
    """What one property must be; an empty value passes everything but `filled`.

    type:      one of TYPES, or "" for any; a list's own type is that of its items under `items`.
    filled:    an empty value is wrong.
    enum:      the allowed values; of a list, of its items.
    pattern:   a regular expression that the whole text must match; of a list, each item.
    least:     the smallest number, the earliest date, the fewest items.
    most:      the largest number, the latest date, the most items.
    unique:    no other note of the schema has the same value.
    reference: the property in which another note must have this value.
    also:      values that need not be another note's.
    folder:    the value is the note's own folder.
    """

    type: str = ""
    items: str = ""
    filled: bool = False
    enum: tuple[Any, ...] = ()
    pattern: str = ""
    least: Any = None
    most: Any = None
    unique: bool = False
    reference: str = ""
    also: tuple[Any, ...] = ()
    folder: bool = False


class NoteSchema(NamedTuple):
    """Which notes it is for, and what they must have.

    name:       how messages call it.
    path:       the notes it is for, by place; None for any place.
    category:   patterns for the `category` property, which narrow that choice; None for any.
    required:   properties that must be there.
    closed:     other properties than the named ones are wrong.
    sections:   headings that must be there; `A | B` asks for one of several spellings.
    properties: property -> what it must be.
    """

    name: str
    path: PathPattern | None
    category: PathPattern | None
    required: tuple[str, ...]
    closed: bool
    sections: tuple[str, ...]
    properties: Mapping[str, PropertyShape]


PROPERTY_KEYS = (
    Key("type", "text", "What the value is.", TYPES),
    Key("items", "text", "What each item of a list is.", TYPES),
    Key("filled", "flag", "An empty value is wrong."),
    Key("enum", "scalars", "The allowed values; of a list, those of its items."),
    Key("pattern", "text", "A regular expression that the whole value must match."),
    Key("least", "scalar", "The smallest number, the earliest date, the fewest items."),
    Key("most", "scalar", "The largest number, the latest date, the most items."),
    Key("unique", "flag", "No other note of the schema may have the same value."),
    Key("reference", "text", "The property in which another note must have this value."),
    Key("also", "scalars", "Values that need not be another note's, such as `self`."),
    Key("folder", "flag", "The value must be the note's own folder."),
)
SCHEMA_KEYS = (
    Key("name", "text", "How messages call the schema."),
    Key("path", "texts", "The notes it is for: folders or patterns, from the vault's root."),
    Key("category", "texts", "The notes it is for: patterns for their `category` property."),
    Key("required", "texts", "Properties that must be there."),
    Key("closed", "flag", "Other properties than the named ones are wrong."),
    Key("sections", "texts", "Headings that must be there; `A | B` asks for one of the two."),
    Key("properties", "map", "What each property must be.", keys=PROPERTY_KEYS),
)
