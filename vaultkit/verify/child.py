"""One running child as its parent sees it: what it reported, printed, used, and when it is due."""

from __future__ import annotations

import fcntl
import os
import signal
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any

from vaultkit.verify.job import Job
from vaultkit.verify.ledger import Ledger
from vaultkit.verify.outcome import Failure, JobOutcome, Outcome

_NEVER = float("inf")
_JUDGED = 4  # times the usual limit for a block whose function is judged as well


class Papers:
    """What parent and child share: the ledger, and the file that the child prints into."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.output = _memory_file()

    def close(self) -> None:
        """Give both up, in this process."""
        self.ledger.close()
        os.close(self.output)


class Child:
    """A job in a process, from the fork to its outcome."""

    def __init__(self, job: Job, pid: int, papers: Papers, work: str) -> None:
        self.job, self.pid, self.papers, self.work = job, pid, papers, work
        self.pidfd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
        self.started = monotonic()
        self.killed: Failure | None = None

    def _allowed(self, index: int) -> float:
        block = next(b for b in self.job.blocks if b.index == index)
        if block.timeout is not None:
            return block.timeout
        return self.job.limits.block * (_JUDGED if block.declares or block.asks else 1)

    def due(self) -> float:
        """When the next limit on time may be reached, on the monotonic clock."""
        if self.killed:
            return _NEVER
        whole = self.started + self.job.limits.note
        index, since = self.papers.ledger.running()
        return min(whole, since + self._allowed(index)) if index else whole

    def kill(self, why: Failure) -> None:
        """End the process and all it started, once; the reason goes into the report."""
        if self.killed is None:
            self.killed = why
            self.end_group()

    def end_group(self) -> None:
        """Kill the process and its group; only while nobody has waited for it.

        A number that was waited for may be somebody else's by now.
        """
        for kill in (os.kill, os.killpg):
            with suppress(OSError):
                kill(self.pid, signal.SIGKILL)

    def enforce(self) -> None:
        """Kill the child when a limit on time or output is passed."""
        if self.killed:
            return
        limits = self.job.limits
        index, since = self.papers.ledger.running()
        now = monotonic()
        if now >= self.started + limits.note:
            self.kill(Failure("Timeout", f"the note ran for more than {limits.note:g} s"))
        elif index and now >= since + self._allowed(index):
            self.kill(Failure("Timeout", f"ran for more than {self._allowed(index):g} s"))
        elif os.fstat(self.papers.output).st_size > limits.output:
            self.kill(_too_much(self.job))

    def finish(self, status: int, usage: Any) -> JobOutcome:
        """The job's outcome, once the process is gone."""
        records = self.papers.ledger.records()
        outcomes, ended_in = self._read(records)
        if ended_in is not None:
            outcomes[ended_in] = self._cut_off(ended_in, status, records)
        self._put_output(outcomes, records, ended_in)
        reported = {b.index for b in self.job.blocks if b.reported}
        return JobOutcome(
            self.job.id,
            tuple(outcomes[i] for i in sorted(outcomes) if i in reported or i == ended_in),
            ended_in,
            monotonic() - self.started,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024),
        )

    def _read(self, records: list[dict[str, Any]]) -> tuple[dict[int, Outcome], int | None]:
        """The outcomes that were reported, and the block after which reports are missing."""
        outcomes: dict[int, Outcome] = {}
        for record in records:
            with suppress(KeyError, TypeError, ValueError, IndexError):
                if "blocked" in record:
                    index = record["blocked"]
                    outcomes[index] = Outcome(index, None, blocked_by=record["by"])
                elif "end" in record:
                    outcome = _outcome(record["end"])
                    outcomes[outcome.index] = outcome
        running, _ = self.papers.ledger.running()
        left = [b.index for b in self.job.blocks if not b.absent and b.index not in outcomes]
        return outcomes, running if running in left else left[0] if left else None

    def _cut_off(self, index: int, status: int, records: list[dict[str, Any]]) -> Outcome:
        _, since = self.papers.ledger.running()
        seconds = monotonic() - (since or self.started)
        if self.killed is not None:
            verdict = "timeout" if self.killed.type == "Timeout" else "failed"
            return Outcome(index, verdict, seconds, self.killed)  # type: ignore[arg-type]
        refused = next((r["refused"] for r in records if "refused" in r), None)
        if refused is not None:
            return Outcome(index, "crashed", seconds, Failure("Sandbox", str(refused)))
        code = os.waitstatus_to_exitcode(status)
        if code >= 0:
            told = f"the process ended with exit code {code} before the block did"
            return Outcome(index, "crashed", seconds, Failure("ProcessExit", told))
        name = signal.Signals(-code).name if -code in list(signal.Signals) else f"signal {-code}"
        told = f"the process was ended by {name}"
        return Outcome(index, "crashed", seconds, Failure("Signal", told))

    def _put_output(
        self, outcomes: dict[int, Outcome], records: list[dict[str, Any]], ended_in: int | None
    ) -> None:
        """Give each block what it printed, and fail the one that printed too much."""
        size = os.fstat(self.papers.output).st_size
        if not size:
            return
        limits = self.job.limits
        start = 0
        ends = [(r["end"]["index"], r["at"]) for r in records if "end" in r and "at" in r]
        for index, end in [*ends, *([(ended_in, size)] if ended_in is not None else [])]:
            text = os.pread(self.papers.output, min(end - start, limits.kept), start)
            changes: dict[str, Any] = {"output": text.decode("utf-8", "replace")}
            if start <= limits.output < end:
                changes |= {"verdict": "failed", "failure": _too_much(self.job)}
            outcomes[index] = _replaced(outcomes[index], changes)
            start = end

    def close(self) -> None:
        """Close what the parent holds of this child."""
        self.papers.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)


def _too_much(job: Job) -> Failure:
    return Failure("OutputLimit", f"printed more than {job.limits.output >> 20} MiB")


def _memory_file() -> int:
    """A file in memory that all who write append to."""
    if hasattr(os, "memfd_create"):
        made = os.memfd_create("output", os.MFD_CLOEXEC)
    else:
        import tempfile

        with tempfile.TemporaryFile() as file:
            made = os.dup(file.fileno())
    fcntl.fcntl(made, fcntl.F_SETFL, fcntl.fcntl(made, fcntl.F_GETFL) | os.O_APPEND)
    return made


def _replaced(outcome: Outcome, changes: dict[str, Any]) -> Outcome:
    return replace(outcome, **changes)


def _outcome(told: dict[str, Any]) -> Outcome:
    failure = told["failure"] and Failure(*told["failure"])
    return Outcome(
        int(told["index"]),
        told["verdict"],
        float(told["seconds"]),
        failure or None,
        missing=tuple(told["missing"]),
        result=tuple((name, value) for name, value in told["result"]),
        judged=told["judged"],
        proposed=told["proposed"],
        reads=tuple(told["reads"]),
    )
