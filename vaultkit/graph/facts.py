"""What a note says of itself: its properties as plain values, its tags with their places."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from vaultkit.note import Note

_DEEPEST = 12
_TAG_KEYS = ("tags", "tag")


class TagUse(NamedTuple):
    """A tag without its `#`, and the line where it stands, counted from 1."""

    name: str
    line: int


def properties(note: Note) -> dict[str, Any]:
    """The note's properties as JSON knows values; of a key that stands twice, the last."""
    return {item.key: plain(item.value) for item in note.properties}


def plain(value: Any, depth: int = 0) -> Any:
    """A YAML value as JSON knows values: dates in ISO form, what has no form as text.

    Front matter may contain itself (`&a [*a]`); what lies too deep is left out.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if depth >= _DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def worded(value: Any) -> str:
    """A plain value in one line for a person: a list's items joined by commas."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(worded, value)))
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split())


def tags(note: Note) -> list[TagUse]:
    """Every tag once, those of the front matter first; letter case tells none apart."""
    found: dict[str, TagUse] = {}
    for name, offset in _tag_places(note):
        if name and name.lower() not in found:
            line = max(bisect_right(note.source.line_starts, offset), 1)
            found[name.lower()] = TagUse(name, line)
    return list(found.values())


def _tag_places(note: Note) -> Iterator[tuple[str, int]]:
    for item in note.properties:
        if item.key.lower() in _TAG_KEYS:
            values = item.value if isinstance(item.value, list) else [item.value]
            for value in values:
                if isinstance(value, str | int) and not isinstance(value, bool):
                    for name in str(value).replace(",", " ").split():
                        yield name.lstrip("#"), item.key_span.start
    for tag in note.tags:
        yield tag.name, tag.span.start
