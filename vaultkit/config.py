"""One frozen `Config` from `[tool.vaultkit]` in `pyproject.toml`, or from `vaultkit.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from vaultkit.errors import UsageError
from vaultkit.schema import FolderRules, Key, NoteSchema, PathPattern, PropertyShape, read_table
from vaultkit.schema.folder import FOLDER_KEYS
from vaultkit.schema.graph import GRAPH_KEYS
from vaultkit.schema.note import SCHEMA_KEYS

BACKUP = "_link_reconcile_backup"
FILES = ("vaultkit.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of a vault, with its default.

    file:     the file the settings were read from, or None.
    vault:    the vault's folder, relative to that file; None where nothing names it.
    backup:   folder for originals, relative to the vault or absolute; never scanned.
    select:   rules or families to run; empty for the defaults.
    extend_select: rules or families to run beyond those.
    ignore:   rules or families not to run.
    rules:    rule -> its own settings; the linter checks the names.
    folders:  what differs in a part of the vault; where two match, the later one wins.
    schemas:  what some notes must have.
    steps:    optional repair steps: "joined", "moved".
    same_folder: let a candidate in the linking note's own folder win a tie.
    snippets: where `extract` writes, relative to the file.
    oracles:  folders of a person's own oracles, relative to the file.
    graph:    the table of the concept graph, as `graph/settings.py` reads it.
    """

    file: Path | None = None
    vault: Path | None = None
    backup: str = BACKUP
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    folders: tuple[FolderRules, ...] = ()
    schemas: tuple[NoteSchema, ...] = ()
    steps: tuple[str, ...] = ()
    same_folder: bool = False
    snippets: str = "snippets"
    oracles: tuple[str, ...] = ()
    graph: Mapping[str, Any] = field(default_factory=dict)


CONFIG_KEYS = (
    Key("vault", "text", "The vault's folder, relative to this file."),
    Key("backup", "text", "Where originals are kept before a write; relative to the vault."),
    Key("select", "texts", "Rules or families to run, instead of the defaults."),
    Key("extend-select", "texts", "Rules or families to run beyond those."),
    Key("ignore", "texts", "Rules or families not to run."),
    Key("rules", "free", "Settings of single rules."),
    Key("folders", "tables", "What differs in a part of the vault.", keys=FOLDER_KEYS),
    Key("schemas", "tables", "What some notes must have.", keys=SCHEMA_KEYS),
    Key("steps", "texts", "Optional repair steps.", ("joined", "moved")),
    Key("same-folder", "flag", "A candidate in the linking note's own folder wins a tie."),
    Key("snippets", "text", "Where code blocks are written to, relative to this file."),
    Key("oracles", "texts", "Folders of your own oracles, relative to this file."),
    Key(
        "graph",
        "table",
        "How the concept graph is read, and its limits.",
        keys=GRAPH_KEYS,
    ),
)


def read_config(folder: Path) -> Config | None:
    """The settings in a folder, or None where it has none.

    Raises UsageError, naming the file, the key and what is allowed there.
    """
    for name in FILES:
        file = folder / name
        data = _read(file)
        # Another project's pyproject.toml is none of ours, even where it is broken.
        if data is None or (name == "pyproject.toml" and b"vaultkit" not in data):
            continue
        table: Any = _load(file, data)
        if name == "pyproject.toml":
            tool = table.get("tool", {})
            table = tool.get("vaultkit") if isinstance(tool, dict) else None
            if table is None:
                continue
        return _config(file, table)
    return None


def _read(file: Path) -> bytes | None:
    """A file's bytes; None where there is none, or its folder lets nobody look."""
    try:
        if not file.is_file():
            return None
    except OSError:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "check its mode") from error


def _load(file: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 at byte {error.start}", "correct it") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{file} is not valid TOML: {error}", "correct the file") from error


def _config(file: Path, table: Any) -> Config:
    if not isinstance(table, dict):
        raise UsageError(f"{file}: [tool.vaultkit] is not a table", "write [tool.vaultkit]")
    given = read_table(str(file), table, CONFIG_KEYS)
    values = {key.replace("-", "_"): value for key, value in given.items()}
    if "vault" in values:
        values["vault"] = file.parent / values["vault"]
    values["folders"] = tuple(
        _folder(f"{file}: `folders`, entry {number}", entry)
        for number, entry in enumerate(values.get("folders", ()), 1)
    )
    values["schemas"] = tuple(
        _schema(f"{file}: `schemas`, entry {number}", entry, number)
        for number, entry in enumerate(values.get("schemas", ()), 1)
    )
    return Config(file=file, **values)


def _folder(where: str, entry: Mapping[str, Any]) -> FolderRules:
    if not entry.get("path"):
        raise UsageError(f"{where} has no `path`", 'name its folders: path = ["Daily"]')
    return FolderRules(**{**entry, "path": PathPattern(entry["path"])})


def _schema(where: str, entry: Mapping[str, Any], number: int) -> NoteSchema:
    shapes: dict[str, PropertyShape] = {}
    for name, shape in entry.get("properties", {}).items():
        try:
            re.compile(shape.get("pattern", ""))
        except re.error as error:
            what = f"{where}: `properties`.{name}: `pattern` is no regular expression: {error}"
            raise UsageError(what, "correct the pattern") from error
        shapes[name] = PropertyShape(**shape)
    return NoteSchema(
        name=entry.get("name", f"schema {number}"),
        path=PathPattern(entry["path"]) if "path" in entry else None,
        category=PathPattern(entry["category"]) if "category" in entry else None,
        required=entry.get("required", ()),
        closed=entry.get("closed", False),
        sections=entry.get("sections", ()),
        properties=shapes,
    )


def backup_path(config: Config) -> PurePosixPath:
    """The backup folder as the configuration names it."""
    return PurePosixPath(config.backup)
