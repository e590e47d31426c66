"""What the report says of one block on one device."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from vaultkit.snippets.flow import Stale
from vaultkit.verify.outcome import Failure, Verdict

Fate = Literal["ran", "skipped", "blocked", "defines-only", "not-ours"]
Alone = Literal["passed", "failed", "unknown"]
NOWHERE = "functions here read"  # how the message about a name that nothing binds begins
# From the least to the most that a run can show of declared code.
LEVELS = ("executed", "called", "agrees", "robust")


@dataclass(frozen=True, slots=True)
class Row:
    """One block on one device.

    why:        why it did not run, or "".
    verdict:    None for a block that did not run.
    error:      why it did not pass; also the expected failure of a block that passed, and
                the name that its functions read and nothing binds.
    blocked_by: the block whose failure kept this one from running.
    alone:      whether it would run without the blocks above it.
    passed:     whether it ended as its marker says; None where nothing was to be shown.
    """

    note: str
    line: int
    index: int
    name: str
    language: str
    fate: Fate
    device: str
    seed: int
    why: str = ""
    verdict: Verdict | None = None
    seconds: float = 0.0
    error: Failure | None = None
    depends_on: tuple[int, ...] = ()
    blocked_by: int | None = None
    alone: Alone = "unknown"
    stale: tuple[Stale, ...] = ()
    output: str = ""
    judged: Any = None
    passed: bool | None = None
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """A whole run: every block of every note once for each device it was to run on.

    environment: versions, devices, sandbox, seed and commit, as JSON shows them.
    """

    rows: tuple[Row, ...]
    environment: dict[str, Any] = field(default_factory=dict)

    @property
    def green(self) -> bool:
        """Whether every planned block ended as its marker says."""
        return all(row.passed is not False for row in self.rows)

    def summary(self) -> dict[str, Any]:
        """Counts of fates and verdicts, and what was skipped, by its reason."""
        fates = Counter(row.fate for row in self.rows)
        verdicts = Counter(row.verdict for row in self.rows if row.verdict)
        skipped = Counter(row.why for row in self.rows if row.fate == "skipped")
        return {
            "notes": len({row.note for row in self.rows}),
            "blocks": len({(row.note, row.index) for row in self.rows}),
            "runs": sum(row.verdict is not None for row in self.rows),
            "remembered": sum(row.remembered for row in self.rows),
            "fates": dict(sorted(fates.items())),
            "verdicts": dict(sorted(verdicts.items())),
            "skipped": dict(sorted(skipped.items())),
            "stale": sum(bool(row.stale) for row in self.rows),
            "failed": sum(row.passed is False for row in self.rows),
        }


def reaches(verdict: str | None, required: str) -> bool:
    """Whether a verdict is at least the level that is asked for; "passed" always is."""
    if verdict == "passed":
        return True
    return verdict in LEVELS and LEVELS.index(verdict) >= LEVELS.index(required)


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows by note, block and device."""
    return tuple(sorted(rows, key=lambda row: (row.note, row.index, row.device)))
