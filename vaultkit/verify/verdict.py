"""What was found out about a function, as plain values: no arrays, no torch, picklable.

The ladder is `executed < called < agrees < robust`, or `diverges`. The regular domain decides
between agrees and diverges, the edge domain between agrees and robust.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class Level(IntEnum):
    """How much is known to be right; `diverges` lies below everything."""

    DIVERGES = 0
    EXECUTED = 1
    CALLED = 2
    AGREES = 3
    ROBUST = 4

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Divergence:
    """One place where the function is not what it claims, with the smallest inputs that show it.

    topic:       "regular domain", or what is special about the inputs
    device, dtype: where it was seen first
    call:        the inputs as a person would type them
    error:       the absolute difference; inf where one side is infinite, NaN, or of another shape
    explanation: which convention or factor would make it right, or ""
    """

    topic: str
    call: str
    got: str
    expected: str
    error: float
    device: str = "cpu"
    dtype: str = "float64"
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One device and dtype.

    level:      None where it was skipped
    error, relative_error: the largest seen against the definition, over the regular domain
    reference_error:       the largest difference from the fused reference there
    own_error:  the fused reference's own largest error against the definition
    device_gap: the largest difference from the same dtype on the CPU, or None
    """

    device: str
    dtype: str
    level: Level | None
    skipped: str = ""
    cases: int = 0
    error: float = 0.0
    relative_error: float = 0.0
    reference_error: float = 0.0
    own_error: float = 0.0
    device_gap: float | None = None
    divergences: tuple[Divergence, ...] = ()


@dataclass(frozen=True, slots=True)
class Gradient:
    """One gradient check: gradcheck, finite at a margin, none to the teacher, …

    held:    None where it does not apply
    detail:  what it covered, or what it found
    call:    the inputs it failed on
    dtype:   what it was asked in
    regular: it decides between agrees and diverges
    """

    check: str
    held: bool | None
    detail: str = ""
    call: str = ""
    dtype: str = "float64"
    regular: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What one forward and backward pass costs, beside the fused reference.

    fresh: new (B, C) tensors made, a count that is the same on every run
    peak:  bytes held at once beyond the inputs; seconds: median of a few runs, not compared
    """

    device: str
    shape: str
    fresh: int
    reference_fresh: int
    peak: int = field(compare=False)
    reference_peak: int = field(compare=False)
    seconds: float = field(compare=False)
    reference_seconds: float = field(compare=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one function. Equal for equal seeds; timings do not count.

    conventions: every convention it was judged by, as (key, value)
    explanation: why it is not higher, where one cause is known, or ""
    remarks:     what is worth knowing and decides nothing ("`num_classes` changes nothing")
    """

    function: str
    concept: str
    level: Level
    conventions: tuple[tuple[str, str], ...] = ()
    cells: tuple[Cell, ...] = ()
    gradients: tuple[Gradient, ...] = ()
    costs: tuple[Cost, ...] = ()
    explanation: str = ""
    remarks: tuple[str, ...] = ()
    seed: int = 0

    @property
    def divergences(self) -> tuple[Divergence, ...]:
        """The first divergence of each topic, over all devices and dtypes."""
        first: dict[str, Divergence] = {}
        for cell in self.cells:
            for divergence in cell.divergences:
                first.setdefault(divergence.topic, divergence)
        return tuple(first.values())

    @property
    def counterexample(self) -> Divergence | None:
        """The smallest inputs that refute the function on the regular domain."""
        return next((d for d in self.divergences if d.topic == REGULAR), None)

    def meets(self, required: str) -> bool:
        """Whether the verdict is at least `agrees`, `robust`, …"""
        return self.level >= Level[required.upper()]


REGULAR = "regular domain"


def lowest(verdicts: Iterable[Verdict]) -> Level | None:
    """A block's level: the lowest of its functions, or None where nothing was judged."""
    return min((verdict.level for verdict in verdicts), default=None)


def told(verdict: Verdict) -> str:
    """The verdict as text: the level, what diverges and on what, and a row per device and dtype."""
    conventions = " ".join(f"{key}={value}" for key, value in verdict.conventions)
    lines = [f"{verdict.function} implements {verdict.concept}: {verdict.level}"]
    lines += [f"  judged with {conventions}"] if conventions else []
    lines += [f"  {verdict.explanation}"] if verdict.explanation else []
    for divergence in verdict.divergences:
        place = f"{divergence.dtype}, {divergence.device}"
        lines.append(f"  diverges on {divergence.topic} ({place}):")
        lines += [f"    {line}" for line in divergence.call.splitlines()]
        lines.append(f"    gives {divergence.got}, right is {divergence.expected}")
        lines += [f"    {divergence.explanation}"] if divergence.explanation else []
    lines += [_row(cell) for cell in verdict.cells]
    for gradient in verdict.gradients:
        held = {True: "held", False: "failed", None: "not asked"}[gradient.held]
        lines.append(f"  gradient, {gradient.check}: {held}{_after(gradient.detail)}")
    for cost in verdict.costs:
        lines.append(
            f"  cost on {cost.device} at {cost.shape}: {cost.fresh} fresh tensors (fused"
            f" {cost.reference_fresh}), {cost.peak:,} bytes (fused {cost.reference_peak:,}),"
            f" {cost.seconds * 1e3:.2f} ms (fused {cost.reference_seconds * 1e3:.2f} ms)"
        )
    lines += [f"  note: {remark}" for remark in verdict.remarks]
    return "\n".join(lines)


def _row(cell: Cell) -> str:
    place = f"  {cell.device:<7}{cell.dtype:<10}"
    if cell.level is None:
        return f"{place}skipped: {cell.skipped}"
    topics = ", ".join(d.topic for d in cell.divergences)
    gap = f", {cell.device_gap:.1e} from cpu" if cell.device_gap is not None else ""
    return (
        f"{place}{cell.level!s:<10}{cell.cases} cases, error {cell.error:.1e}"
        f" (fused {cell.own_error:.1e}, between them {cell.reference_error:.1e}{gap})"
        f"{'; diverges on: ' + topics if topics else ''}"
    )


def _after(text: str) -> str:
    return f" ({text})" if text else ""
