"""What became of a job, as plain values that pickle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from vaultkit.verify.plain import Plain

Verdict = Literal[
    "passed", "failed", "timeout", "crashed", "executed", "called", "agrees", "robust", "diverges"
]


@dataclass(frozen=True, slots=True)
class Failure(Plain):
    """Why a block did not pass.

    type:  the exception's name, or what the runner saw: `Timeout`, `ProcessExit`,
           `Signal`, `MemoryLimit`, `ProcessLimit`, `OutputLimit`, `Sandbox`, `Runner`.
    line:  the note's line, or None where nobody knows it.
    trace: the traceback as Python prints it, or "".
    lineage: the names of the exception's class and of those it comes from.
    """

    type: str
    message: str
    line: int | None = None
    trace: str = ""
    lineage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome(Plain):
    """What became of one block.

    verdict:    None for a block that did not run.
    failure:    also for an expected failure, which passes.
    blocked_by: the block whose missing names kept this one from running, or None.
    missing:    names the block should have left behind and did not.
    output:     what it printed, cut to the limit.
    result:     values asked for, by name, as `devices` reads them.
    judged:     what the judge said of a declared function, as it said it; None without one.
    proposed:   what was proposed for its undeclared functions; None where nobody asked.
    reads:      files of the vault it opened, and True last where it listed a folder.
    """

    index: int
    verdict: Verdict | None
    seconds: float = 0.0
    failure: Failure | None = None
    blocked_by: int | None = None
    missing: tuple[str, ...] = ()
    output: str = ""
    result: tuple[tuple[str, Any], ...] = ()
    judged: Any = None
    proposed: Any = None
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobOutcome(Plain):
    """What became of a whole job.

    outcomes: one for each reported block that began or was blocked, in order; a block
              after the one in which the process ended has none.
    ended_in: the index of the block in which the process ended early, or None.
    cpu:      seconds of processor time of the child and what it waited for.
    memory:   bytes of its largest process at its peak.
    """

    id: int
    outcomes: tuple[Outcome, ...]
    ended_in: int | None = None
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
