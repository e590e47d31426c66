"""What an action or a command costs, its children included."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


def best(action: Callable[[], object], times: int = 3) -> Cost:
    """The least wall time of several tries, and its CPU time, children included."""
    found = []
    for _ in range(times):
        before, start = _cpu(), perf_counter()
        action()
        found.append(Cost(perf_counter() - start, _cpu() - before))
    return Cost(min(c.wall for c in found), min(c.cpu for c in found))


def _cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def call(command: list[str], folder: Path | None = None) -> str:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout
