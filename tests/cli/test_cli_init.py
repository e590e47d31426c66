"""`vaultkit init` writes a configuration that fits the vault it finds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tiny_vault import tree_digest, write_files

from vaultkit.cli import run
from vaultkit.config import read_config
from vaultkit.lint.run import choose, lint
from vaultkit.vault import read_vault

NOTES = {
    f"Wiki/N{number}.md": (
        f"---\nid: n-{number}\nstatus: {'draft' if number % 2 else 'active'}\n"
        f"made: 2026-01-{number + 10}\nscore: 0.{number}\ntags: [a]\n"
        'up: "[[Home]]"\n---\n[[Gone]]\n'
    )
    for number in range(1, 13)
}
DAYS = {f"Journal/2026-01-{day:02}.md": "text\n" for day in range(1, 9)}
FILES = {
    ".obsidian/app.json": "{}",
    "Home.md": "home\n",
    "Templates/Daily.md": "---\ndate: {{date}}\n---\n",
    **NOTES,
    **DAYS,
}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_files(tmp_path / "vault", FILES)
    monkeypatch.chdir(root)
    return root


def offered(text: str) -> str:
    """The text with every offer taken: what is commented out and is TOML."""
    taken = re.sub(r"^# (?=[\[\]\"a-z-]+\S* ?=|\[|\]|  \")", "", text, flags=re.MULTILINE)
    return re.sub(r"^# (?=\])", "", taken, flags=re.MULTILINE)


def test_it_shows_and_writes_nothing(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree_digest(vault)
    assert run(["init"]) == 0
    said = capsys.readouterr()
    assert tree_digest(vault) == before
    assert tomllib.loads(said.out)["folders"][0]["path"] == ["Templates"]
    assert "vaultkit init --apply" in said.err


def test_apply_writes_what_undo_takes_back(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree_digest(vault)
    assert run(["init", "--apply"]) == 0
    config = read_config(vault)
    assert config is not None
    assert run(["lint", "--exit-zero"]) == 0
    assert run(["undo"]) == 0
    assert tree_digest(vault) == before


def test_every_offer_can_be_taken(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["init"])
    text = offered(capsys.readouterr().out)
    value = tomllib.loads(text)
    assert value["ignore"] == ["broken-link"]
    assert "self-link" in value["extend-select"]
    assert value["rules"]["stale-note"]["days"] == 365
    assert [entry["path"] for entry in value["folders"]] == [["Templates"], ["Journal"]]
    write_files(vault, {"vaultkit.toml": text})
    config = read_config(vault)
    assert config is not None
    (schema,) = config.schemas
    assert schema.required == ("id", "made", "score", "status", "tags", "up")
    shapes = schema.properties
    assert (shapes["id"].unique, shapes["made"].type, shapes["up"].type) == (True, "date", "link")
    assert shapes["status"].enum == ("active", "draft")
    found = lint(read_vault(vault, config), choose(["schema-violation"]), config)
    assert found == []


def test_settings_that_are_there_are_never_overwritten(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(vault, {"vaultkit.toml": "ignore = []\n"})
    assert run(["init", "--apply"]) == 2
    assert "already has settings" in capsys.readouterr().err
    assert (vault / "vaultkit.toml").read_text() == "ignore = []\n"
