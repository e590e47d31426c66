"""Every mistake in a configuration names the file, the key, and what is allowed there.

The cases are made from the keys themselves, so a new key has its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tiny_vault import write_files

from vaultkit.cli import run
from vaultkit.config import CONFIG_KEYS
from vaultkit.lint.choice import rule_keys
from vaultkit.lint.rule import all_rules
from vaultkit.schema import Key

# Two values for each kind, none of which it takes; and how its message calls what it takes.
WRONG = {
    "text": (("3", "[1]"), "a text"),
    "texts": (("3", "[1]"), "a list of texts"),
    "flag": (('"yes"', "1"), "true or false"),
    "number": (('"many"', "true"), "a number"),
    "whole": (("1.5", "true"), "a whole number"),
    "scalar": (("[1]", "true"), "a text, a number or a date"),
    "scalars": (("3", "[true]"), "a list of texts or numbers"),
    "table": (("3", '"x"'), "a table"),
    "tables": (("3", "[1]"), "a list of tables"),
    "map": (("3", '"x"'), "a table"),
    "choices": (("3", '"x"'), "a table"),
    "lists": (("3", '"x"'), "a table"),
    "free": (("3", '"x"'), "a table"),
}
NOBODY = "zzz-nobody"


class Mistake(NamedTuple):
    """A configuration, the key that is wrong in it, and words that must be said of it."""

    text: str
    key: str
    allowed: tuple[str, ...]


def header(way: tuple[tuple[str, str], ...]) -> str:
    """The TOML header of a table; a map's table is called `any`."""
    if not way:
        return ""
    name = ".".join(f"{name}.any" if kind == "map" else name for name, kind in way)
    return f"[[{name}]]\n" if way[-1][1] == "tables" else f"[{name}]\n"


def before(way: tuple[tuple[str, str], ...]) -> str:
    """The headers of the lists that a table lies in."""
    lists = [index for index, (_, kind) in enumerate(way[:-1]) if kind == "tables"]
    return "".join(header(way[: index + 1]) for index in lists)


def mistakes(keys: tuple[Key, ...], way: tuple[tuple[str, str], ...]) -> Iterator[Mistake]:
    start = before(way) + header(way)
    names = tuple(key.name for key in keys)
    yield Mistake(f"{start}{NOBODY} = 1\n", NOBODY, names)
    for key in keys:
        yield Mistake(f"{start}{key.name}x = 1\n", f"{key.name}x", (f"`{key.name}`", *names))
        values, kind = WRONG[key.kind]
        for value in values:
            yield Mistake(f"{start}{key.name} = {value}\n", key.name, (kind, *key.choices))
        if key.choices:
            wrong = {"text": f'"{NOBODY}"', "choices": f'{{ any = "{NOBODY}" }}'}
            value = wrong.get(key.kind, f'["{NOBODY}"]')
            yield Mistake(f"{start}{key.name} = {value}\n", key.name, (NOBODY, *key.choices))
        if key.keys:
            yield from mistakes(key.keys, (*way, (key.name, key.kind)))


def every_mistake() -> list[Mistake]:
    found = list(mistakes(CONFIG_KEYS, ()))
    for name, rule in all_rules().items():
        found += mistakes(rule_keys(rule), (("rules", "table"), (name, "table")))
    return found


@pytest.mark.parametrize("mistake", every_mistake(), ids=lambda item: item.text.replace("\n", " "))
def test_a_mistake_is_named(
    tmp_path: Path, mistake: Mistake, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_files(tmp_path, {"A.md": "text\n", "vaultkit.toml": mistake.text})
    assert run(["lint", str(root)]) == 2
    said = capsys.readouterr().err
    assert "vaultkit.toml" in said
    assert f"`{mistake.key}`" in said
    for word in mistake.allowed:
        assert word in said, said


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("select", ""),
        ("extend-select", ""),
        ("ignore", ""),
        ("select", '[[folders]]\npath = "x"\n'),
        ("ignore", '[[folders]]\npath = "x"\n'),
    ],
)
def test_a_rule_nobody_has(
    tmp_path: Path, key: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{place}{key} = {json.dumps(['broken-lnk'])}\n"
    root = write_files(tmp_path, {"A.md": "text\n", "vaultkit.toml": text})
    assert run(["lint", str(root)]) == 2
    said = capsys.readouterr().err
    assert "vaultkit.toml" in said
    assert f"`{key}`" in said
    assert "`broken-link`" in said
