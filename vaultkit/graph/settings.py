"""What `[tool.vaultkit.graph]` says: relations, sections, properties, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.graph.relations import DEFAULTS, Relation, Relations, extended
from vaultkit.schema.graph import GRAPH_LIMITS
from vaultkit.schema.keys import near


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
    where = f"{config.file}: `graph`"
    limits = {name: table[name] for name in GRAPH_LIMITS if name in table}
    for name, value in limits.items():
        if value < 0:
            raise UsageError(f"{where}: `{name}` must not be negative", f"got {value}")
    named = {key: table[key] for key in ("category", "status", "verdict") if key in table}
    relations = Relations(_relations(where, table), tuple(table.get("sections", ())))
    return GraphSettings(relations, limits=limits, **named)


def _relations(where: str, table: Mapping[str, Any]) -> dict[str, Relation]:
    labels, inverses = table.get("relations", {}), table.get("inverses", {})
    directions = table.get("directions", {})
    before = {relation.name: relation for relation in DEFAULTS}
    known = sorted(before.keys() | labels.keys())
    for key, names in (("inverses", inverses), ("directions", directions)):
        for name in (*names, *(item for value in inverses.values() for item in value)):
            if name not in known:
                hint = near(name, known, "known relations")
                raise UsageError(f"{where}: `{key}` names no relation `{name}`", hint)
    changes: dict[str, Relation] = {}
    for name in sorted(labels.keys() | inverses.keys() | directions.keys()):
        old = before.get(name, Relation(name, ()))
        direction = directions.get(name, old.direction)
        changes[name] = Relation(
            name,
            tuple(labels.get(name, ())),
            tuple(inverses.get(name, old.inverse)),
            "" if direction == "none" else direction,
        )
    return extended(DEFAULTS, changes)
