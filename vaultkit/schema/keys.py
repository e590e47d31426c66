"""A table's keys as values: read with an error a person can mend, and written as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from vaultkit.errors import UsageError

# text: a string; texts: a list of them, or one alone; flag: true or false; number; whole: an
# integer; scalar: a text, number or date; scalars: a list of texts and numbers; table: fixed
# keys; tables: a list of such tables; map: any key, each value a table of fixed keys; choices:
# any key, each value one of `choices`; lists: any key, each value a list of texts; free: tables
# checked by whoever uses them.
Kind = Literal[
    "text", "texts", "flag", "number", "whole", "scalar", "scalars",
    "table", "tables", "map", "choices", "lists", "free",
]  # fmt: skip

_KIND_NAMES: dict[Kind, str] = {
    "text": "a text",
    "texts": "a list of texts",
    "flag": "true or false",
    "number": "a number",
    "whole": "a whole number",
    "scalar": "a text, a number or a date",
    "scalars": "a list of texts or numbers",
    "table": "a table",
    "tables": "a list of tables",
    "map": "a table of tables",
    "choices": "a table of texts",
    "lists": "a table of lists of texts",
    "free": "a table of tables",
}


class Key(NamedTuple):
    """One key of a table.

    meaning: one sentence, as the JSON schema and a fresh configuration show it.
    choices: the allowed values, where there are only these.
    keys:    the keys of the table or tables it holds.
    """

    name: str
    kind: Kind
    meaning: str
    choices: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()


def read_table(where: str, table: Any, keys: tuple[Key, ...]) -> dict[str, Any]:
    """The table's values by key, lists as tuples.

    where: the file, and the way to the table in it. Raises UsageError that names the place, the
    key, and what is allowed there.
    """
    if not isinstance(table, Mapping):
        raise UsageError(f"{where} must be a table", f"got {table!r}")
    known = {key.name: key for key in keys}
    given: dict[str, Any] = {}
    for name, value in table.items():
        key = known.get(name)
        if key is None:
            every = "known keys: " + ", ".join(known)
            nearest = near(name, known, "known keys")
            hint = every if nearest == every else f"{nearest} {every}"
            raise UsageError(f"{where}: unknown key `{name}`", hint)
        given[name] = _read(f"{where}: `{name}`", value, key)
    return given


def near(name: str, known: Any, what: str) -> str:
    """The hint for a name nobody knows: the nearest known one, or all of them."""
    import difflib

    found = difflib.get_close_matches(str(name), list(known), 1)
    return f"did you mean `{found[0]}`?" if found else f"{what}: " + ", ".join(known)


def _read(where: str, value: Any, key: Key) -> Any:
    kind = key.kind
    if kind == "texts" and isinstance(value, str):
        value = [value]
    if not _fits(value, kind):
        allowed = f"; allowed: {', '.join(key.choices)}" if key.choices else ""
        raise UsageError(f"{where} must be {_KIND_NAMES[kind]}", f"got {value!r}{allowed}")
    if kind == "table":
        return read_table(where, value, key.keys)
    if kind == "tables":
        items = enumerate(value, 1)
        return tuple(
            read_table(f"{where}, entry {number}", item, key.keys) for number, item in items
        )
    if kind == "map":
        return {name: read_table(f"{where}.{name}", item, key.keys) for name, item in value.items()}
    if kind == "choices":
        for name, item in value.items():
            _choose(f"{where}.{name}", item, key.choices)
        return dict(value)
    if kind == "lists":
        each = Key("", "texts", "")
        return {name: _read(f"{where}.{name}", item, each) for name, item in value.items()}
    if kind in ("texts", "scalars"):
        for item in value:
            _choose(where, item, key.choices)
        return tuple(value)
    if kind == "text":
        _choose(where, value, key.choices)
    return value


def _choose(where: str, value: Any, choices: tuple[str, ...]) -> None:
    if choices and value not in choices:
        raise UsageError(f"{where} has no {value!r}", "allowed: " + ", ".join(choices))


def _fits(value: Any, kind: Kind) -> bool:
    if kind in ("texts", "scalars", "tables"):
        allowed = {"texts": (str,), "scalars": (str, int, float), "tables": (Mapping,)}[kind]
        return isinstance(value, list) and all(
            isinstance(item, allowed) and not isinstance(item, bool) for item in value
        )
    if kind in ("number", "whole"):
        types = (int, float) if kind == "number" else (int,)
        return isinstance(value, types) and not isinstance(value, bool)
    if kind == "scalar":
        return isinstance(value, (str, int, float, date)) and not isinstance(value, bool)
    if kind in ("table", "map", "choices", "lists", "free"):
        return isinstance(value, Mapping) and (
            kind != "free" or all(isinstance(item, Mapping) for item in value.values())
        )
    return isinstance(value, {"text": str, "flag": bool}[kind])
