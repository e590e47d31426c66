"""`lint --watch` answers again after a change, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest
from tiny_vault import write_files

from vaultkit.cli import run

pytest.importorskip("watchfiles", reason="in the extra `watch`")
_PATIENCE = 60


@contextmanager
def watching(root: Path) -> Iterator[Queue[str]]:
    """The lines that `lint --watch` prints, as they come; interrupted at the end."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "vaultkit", "lint", "--watch", str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    lines: Queue[str] = Queue()
    assert process.stdout is not None
    stream = process.stdout
    threading.Thread(target=lambda: [lines.put(line) for line in stream], daemon=True).start()
    try:
        yield lines
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(_PATIENCE) == 130


def until(lines: Queue[str], wanted: str) -> str:
    """Everything printed up to a line that holds a text."""
    said = ""
    while wanted not in said:
        said += lines.get(timeout=_PATIENCE)
    return said


def test_it_answers_again_after_a_change(tmp_path: Path) -> None:
    root = write_files(tmp_path / "vault", {"A.md": "[[Gone]]\n"})
    with watching(root) as lines:
        assert "no note is called `Gone`" in until(lines, "watching")
        write_files(root, {"Gone.md": "text\n"})
        assert "2 notes, nothing found" in until(lines, "watching")
        write_files(root, {"A.md": "[[Lost]]\n"})
        assert "no note is called `Lost`" in until(lines, "watching")


def test_a_mistake_is_told_and_waited_out(tmp_path: Path) -> None:
    root = write_files(tmp_path / "vault", {"A.md": "text\n", "vaultkit.toml": ""})
    with watching(root) as lines:
        until(lines, "watching")
        write_files(root, {"vaultkit.toml": "ignore = [\n"})
        assert "is not valid TOML" in until(lines, "watching")
        write_files(root, {"vaultkit.toml": "ignore = []\n"})
        assert "nothing found" in until(lines, "watching")


@pytest.mark.parametrize("other", ["--fix", "--write-baseline", "--diff"])
def test_it_neither_mends_nor_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.chdir(write_files(tmp_path, {"A.md": "text\n"}))
    assert run(["lint", "--watch", other]) == 2
