"""One frozen `Config` from `[tool.vaultkit]` in `pyproject.toml`, or from `vaultkit.toml`."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any

from vaultkit.errors import UsageError

BACKUP = "_link_reconcile_backup"
FILES = ("vaultkit.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of a vault, with its default.

    file:     the file the settings were read from, or None.
    vault:    the vault's folder, relative to that file; None where nothing names it.
    backup:   folder for originals, relative to the vault or absolute; never scanned.
    select:   rules or families to run; empty for the defaults.
    ignore:   rules or families not to run.
    steps:    optional repair steps: "joined", "moved".
    same_folder: let a candidate in the linking note's own folder win a tie.
    snippets: where `extract` writes, relative to the file.
    graph:    the table of the concept graph, as `graph/settings.py` reads it.
    """

    file: Path | None = None
    vault: Path | None = None
    backup: str = BACKUP
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    same_folder: bool = False
    snippets: str = "snippets"
    graph: Mapping[str, Any] = field(default_factory=dict)


_KINDS: dict[str, type] = {
    "vault": str,
    "backup": str,
    "select": list,
    "ignore": list,
    "steps": list,
    "same-folder": bool,
    "snippets": str,
    "graph": dict,
}
_STEPS = ("joined", "moved")
_KIND_NAMES: dict[type, str] = {
    str: "a text",
    list: "a list of texts",
    bool: "true or false",
    dict: "a table",
}


def read_config(folder: Path) -> Config | None:
    """The settings in a folder, or None where it has none.

    Raises UsageError, naming the file, the key and what is allowed there.
    """
    for name in FILES:
        file = folder / name
        if not file.is_file():
            continue
        table: Any = _load(file)
        if name == "pyproject.toml":
            tool = table.get("tool", {})
            table = tool.get("vaultkit") if isinstance(tool, dict) else None
            if table is None:
                continue
        return _config(file, table)
    return None


def _load(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is not valid TOML: {error}", "correct the file") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "check its mode") from error


def _config(file: Path, table: Any) -> Config:
    if not isinstance(table, dict):
        raise UsageError(f"{file}: [tool.vaultkit] is not a table", "write [tool.vaultkit]")
    given: dict[str, Any] = {}
    for key, value in table.items():
        kind = _KINDS.get(key)
        if kind is None:
            near = difflib.get_close_matches(key, _KINDS, 1)
            raise UsageError(
                f"{file}: unknown key `{key}`",
                f"did you mean `{near[0]}`?" if near else "known keys: " + ", ".join(_KINDS),
            )
        fits = _fits(value, kind)
        if not fits:
            raise UsageError(f"{file}: `{key}` must be {_KIND_NAMES[kind]}", f"got {value!r}")
        given[key.replace("-", "_")] = tuple(value) if kind is list else value
    steps: tuple[str, ...] = given.get("steps", ())
    for step in steps:
        if step not in _STEPS:
            raise UsageError(f"{file}: `steps` has no {step!r}", "allowed: " + ", ".join(_STEPS))
    if "vault" in given:
        given["vault"] = file.parent / given["vault"]
    assert set(given) <= {item.name for item in fields(Config)}
    return Config(file=file, **given)


def _fits(value: Any, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, kind)


def backup_path(config: Config) -> PurePosixPath:
    """The backup folder as the configuration names it."""
    return PurePosixPath(config.backup)
