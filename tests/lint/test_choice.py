"""The configuration says which rules run where, and every mistake in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import tiny_vault, write_files

from vaultkit.config import Config, read_config
from vaultkit.errors import UsageError
from vaultkit.lint.run import choose, lint

FILES = {"A.md": "[[X]]\n", "Daily/B.md": "[[X]]\n", "Daily/old/C.md": "[[X]]\n[[C]]\n"}


def config_of(root: Path, text: str) -> Config:
    write_files(root / "settings", {"vaultkit.toml": text})
    config = read_config(root / "settings")
    assert config is not None
    return config


def found(root: Path, text: str) -> list[tuple[str, str, str]]:
    config = config_of(root, text)
    vault = tiny_vault(root / "vault", FILES, config)
    rules = choose(config.select, config.ignore)
    return [(item.path, item.rule, item.severity) for item in lint(vault, rules, config)]


def test_a_folder_leaves_a_rule_out(tmp_path: Path) -> None:
    text = '[[folders]]\npath = "Daily"\nignore = ["links"]\n'
    assert found(tmp_path, text) == [("A.md", "broken-link", "error")]


def test_a_folder_runs_a_rule_that_is_off(tmp_path: Path) -> None:
    text = 'select = ["broken-link"]\n[[folders]]\npath = "Daily/old"\nselect = ["self-link"]\n'
    assert ("Daily/old/C.md", "self-link", "info") in found(tmp_path, text)
    assert len(found(tmp_path, text)) == 4


def test_the_later_folder_wins(tmp_path: Path) -> None:
    text = (
        'select = ["broken-link"]\n[[folders]]\npath = "Daily"\nignore = ["links"]\n'
        '[[folders]]\npath = "**/old"\nselect = ["broken-link"]\n'
    )
    assert [path for path, _, _ in found(tmp_path, text)] == ["A.md", "Daily/old/C.md"]


def test_severity_for_the_vault_and_for_a_folder(tmp_path: Path) -> None:
    text = (
        'select = ["broken-link"]\n[rules.broken-link]\nseverity = "warning"\n'
        '[[folders]]\npath = ["Daily/*.md"]\nseverity = { links = "info" }\n'
    )
    assert [severity for _, _, severity in found(tmp_path, text)] == ["warning", "info", "warning"]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('[rules.brokn-link]\nseverity = "info"\n', "`rules`", "did you mean `broken-link`?"),
        ('[rules.broken-link]\nseverity = "bad"\n', "`severity`", "error, warning, info"),
        ("[rules.stale-note]\ndayz = 3\n", "`rules`.stale-note", "did you mean `days`?"),
        ('[rules.stale-note]\ndays = "3"\n', "`days` must be a whole number", "got '3'"),
        ('[[folders]]\npath = "A"\nignore = ["zzz"]\n', "entry 1: `ignore`", "vaultkit rules"),
        ('[[folders]]\npath = "A"\nseverity = {x = "info"}\n', "`severity`", "vaultkit rules"),
    ],
)
def test_a_mistake_names_file_key_and_what_is_allowed(
    tmp_path: Path, text: str, place: str, hint: str
) -> None:
    with pytest.raises(UsageError) as raised:
        found(tmp_path, text)
    assert str(tmp_path / "settings" / "vaultkit.toml") in raised.value.message
    assert place in raised.value.message
    assert hint in raised.value.hint


def test_options_reach_their_rule(tmp_path: Path) -> None:
    text = "[rules.unlinked-mention]\nmin-length = 2\n"
    config = config_of(tmp_path, text)
    vault = tiny_vault(tmp_path / "vault", {"A.md": "an Ox\n", "Ox.md": "x\n"}, config)
    rules = choose(["unlinked-mention"])
    assert [item.path for item in lint(vault, rules, config)] == ["A.md"]
    assert lint(vault, rules) == []
