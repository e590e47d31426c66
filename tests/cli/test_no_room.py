"""An answer that finds no room is told as that, whatever the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tiny_vault import write_files

pytestmark = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="no device that is always full"
)
SAID = "error: the answer cannot be written: No space left on device\n  hint: "


def said(*arguments: str) -> str:
    """What is said on stderr where stdout is full."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vaultkit", *arguments],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    return done.stderr


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("command", ["links", "lint", "reconcile", "graph", "oracles"])
def test_an_answer_that_finds_no_room(tmp_path: Path, command: str, style: str) -> None:
    write_files(tmp_path, {"A.md": "[[B]]\n", "B.md": "[[A]]\n"})
    where = [] if command == "oracles" else [str(tmp_path)]
    assert SAID in said(command, *where, "--format", style)


@pytest.mark.parametrize("arguments", [["--help"], ["lint", "--help"], ["--version"], ["rules"]])
def test_help_that_finds_no_room(arguments: list[str]) -> None:
    told = said(*arguments)
    assert told.startswith(SAID)
    assert len(told.splitlines()) == 2
