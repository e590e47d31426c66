"""Killed at any moment, nothing of a run goes on, and the next one starts clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

NOTE = """```python
import os, time
for number in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(120)
        os._exit(0)
open("started", "w").write("x" * 100000)
time.sleep(120)
```
"""

if not Path("/proc/self/environ").exists():
    pytest.skip("needs /proc to see processes", allow_module_level=True)


def living(mark: str) -> set[int]:
    """Processes that carry the mark in the environment they were started with."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                told = (entry / "environ").read_bytes()
                dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            except OSError:
                continue
            if mark.encode() in told and not dead:
                found.add(int(entry.name))
    return found


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("sandbox", ["auto", "off"])
@pytest.mark.parametrize("after", [0.0, 0.05, 0.2, 0.6, "running"])
def test_nothing_survives_a_kill(tmp_path: Path, sandbox: str, after: float | str) -> None:
    vault, place = tmp_path / "vault", tmp_path / "tmp"
    vault.mkdir()
    place.mkdir()
    for number in range(3):
        (vault / f"N{number}.md").write_text(NOTE)
    mark = uuid.uuid4().hex
    # LC_ variables are passed on to the children; TMPDIR is where work folders are made.
    environment = {**os.environ, "LC_VAULTKIT_MARK": mark, "TMPDIR": str(place)}
    command = [sys.executable, "-m", "vaultkit", "verify", str(vault), "--sandbox", sandbox]
    made = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if isinstance(after, float):
        assert until(lambda: len(living(mark)) >= 1)
        time.sleep(after)
    else:  # the command, the parent (and who waits for it), notes, and what they forked
        assert until(lambda: len(living(mark)) >= 8), living(mark)
    made.send_signal(signal.SIGKILL)
    made.wait()
    assert until(lambda: not living(mark)), living(mark)

    for number in range(3):
        (vault / f"N{number}.md").write_text("```python\nx = 1\n```\n")
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(place.iterdir()) == []


def test_an_interrupt_ends_everything(tmp_path: Path) -> None:
    (tmp_path / "N.md").write_text(NOTE)
    mark = uuid.uuid4().hex
    made = subprocess.Popen(
        [sys.executable, "-m", "vaultkit", "verify", str(tmp_path)],
        env={**os.environ, "LC_VAULTKIT_MARK": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert until(lambda: len(living(mark)) >= 6)
    made.send_signal(signal.SIGINT)
    assert made.wait(timeout=20) == 130
    assert until(lambda: not living(mark)), living(mark)
