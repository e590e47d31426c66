"""One running child as its parent sees it: what it reported, printed, used, and when it is due."""

from __future__ import annotations

import json
import os
import secrets
import signal
from contextlib import suppress
from time import monotonic
from typing import Any

from vaultkit.verify.job import Job
from vaultkit.verify.outcome import Failure, JobOutcome, Outcome

_CHUNK = 1 << 16
_RECORD_LIMIT = 64 << 20


class Pipes:
    """The pipes of one child, made before the fork."""

    def __init__(self) -> None:
        self.records, self.records_in = os.pipe()
        self.output, self.output_in = os.pipe()
        self.mark = b"\0vaultkit " + secrets.token_hex(8).encode() + b" "

    def keep_parent_side(self) -> None:
        """Close the ends that belong to the child."""
        os.close(self.records_in)
        os.close(self.output_in)
        os.set_blocking(self.records, False)
        os.set_blocking(self.output, False)

    def close(self) -> None:
        """Close the parent's ends."""
        os.close(self.records)
        os.close(self.output)


class Child:
    """A job in a process, from fork to the last byte of its pipes."""

    def __init__(self, job: Job, pid: int, pipes: Pipes, work: str) -> None:
        self.job, self.pid, self.pipes, self.work = job, pid, pipes, work
        self.pidfd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
        self.started = self.block_started = monotonic()
        self.current: int | None = None
        self.outcomes: dict[int, Outcome] = {}
        self.killed: Failure | None = None
        self.refused = ""
        self._records = bytearray()
        self._printed = bytearray()
        self._texts: dict[int, bytes] = {}
        self._printing = 0
        self._total = self._dropped = 0

    @property
    def due(self) -> float:
        """When the next limit on time is reached, on the monotonic clock."""
        whole = self.started + self.job.limits.note
        if self.current is None:
            return whole
        return min(whole, self.block_started + self._allowed())

    def _allowed(self) -> float:
        own = next((b.timeout for b in self.job.blocks if b.index == self.current), None)
        return own if own is not None else self.job.limits.block

    def kill(self, why: Failure) -> None:
        """End the process and all it started, once; the reason goes into the report."""
        if self.killed is None:
            self.killed = why
        for kill, target in ((os.kill, self.pid), (os.killpg, self.pid)):
            with suppress(OSError):
                kill(target, signal.SIGKILL)

    def enforce_time(self) -> None:
        """Kill the child when a limit on time is reached."""
        now = monotonic()
        if now < self.due or self.killed:
            return
        if now >= self.started + self.job.limits.note:
            told = f"the note ran for more than {self.job.limits.note:g} s"
        else:
            told = f"ran for more than {self._allowed():g} s"
        self.kill(Failure("Timeout", told))

    def read_records(self) -> None:
        """Take in what the child reported."""
        self._records += _drain(self.pipes.records)
        if len(self._records) > _RECORD_LIMIT:
            self.kill(Failure("OutputLimit", "a report of more than 64 MiB"))
            self._records.clear()
        while (end := self._records.find(b"\n")) >= 0:
            line = bytes(self._records[:end])
            del self._records[: end + 1]
            with suppress(ValueError, KeyError, TypeError, IndexError):
                self._take(json.loads(line))

    def _take(self, record: dict[str, Any]) -> None:
        if "begin" in record:
            self.current, self.block_started = record["begin"], monotonic()
        elif "blocked" in record:
            index = record["blocked"]
            self.outcomes[index] = Outcome(index, None, blocked_by=record["by"])
        elif "end" in record:
            outcome = _outcome(record["end"])
            if outcome.index == self.current:  # nothing may report for another block
                self.outcomes[outcome.index] = outcome
                self.current = None
        elif "refused" in record:
            self.refused = str(record["refused"])

    def read_output(self) -> None:
        """Take in what the child printed, and stop one that prints without end."""
        data = _drain(self.pipes.output)
        self._total += len(data)
        self._printed += data
        self._split()
        if self._total > self.job.limits.output and not self.killed:
            told = f"printed more than {self.job.limits.output >> 20} MiB"
            self.kill(Failure("OutputLimit", told))

    def _split(self) -> None:
        mark = self.pipes.mark
        while (at := self._printed.find(mark)) >= 0:
            end = self._printed.find(b"\n", at)
            if end < 0:
                break
            self._keep(bytes(self._printed[:at]))
            number = self._printed[at + len(mark) : end]
            self._printing = int(number) if number.lstrip(b"-").isdigit() else 0
            del self._printed[: end + 1]
        else:
            keep_back = len(mark) + 24  # a mark may be cut in two
            self._keep(bytes(self._printed[:-keep_back]))
            del self._printed[:-keep_back]

    def _keep(self, data: bytes) -> None:
        index = abs(self._printing)
        had = self._texts.get(index, b"")
        room = self.job.limits.kept - len(had)
        if index and room > 0:
            self._texts[index] = had + data[:room]

    def finish(self, status: int, usage: Any) -> JobOutcome:
        """The job's outcome, once the process is gone and its pipes are read to the end."""
        self.read_records()
        self.read_output()
        self._keep(bytes(self._printed))
        reported = {b.index for b in self.job.blocks if b.reported}
        ended_in = self.current
        left = [b.index for b in self.job.blocks if not b.absent and b.index not in self.outcomes]
        if self.current is None and left:
            ended_in = left[0]
        if ended_in is not None:
            self.outcomes[ended_in] = self._cut_off(ended_in, status)
        outcomes = tuple(
            _with_output(self.outcomes[index], self._texts.get(index, b""))
            for index in sorted(self.outcomes)
            if index in reported or index == ended_in
        )
        return JobOutcome(
            self.job.id,
            outcomes,
            ended_in,
            monotonic() - self.started,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024),
        )

    def _cut_off(self, index: int, status: int) -> Outcome:
        seconds = monotonic() - self.block_started
        if self.killed is not None:
            verdict = "timeout" if self.killed.type == "Timeout" else "failed"
            return Outcome(index, verdict, seconds, self.killed)  # type: ignore[arg-type]
        if self.refused:
            return Outcome(index, "crashed", seconds, Failure("Sandbox", self.refused))
        code = os.waitstatus_to_exitcode(status)
        if code >= 0:
            told = f"the process ended with exit code {code} before the block did"
            return Outcome(index, "crashed", seconds, Failure("ProcessExit", told))
        name = signal.Signals(-code).name if -code in list(signal.Signals) else f"signal {-code}"
        told = f"the process was ended by {name}"
        return Outcome(index, "crashed", seconds, Failure("Signal", told))

    def close(self) -> None:
        """Close what the parent holds of this child."""
        self.pipes.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)


def _drain(descriptor: int, most: int = 4 << 20) -> bytes:
    found = bytearray()
    while len(found) < most:
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            break
        if not data:
            break
        found += data
    return bytes(found)


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
        reads=tuple(told["reads"]),
    )


def _with_output(outcome: Outcome, text: bytes) -> Outcome:
    from dataclasses import replace

    return replace(outcome, output=text.decode("utf-8", "replace"))
