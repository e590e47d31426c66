"""The rules' pages are those of the rules as they are; the configuration's schema is sound."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from vaultkit.lint.rule import all_rules
from vaultkit.lint.stated import Stated, made_table
from vaultkit.lint.table import TABLE
from vaultkit.report.config_schema import config_schema

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import rule_pages  # noqa: E402

sys.path.pop(0)


def test_no_page_is_stale() -> None:
    """Mend with: python scripts/rule_pages.py."""
    assert rule_pages.stale(ROOT / "docs", rule_pages.pages()) == []


def test_the_table_is_what_the_modules_say() -> None:
    """Mend with: python scripts/rule_pages.py."""
    files = (ROOT / "vaultkit/lint/rules").glob("[!_]*.py")
    assert list(TABLE) == sorted(file.stem.replace("_", "-") for file in files)
    assert made_table() == TABLE
    assert rule_pages.TABLE.read_text(encoding="utf-8") == rule_pages.table_text(TABLE)


def test_the_table_says_what_is_unusual() -> None:
    text = rule_pages.table_text({"a-b": Stated("links", "info", default=False, leans=True)})
    assert text.endswith('    "a-b": Stated("links", "info", default=False, leans=True),\n}\n')


def test_a_stale_a_missing_and_a_left_over_page_are_named(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/a.md").write_text("old\n")
    (tmp_path / "rules/gone.md").write_text("x\n")
    made = {"rules/a.md": "new\n", "rules/b.md": "b\n"}
    assert rule_pages.stale(tmp_path, made) == ["rules/a.md", "rules/b.md", "rules/gone.md"]


def test_every_rule_is_in_the_index() -> None:
    index = (ROOT / "docs/rules/README.md").read_text()
    assert all(f"[{name}]({name}.md)" in index for name in all_rules())


def valid(text: str) -> bool:
    jsonschema: Any = pytest.importorskip("jsonschema", reason="in the extra `dev`")
    validator = jsonschema.Draft7Validator(
        json.loads((ROOT / "docs/vaultkit.schema.json").read_text())
    )
    return bool(validator.is_valid(tomllib.loads(text)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        'select = "links"\nignore = ["broken-link", "notes"]\n',
        '[rules.stale-note]\ndays = 30\nseverity = "warning"\n',
        '[[folders]]\npath = ["Daily"]\nseverity = { links = "info" }\n',
        '[[schemas]]\npath = "A"\n[schemas.properties.id]\nunique = true\nleast = 1\n',
    ],
)
def test_the_schema_takes_what_vaultkit_takes(text: str) -> None:
    assert valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "selct = []\n",
        'select = ["brokn-link"]\n',
        "[rules.stale-note]\ndayz = 1\n",
        '[rules.broken-link]\nseverity = "fatal"\n',
        '[[folders]]\nignore = ["links"]\n',
        '[[schemas]]\n[schemas.properties.id]\ntype = "txt"\n',
    ],
)
def test_the_schema_refuses_what_vaultkit_refuses(text: str) -> None:
    assert not valid(text)


def test_the_projects_own_settings_hold_to_it() -> None:
    own = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["vaultkit"]
    jsonschema = pytest.importorskip("jsonschema", reason="in the extra `dev`")
    jsonschema.Draft7Validator(config_schema()).validate(own)
