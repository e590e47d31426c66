"""The configuration's JSON schema, for editors that complete and check TOML by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vaultkit.config import CONFIG_KEYS
from vaultkit.lint.choice import ALL, rule_keys
from vaultkit.lint.rule import all_rules
from vaultkit.schema import Key

_SIMPLE: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "flag": {"type": "boolean"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "scalar": {"type": ["string", "number"]},
    "scalars": {"type": "array", "items": {"type": ["string", "number"]}},
}


def config_schema() -> dict[str, Any]:
    """The schema of `vaultkit.toml`, and of `[tool.vaultkit]` in `pyproject.toml`."""
    rules = all_rules()
    families = sorted({rule.family for rule in rules.values()})
    names = {"enum": [*rules, *families, ALL]}
    schema: dict[str, Any] = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "vaultkit",
        "description": "Settings of vaultkit, in vaultkit.toml or [tool.vaultkit].",
        "definitions": {"rules": {"type": "array", "items": names}},
        **_table(CONFIG_KEYS),
    }
    schema["properties"]["rules"] = {
        "description": "Settings of single rules.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": rule.summary, **_table(rule_keys(rule))}
            for name, rule in rules.items()
        },
    }
    for table in (schema, schema["properties"]["folders"]["items"]):
        for key in ("select", "extend-select", "ignore"):
            if key not in table["properties"]:
                continue
            meaning = table["properties"][key]["description"]
            table["properties"][key] = {
                "description": meaning,
                "anyOf": [{"$ref": "#/definitions/rules"}, names],
            }
    schema["properties"]["folders"]["items"]["required"] = ["path"]
    return schema


def _table(keys: Iterable[Key]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.meaning, **_value(key)} for key in keys},
    }


def _value(key: Key) -> dict[str, Any]:
    choices = {"enum": list(key.choices)} if key.choices else {}
    if key.kind == "texts":
        one = {"type": "string", **choices}
        return {"anyOf": [{"type": "array", "items": one}, one]}
    if key.kind == "table":
        return _table(key.keys)
    if key.kind == "tables":
        return {"type": "array", "items": _table(key.keys)}
    if key.kind == "map":
        return {"type": "object", "additionalProperties": _table(key.keys)}
    if key.kind == "choices":
        return {"type": "object", "additionalProperties": {"type": "string", **choices}}
    if key.kind == "lists":
        lists = {"type": "array", "items": {"type": "string"}}
        return {"type": "object", "additionalProperties": lists}
    if key.kind == "free":
        return {"type": "object", "additionalProperties": {"type": "object"}}
    return {**_SIMPLE[key.kind], **choices}
