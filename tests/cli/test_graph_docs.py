"""What docs/graph.md says is so: its output was printed, its settings load, its code runs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tiny_vault import write_files
from transcript import call

from vaultkit.report.graph.answers import QUESTIONS
from vaultkit.report.graph.forms import FORMATS
from vaultkit.schema.graph import GRAPH_LIMITS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "graph.md").read_text("utf-8")
TRANSCRIPT = (ROOT / "tests" / "cli" / "transcripts" / "graph.txt").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks("console"))
def test_output_was_really_printed(block: str) -> None:
    assert f"\n{block}" in TRANSCRIPT


@pytest.mark.parametrize("block", blocks("toml"))
def test_settings_load(block: str, tmp_path: Path) -> None:
    assert "graph" in tomllib.loads(block)["tool"]["vaultkit"]
    root = write_files(tmp_path, {"A.md": "stage of: [[B]]\n", "B.md": "", "pyproject.toml": block})
    answer = call("graph", str(root), "--ask", "one-way")
    assert (answer.code, answer.err) == (0, "")


def test_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(tmp_path / "notes", {"A.md": "up:: [[B]] [[B]]", "B.md": ""})
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("python")
    exec(compile(code, "docs/graph.md", "exec"), {})
    assert capsys.readouterr().out == "B.md 2\n2 2\n"


def test_every_question_format_and_limit_is_told() -> None:
    for name in (*QUESTIONS, *FORMATS, *GRAPH_LIMITS):
        assert f"`{name}`" in TEXT
