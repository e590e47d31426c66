"""What became of a block that means harm, run between two harmless ones."""

from __future__ import annotations

from conftest import TIGHT, job, outcomes

from vaultkit.verify.job import Limits
from vaultkit.verify.outcome import Outcome
from vaultkit.verify.runner import Runner


def end(runner: Runner, code: str, limits: Limits = TIGHT, timeout: float | None = None) -> Outcome:
    """What became of a hazard between two harmless blocks, the first of which is kept."""
    timeouts = {2: timeout} if timeout else None
    made = outcomes(runner, job("before = 1", code, "after = 1", limits=limits, timeouts=timeouts))
    assert made[0].verdict == "passed"
    return made[1]


def told(outcome: Outcome) -> tuple[str | None, str]:
    assert outcome.failure is not None
    return outcome.verdict, outcome.failure.type
