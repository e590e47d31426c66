"""No input crashes the reader or hangs it; the time limits only guard against the latter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("engine", "size"), [("fast", 100_000), ("reference", 10_000)])
def test_every_hostile_input_is_read(engine: str, size: int) -> None:
    """All cases of the benchmark: deep nesting, a million brackets, YAML that explodes …"""
    script = ROOT / "benchmarks/adversarial.py"
    done = subprocess.run(
        [sys.executable, str(script), "--once", "--engine", engine, "--size", str(size)],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[0]) > 120


@pytest.mark.slow
def test_a_note_of_ten_megabytes_is_read() -> None:
    script = ROOT / "benchmarks/adversarial.py"
    done = subprocess.run(
        [sys.executable, str(script), "--once", "--size", "10000000", "realistic"],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
