"""A configuration fitted to a vault: its folders, its properties, its links, as commented TOML."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from vaultkit.lint.finding import Finding
from vaultkit.lint.rule import Rule
from vaultkit.lint.shapes import is_empty
from vaultkit.lint.templates import is_template_place
from vaultkit.note import Note
from vaultkit.vault import Vault

_DATE_NAME = re.compile(r"\d{4}-?\d{2}-?\d{2}\b.*|\d{4}-W\d{2}|\d{4}-\d{2}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_LINK = re.compile(r"\[\[[^\[\]]+\]\]")
_FEWEST = 5
_MOST_VALUES = 6
_USUAL = 0.9


class Folder(NamedTuple):
    """A top-level folder and its notes."""

    path: str
    notes: Sequence[Note]


def fitted(vault: Vault, findings: Iterable[Finding], rules: Mapping[str, Rule]) -> str:
    """The text of a `vaultkit.toml` for the vault; what is commented out is an offer."""
    counts = Counter(finding.rule for finding in findings)
    folders = _folders(vault)
    lines = [
        "# Settings of vaultkit for this vault. `vaultkit rules` lists the rules, and",
        "# `vaultkit rules NAME` explains one.",
        f"# {len(vault.notes)} notes. {_links(vault)}",
        "",
        "# The rules or families that run; without it every rule that is on by default.",
        f"# select = {_list(sorted({rule.family for rule in rules.values()}))}",
        "",
        "# Rules that are off by default and wanted here all the same:",
        "# extend-select = [",
        *(
            f"#   {_text(name)},  # {rule.summary}"
            for name, rule in rules.items()
            if not rule.default
        ),
        "# ]",
        "",
        *_today(counts),
        *_rule_settings(rules),
        *_templates(vault),
        *_journals(folders),
        *_schemas(folders),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _folders(vault: Vault) -> list[Folder]:
    found: dict[str, list[Note]] = {}
    for path, note in vault.notes.items():
        if "/" in path:
            found.setdefault(path[: path.index("/")], []).append(note)
    return [Folder(path, notes) for path, notes in found.items()]


def _links(vault: Vault) -> str:
    kinds = Counter(link.kind for note in vault.notes.values() for link in note.links)
    style = "Markdown links" if vault.settings.markdown_links else "wikilinks"
    wiki = kinds["wiki"] + kinds["embed"]
    return f"New links are {style} ({wiki} wikilinks, {kinds['markdown']} Markdown links today)."


def _today(counts: Counter[str]) -> Iterator[str]:
    if not counts:
        yield from (
            "# No rule that is on by default finds anything here today.",
            "# ignore = []",
            "",
        )
        return
    yield "# What is found here today. Mend it, keep it in a baseline that only shrinks"
    yield "# (`vaultkit lint --write-baseline`), or leave a rule out:"
    yield "# ignore = ["
    for name, count in sorted(counts.items()):
        yield f"#   {_text(name)},  # {count} finding{'' if count == 1 else 's'}"
    yield from ("# ]", "")


def _rule_settings(rules: Mapping[str, Rule]) -> Iterator[str]:
    yield "# A rule's own settings, and how grave its findings are: error, warning or info."
    yield "# [rules.broken-link]"
    yield '# severity = "warning"'
    for name, rule in rules.items():
        if rule.options:
            yield f"# [rules.{name}]"
            for option in rule.options:
                yield f"# {option.name} = {json.dumps(option.default)}  # {option.meaning}"
    yield ""


def _templates(vault: Vault) -> Iterator[str]:
    named = {
        path.rpartition("/")[0] for path in vault.notes if is_template_place(path, vault.settings)
    }
    inner = sorted(
        path
        for path in named
        if path and not any(path.startswith(f"{other}/") for other in named - {""})
    )
    found = [path for path in inner if is_template_place(f"{path}/x", vault.settings)]
    if found:
        yield "# Templates are no notes yet."
        yield "[[folders]]"
        yield f"path = {_list(found)}"
        yield 'ignore = ["links", "notes", "front-matter"]'
        yield ""


def _journals(folders: Sequence[Folder]) -> Iterator[str]:
    for folder in folders:
        dated = [note for note in folder.notes if _DATE_NAME.fullmatch(note.source.path.stem)]
        if len(dated) >= _FEWEST and len(dated) >= _USUAL * len(folder.notes):
            yield "# A journal: nobody links to its days, and its headings repeat."
            yield "# [[folders]]"
            yield f"# path = {_list([folder.path])}"
            yield '# ignore = ["no-incoming", "isolated-note", "duplicate-heading"]'
            yield ""


def _schemas(folders: Sequence[Folder]) -> Iterator[str]:
    offers = [lines for folder in folders if (lines := list(_schema(folder)))]
    if offers:
        yield "# What the notes of a folder have in common today, as a schema that keeps it so."
        for lines in offers:
            yield from (f"# {line}" for line in lines)
            yield ""


def _schema(folder: Folder) -> Iterator[str]:
    notes = [note for note in folder.notes if note.values]
    if len(notes) < _FEWEST or len(notes) < _USUAL * len(folder.notes):
        return
    counts = Counter(key for note in notes for key in note.values if isinstance(key, str))
    required = sorted(key for key, count in counts.items() if count >= _USUAL * len(folder.notes))
    if not required:
        return
    yield "[[schemas]]"
    yield f"name = {_text(folder.path)}"
    yield f"path = {_list([folder.path])}"
    yield f"required = {_list(required)}"
    shapes = [(key, _shape([note.values.get(key) for note in notes])) for key in required]
    if any(shape for _, shape in shapes):
        yield "[schemas.properties]"
        yield from (f"{_text(key)} = {{ {shape} }}" for key, shape in shapes if shape)


def _shape(values: list[Any]) -> str:
    """What all values that are there have in common, as the inside of a TOML table."""
    given = [value for value in values if not is_empty(value)]
    kind = _kind(given)
    if not kind:
        return ""
    parts = [f"type = {_text(kind)}"]
    if len(given) == len(values):
        parts.append("filled = true")
    distinct = {value for value in given if isinstance(value, str)}
    if any(_DATE.match(value) for value in distinct):
        return ", ".join(parts)
    if kind == "text" and len(distinct) <= _MOST_VALUES and len(given) >= 4 * len(distinct):
        parts.append(f"enum = {_list(sorted(distinct))}")
    if kind == "text" and len(distinct) == len(given) > _FEWEST and len(given) == len(values):
        parts.append("unique = true")
    return ", ".join(parts)


def _kind(values: list[Any]) -> str:
    if not values:
        return ""
    if all(isinstance(value, bool) for value in values):
        return "checkbox"
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
        return "integer" if all(isinstance(value, int) for value in values) else "number"
    if all(isinstance(value, list) for value in values):
        return "list"
    if not all(isinstance(value, str) for value in values):
        return ""
    for kind, pattern in (("date", _DATE), ("datetime", _TIME), ("link", _LINK)):
        if all(pattern.fullmatch(value.strip()) for value in values):
            return kind
    return "text"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"
