"""One device and dtype: the regular grid, a search beyond it, and the edge domain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from vaultkit.verify.arrays import REGULAR_DTYPES, eps
from vaultkit.verify.concept import Case, Values
from vaultkit.verify.domain import Choice
from vaultkit.verify.search import find, inputs, reduced
from vaultkit.verify.subject import Subject
from vaultkit.verify.trial import Trial, attempt, call_of, expectation, failure
from vaultkit.verify.verdict import REGULAR, Cell, Divergence, Level

HALF = "half precision"
HALF_CELLS = 1000
GROSS = 0.02


@dataclass(slots=True)
class Bench:
    """What stays the same over the cells of one judgement.

    examples: how many inputs Hypothesis draws where the grid finds nothing
    answers:  what the function gave on the CPU, by dtype and place in the grid, to compare with
    """

    subject: Subject
    seed: int
    examples: int
    answers: dict[tuple[str, int], Any] = field(default_factory=dict)


def judge_cell(bench: Bench, device: str, dtype: str) -> tuple[Cell, list[Trial]]:
    """The cell, and the trials of its regular grid."""
    settings = bench.subject.settings
    most = 64_000 if dtype in REGULAR_DTYPES else HALF_CELLS
    cases = bench.subject.regular(eps=eps(dtype), most=most)
    if dtype not in REGULAR_DTYPES:
        cases += _full_width(bench, dtype)
    here = device == "cpu"
    edges = [case for case in bench.subject.edges() if here or not case.host_only]
    if "ignore_index" in settings.explicit:
        # What a note declares about ignored rows belongs to the regular domain.
        cases += [replace(case, topic=None) for case in edges if case.topic == "ignore_index"]
        edges = [case for case in edges if case.topic != "ignore_index"]
    trials = [attempt(bench.subject, case, dtype, device) for case in cases]
    trials = [trial for trial in trials if trial.right is not None]
    if not trials:
        return Cell(device, dtype, None, "not supported by the reference"), []
    place, gap = (device, dtype), _device_gap(bench, device, dtype, trials)
    level = _level(trials)
    found: list[Divergence] = []
    if level in (Level.EXECUTED, Level.CALLED):
        return _cell(place, level, trials, found, gap), trials
    if level is Level.AGREES and dtype == "float64" and device == "cpu" and bench.examples:
        strange = _search(bench, dtype, device)
        if strange is not None:
            trials.append(attempt(bench.subject, strange, dtype, device))
            level = Level.DIVERGES
            found.append(_divergence(bench, REGULAR, trials[-1], dtype, device))
    elif level is Level.DIVERGES:
        topic = REGULAR if dtype in REGULAR_DTYPES else HALF
        smallest = _smallest(bench, trials, dtype, device)
        found.append(_divergence(bench, topic, smallest, dtype, device))
    if level is not Level.DIVERGES or dtype not in REGULAR_DTYPES:
        found += _edges(bench, edges, dtype, device)
    if not found:
        level = Level.ROBUST
    elif dtype not in REGULAR_DTYPES and level is not Level.DIVERGES:
        level = Level.AGREES
    return _cell(place, level, trials, found, gap), trials


def _full_width(bench: Bench, dtype: str) -> list[Case]:
    """The widest batch of the grid: a sum over it overflows float16 where a mean does not."""
    settings = bench.subject.settings
    cases = bench.subject.regular(eps=eps(dtype))
    usual = {
        a.name: a.kind.options[0]
        for a in settings.arguments
        if isinstance(a.kind, Choice) and a.name not in bench.subject.only
    }
    widest = [case for case in cases if case.name.startswith("B=64, C=1000")][-1:]
    return [replace(case, values=case.values | usual) for case in widest]


def _level(trials: list[Trial]) -> Level:
    if all(trial.fault == "raised" for trial in trials):
        return Level.EXECUTED
    if all(trial.fault in ("unusable", "raised") for trial in trials):
        return Level.CALLED
    return Level.AGREES if all(trial.right for trial in trials) else Level.DIVERGES


def _cell(
    place: tuple[str, str],
    level: Level,
    trials: list[Trial],
    found: list[Divergence],
    gap: float | None,
) -> Cell:
    return Cell(
        device=place[0],
        dtype=place[1],
        level=level,
        cases=len(trials),
        error=max(trial.against.absolute for trial in trials),
        relative_error=max(trial.against.relative for trial in trials),
        reference_error=max(trial.against_fused for trial in trials),
        own_error=max(trial.own for trial in trials),
        device_gap=gap,
        divergences=tuple(found),
    )


def _device_gap(bench: Bench, device: str, dtype: str, trials: list[Trial]) -> float | None:
    """The largest difference from the CPU's answers, which are remembered or asked for."""
    if device == "cpu":
        bench.answers.update({(dtype, n): t.answer.value for n, t in enumerate(trials)})
        return None
    gaps = []
    for number, trial in enumerate(trials):
        if (dtype, number) not in bench.answers:
            bench.answers[dtype, number] = bench.subject(trial.case, dtype, "cpu").value
        there, here = trial.answer.value, bench.answers[dtype, number]
        if there is not None and here is not None and there.shape == here.shape:
            with np.errstate(invalid="ignore"):
                gaps.append(float(np.nanmax(np.abs(there - here), initial=0.0)))
    return max(gaps, default=None)


def _fails(bench: Bench, dtype: str, device: str, *, gross: bool = False) -> Any:
    """Whether values fail; `gross`: by more than rounding could ever explain."""

    def fails(values: Values) -> bool:
        trial = attempt(bench.subject, Case("drawn", values), dtype, device)
        return trial.right is False and (not gross or _is_gross(trial))

    return fails


def _is_gross(trial: Trial) -> bool:
    """An error, or one part in fifty of a value that is not tiny itself."""
    if trial.fault != "wrong" or trial.want is None:
        return True
    size = float(np.max(np.abs(trial.want), initial=0.0))
    return trial.against.absolute >= GROSS * max(size, 0.05)


def _search(bench: Bench, dtype: str, device: str) -> Case | None:
    """The smallest counterexample among inputs drawn beyond the grid, or None."""
    settings = bench.subject.settings
    strategy = inputs(settings.concept, settings.conventions, only=bench.subject.only, dtype=dtype)
    values = find(strategy, _fails(bench, dtype, device), bench.seed, bench.examples)
    return None if values is None else Case("drawn", values)


def _smallest(bench: Bench, trials: list[Trial], dtype: str, device: str) -> Trial:
    """The first failing case of the grid, which comes smallest first, made smaller still.

    Where the grid shows a gross error, so does the counterexample: a clamp at 1e-7 is not told by
    the seventh digit of log 2.
    """
    settings = bench.subject.settings
    wrong = [trial for trial in trials if trial.right is False]
    gross = [trial for trial in wrong if _is_gross(trial)]
    start = (gross or wrong)[0].case
    fails = _fails(bench, dtype, device, gross=bool(gross))
    # Rounded scores could land where the definition jumps.
    case = reduced(
        settings.arguments,
        start,
        fails,
        fixed=bench.subject.only,
        numbers=settings.concept.tidy is None,
    )
    return attempt(bench.subject, case, dtype, device)


def _edges(bench: Bench, edges: list[Case], dtype: str, device: str) -> list[Divergence]:
    """The first divergence of each topic; the cases of a topic come smallest first."""
    found: dict[str, Divergence] = {}
    for case in edges:
        topic = case.topic or ""
        if topic in found:
            continue
        trial = attempt(bench.subject, case, dtype, device)
        if trial.right is False:
            found[topic] = _divergence(bench, topic, trial, dtype, device)
    return list(found.values())


def _divergence(bench: Bench, topic: str, trial: Trial, dtype: str, device: str) -> Divergence:
    digits = 6 if failure(trial) != expectation(trial) else 12
    return Divergence(
        topic=topic,
        call=call_of(bench.subject.settings, trial.case),
        got=failure(trial, digits),
        expected=expectation(trial, digits),
        error=trial.against.absolute if trial.fault == "wrong" else float("inf"),
        device=device,
        dtype=dtype,
    )
