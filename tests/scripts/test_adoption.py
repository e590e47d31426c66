"""What others call vaultkit by: the pre-commit hooks and the action call what there is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tiny_vault import write_files

from vaultkit.cli import run

ROOT = Path(__file__).parent.parent.parent
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


def test_pre_commit_takes_the_hooks() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_calls_a_command_that_passes_on_a_sound_vault(
    hook: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_files(tmp_path, {"A.md": "text\n"}))
    program, *arguments = shlex.split(hook["entry"])
    assert program == "vaultkit"
    assert run(arguments) == 0


def scripts(**values: str) -> list[str]:
    """The action's commands of vaultkit as bash would see them, its variables filled in."""
    lines = "\n".join(step.get("run", "") for step in ACTION["runs"]["steps"]).splitlines()
    found = []
    for line in lines:
        if line.startswith("vaultkit "):
            filled = re.sub(r"\$\{SINCE:\+(.*?)\}", r"\1" if values["SINCE"] else "", line)
            found.append(re.sub(r"\$(\w+)", lambda match: values[match[1]], filled))
    return found


def test_the_action_calls_options_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_files(tmp_path, {"v/A.md": "text\n"}))
    values = {"VAULT": "v", "SARIF": "out.sarif", "ARGUMENTS": "--fail-on error", "SINCE": ""}
    sarif, lint = scripts(**values)
    for command in (sarif, lint):
        assert run(shlex.split(command)[1:]) == 0
    assert (tmp_path / "out.sarif").exists()


def test_every_input_of_the_action_is_used() -> None:
    text = (ROOT / "action.yml").read_text()
    assert all(f"inputs.{name}" in text for name in ACTION["inputs"])
    assert all("shell" in step or "uses" in step for step in ACTION["runs"]["steps"])


def test_commands_in_the_documentation_have_the_options_they_show() -> None:
    """Each option in docs/lint.md is one of `vaultkit lint`."""
    from vaultkit.cli.lint import lint

    known = {name for item in lint.params for name in item.opts} | {"--apply"}
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / "docs/lint.md").read_text()))
    assert shown <= known
