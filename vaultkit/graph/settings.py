"""What `[tool.vaultkit.graph]` says: relations, sections, properties, limits."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.graph.relations import DEFAULTS, Relation, Relations, extended

# Limit -> what it counts, in the words of an offence.
LIMITS: dict[str, str] = {
    "most-no-incoming": "notes without incoming links",
    "most-isolated": "isolated notes",
    "most-dead-ends": "dead ends",
    "longest-dead-end": "notes in the longest dead end",
    "most-islands": "islands",
    "most-missing": "missing notes",
    "most-bridges": "bridges",
    "most-articulation-points": "articulation points",
    "most-cycles": "cycles in the hierarchy",
    "most-one-way": "relations without inverse",
}
_KEYS = ("relations", "sections", "category", "status", "verdict", *LIMITS)
_RELATION_KEYS = ("labels", "inverse", "direction")
_DIRECTIONS = ("up", "down", "")


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """How a vault's graph is read.

    category, status, verdict: the properties that hold them.
    limits: limit -> the highest count that still passes.
    """

    relations: Relations = field(default_factory=Relations)
    category: str = "category"
    status: str = "status"
    verdict: str = "verification_status"
    limits: Mapping[str, int] = field(default_factory=dict)


def graph_settings(config: Config) -> GraphSettings:
    """The settings of a configuration; raises UsageError, naming file, key and what is allowed."""
    table = config.graph
    where = f"{config.file}: [graph]"
    for key in table:
        if key not in _KEYS:
            raise _unknown(where, key, _KEYS)
    given: dict[str, Any] = {}
    for key in ("category", "status", "verdict"):
        if key in table:
            given[key] = _text(where, key, table[key])
    limits: dict[str, int] = {}
    for key in LIMITS:
        if key in table:
            value = table[key]
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise UsageError(f"{where} `{key}` must be a whole number from 0", f"got {value!r}")
            limits[key] = value
    sections = _texts(where, "sections", table.get("sections", []))
    known = _relations(f"{where} relations", table.get("relations", {}))
    return GraphSettings(Relations(known, sections), limits=limits, **given)


def _relations(where: str, table: Any) -> dict[str, Relation]:
    if not isinstance(table, dict):
        raise UsageError(f"{where} is not a table", 'write [graph.relations] with name = ["label"]')
    old = {relation.name: relation for relation in DEFAULTS}
    changes: dict[str, Relation] = {}
    for name, value in table.items():
        before = old.get(name, Relation(name, ()))
        if isinstance(value, dict):
            changes[name] = _relation(f"{where}.{name}", before, value)
        else:
            changes[name] = before._replace(labels=_texts(where, name, value))
    names = old.keys() | changes.keys()
    for name, relation in changes.items():
        for other in relation.inverse:
            if other not in names:
                raise _unknown(f"{where}.{name} inverse", other, sorted(names))
    return extended(DEFAULTS, changes)


def _relation(where: str, before: Relation, table: dict[str, Any]) -> Relation:
    for key in table:
        if key not in _RELATION_KEYS:
            raise _unknown(where, key, _RELATION_KEYS)
    direction = table.get("direction", before.direction)
    if direction not in _DIRECTIONS:
        raise UsageError(f'{where} `direction` must be "up", "down" or ""', f"got {direction!r}")
    inverse = table.get("inverse", before.inverse)
    return Relation(
        before.name,
        _texts(where, "labels", table.get("labels", [])),
        (inverse,) if isinstance(inverse, str) else _texts(where, "inverse", inverse),
        direction,
    )


def _text(where: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise UsageError(f"{where} `{key}` must be a text", f"got {value!r}")
    return value


def _texts(where: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"{where} `{key}` must be a list of texts", f"got {value!r}")
    return tuple(value)


def _unknown(where: str, key: str, allowed: Iterable[str]) -> UsageError:
    known = list(allowed)
    near = difflib.get_close_matches(key, known, 1)
    hint = f"did you mean `{near[0]}`?" if near else "known: " + ", ".join(known)
    return UsageError(f"{where} has no `{key}`", hint)
