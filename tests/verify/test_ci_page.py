"""The pipelines of docs/ci.md, run step by step as they are written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "ci.md"
NOTE = "# A\n\n```python\nimport math\nassert math.pi > 3\n```\n"


def fences(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)


def pipelines() -> list[Any]:
    yaml = pytest.importorskip("yaml")
    return [yaml.safe_load(text) for text in fences("yaml")]


def commands(pipeline: Any) -> list[str]:
    if "vault" in pipeline:
        return list(pipeline["vault"]["script"])
    return [step["run"] for step in pipeline["jobs"]["vault"]["steps"] if "run" in step]


def run(project: Path, command: str) -> subprocess.CompletedProcess[str]:
    (project / "bin").mkdir(exist_ok=True)
    tool = project / "bin" / "vaultkit"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vaultkit "$@"\n')
    tool.chmod(0o755)
    return subprocess.run(
        command,
        shell=True,
        cwd=project,
        env={**os.environ, "PATH": f"{project / 'bin'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "Note.md").write_text(NOTE)
    (tmp_path / "pyproject.toml").write_text(fences("toml")[0])
    assert run(tmp_path, "vaultkit extract vault").returncode == 0
    return tmp_path


@pytest.mark.parametrize("number", [0, 1], ids=["github", "gitlab"])
def test_every_step_passes_on_a_true_vault(project: Path, number: int) -> None:
    steps = [one for one in commands(pipelines()[number]) if one.startswith("vaultkit ")]
    assert [step.split()[1] for step in steps] == ["lint", "extract", "verify"]
    for step in steps:
        made = run(project, step)
        if "require" in step and "the sandbox reaches only the level" in made.stderr:
            pytest.skip("this machine does not reach the level `full`")
        assert made.returncode == 0, (step, made.stdout, made.stderr)
    assert (project / ".vaultkit-cache").is_dir()


@pytest.mark.parametrize("number", [0, 1], ids=["github", "gitlab"])
def test_each_step_is_red_for_its_own_reason(project: Path, number: int) -> None:
    lint, extract, verify = [c for c in commands(pipelines()[number]) if c.startswith("vaultkit ")]
    note = project / "vault" / "Note.md"
    note.write_text(NOTE + "\n[[Nowhere]]\n")
    assert run(project, lint).returncode == 1
    note.write_text(NOTE.replace("> 3", "> 4"))
    assert run(project, extract).returncode == 1
    made = run(project, verify.replace("--sandbox require", ""))
    assert made.returncode == 1
    if number == 0:
        assert made.stdout.startswith("::error file=vault/Note.md,line=5,")
    else:
        suites = ElementTree.parse(project / "verify.xml").getroot()
        assert suites[0].get("failures") == "1"


def test_the_pipelines_give_a_stranger_nothing() -> None:
    github, gitlab = pipelines()
    triggers = github[True]  # YAML reads the key `on` as a truth value
    assert "pull_request" in triggers and "pull_request_target" not in triggers
    assert github["permissions"] == {"contents": "read"}
    steps = github["jobs"]["vault"]["steps"]
    assert steps[0]["with"] == {"persist-credentials": False}
    assert not any("secrets." in str(step) for step in steps)
    assert "PROTECTED" in gitlab["vault"]["cache"]["key"]
    assert ".vaultkit-cache/" in gitlab["vault"]["cache"]["paths"]


def test_what_pip_is_asked_for_is_this_project_with_an_extra_it_has() -> None:
    with (PAGE.parents[1] / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)["project"]
    lines = [one for pipeline in pipelines() for one in commands(pipeline) if "pip" in one]
    assert len(lines) == 2
    for line in lines:
        found = re.fullmatch(r'pip install "([\w-]+)\[(\w+)\]"', line)
        assert found is not None, line
        assert found[1] == told["name"]
        assert found[2] in told["optional-dependencies"]
