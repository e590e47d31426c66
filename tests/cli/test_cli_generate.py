"""The generator on the command line: plans by default, writes with --apply, says what is next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_vault import tree_digest, write_files

from vaultkit.cli import run

FILES = {
    "f/Focal Loss.md": "---\naliases: [FL]\nn: 1\n---\n# Focal Loss\n\n## One\n\na ^b\n",
    "Other.md": "---\nn: 2\n---\nText.\n",
    "S.md": "[[Focal Loss]] [[FL]] [[Nowhere]]\n",
    "T/concept.md": "---\ntitle: {{title}}\n---\n{{ask:why}}\n",
    ".obsidian/templates.json": '{"folder": "T"}',
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "v", FILES)


COMMANDS = [
    ["rename", "Focal Loss", "Focal"],
    ["rename", "Focal Loss#One", "Two"],
    ["rename", "Focal Loss#^b", "^c"],
    ["rename", "f", "g"],
    ["move", "Focal Loss", "."],
    ["move", "Other", "S", "new/deep"],
    ["merge", "Focal Loss", "Other", "--take", "n=second"],
    ["split", "Focal Loss#One"],
    ["new", "Brand New"],
    ["new", "Brand New", "--type", "concept", "--set", "why=so", "--folder", "f"],
    ["promote", "FL"],
    ["promote", "--all"],
    ["index", "Map", "--by", "tag"],
    ["index", "S", "--kind", "backlinks"],
    ["view", "base"],
    ["view", "base", "f", "--to", "f/x.base"],
    ["view", "canvas", "Focal Loss"],
    ["view", "health"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_plan_is_shown_applied_and_taken_back(
    arguments: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree_digest(root)
    place = ["--vault", str(root)]
    assert run([*arguments, *place]) == 0
    shown = capsys.readouterr().out
    assert "diff --git" in shown
    assert "nothing was written, write it with --apply" in shown
    assert tree_digest(root) == before
    assert run([*arguments, *place, "--format", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["actions"]
    assert value["run"] is None
    assert run([*arguments, *place, "--apply"]) == 0
    assert "take it back with: vaultkit undo" in capsys.readouterr().out
    assert tree_digest(root) != before
    assert run(["undo", *place]) == 0
    assert tree_digest(root) == before


def test_a_plan_can_be_kept_and_applied_later(root: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    assert run(["rename", "Focal Loss", "Focal", "--vault", str(root), "--save", str(plan)]) == 0
    assert run(["apply", str(plan), "--vault", str(root)]) == 0
    assert (root / "S.md").read_text() == "[[Focal]] [[FL]] [[Nowhere]]\n"


def test_a_broken_link_is_adopted_when_that_is_said(root: Path) -> None:
    arguments = ["rename", "Focal Loss", "Nowhere", "--vault", str(root), "--adopt", "--apply"]
    assert run(arguments) == 0
    assert (root / "S.md").read_text() == "[[Nowhere]] [[FL]] [[Nowhere]]\n"


def test_without_a_person_wishes_are_listed(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert run(["new", "--from-missing", "--vault", str(root)]) == 0
    assert "1  Nowhere  (in S.md)" in capsys.readouterr().out
    assert run(["promote", "--vault", str(root)]) == 0
    assert "1  [[FL]] -> f/Focal Loss.md" in capsys.readouterr().out


def test_a_new_note_says_nothing_of_links_where_none_follows(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "Brand New", "--vault", str(root)]) == 0
    assert "rewritten" not in capsys.readouterr().out
    assert run(["new", "Nowhere", "--vault", str(root)]) == 0
    told = capsys.readouterr().out
    assert "1 link led nowhere, and will lead to a file:\n  S.md:1:23  [[Nowhere]]\n" in told
    assert "rewritten" not in told
    assert run(["move", "Other", "new", "--vault", str(root)]) == 0
    assert "0 links rewritten" in capsys.readouterr().out


def test_an_index_is_filled_and_a_second_time_plans_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["index", "Map", "--by", "folder", "--vault", str(root), "--apply"]) == 0
    capsys.readouterr()
    assert run(["index", "--vault", str(root), "--apply"]) == 0
    assert capsys.readouterr().out == "nothing to do\n"
    (root / "Map.md").write_text((root / "Map.md").read_text().replace("**f**", "**mine**"))
    assert run(["index", "--vault", str(root), "--apply"]) == 2
    assert "changed by hand" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_plan_is_not_kept_over_a_note(
    arguments: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree_digest(root)
    assert run([*arguments, "--vault", str(root), "--save", str(root / "S.md")]) == 2
    assert "S.md exists and is no saved plan; it was left as it is" in capsys.readouterr().err
    assert tree_digest(root) == before
