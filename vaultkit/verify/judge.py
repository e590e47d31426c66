"""The judgement of one function against the concept its note declares.

Called inside the process that ran the note's block: a function and plain attributes in, a plain
picklable `Verdict` out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from vaultkit.verify.arrays import DTYPES, REGULAR_DTYPES
from vaultkit.verify.binding import BindingError, bind
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.cell import Bench, judge_cell
from vaultkit.verify.concept import Concept
from vaultkit.verify.declare import Settings, read
from vaultkit.verify.explain import explain, explain_edge
from vaultkit.verify.gradient import gradients
from vaultkit.verify.measure import cost
from vaultkit.verify.subject import Subject
from vaultkit.verify.trial import Trial
from vaultkit.verify.verdict import REGULAR, Cell, Divergence, Gradient, Level, Verdict

EXAMPLES = 30


def judge(
    function: Callable[..., Any],
    declaration: Mapping[str, Any],
    *,
    devices: tuple[str, ...] = ("cpu", "cuda"),
    dtypes: tuple[str, ...] = DTYPES,
    seed: int = 0,
    concepts: Mapping[str, Concept] | None = None,
    examples: int = EXAMPLES,
    measured: bool = True,
) -> Verdict:
    """Judge a function by a declaration such as {"implements": "focal-loss", "alpha": "scalar"}.

    devices:  asked for; one that is not there is a skipped cell, counted and named
    concepts: the catalogue to look in; the package's own without one
    examples: inputs drawn beyond the grid; measured: count tensors, bytes and seconds too

    The same seed gives an equal verdict. Raises UsageError for a declaration that makes no sense;
    whatever the function itself does is part of the verdict.
    """
    settings = read(declaration, catalogue() if concepts is None else concepts)
    if not settings.function:
        settings = replace(settings, function=getattr(function, "__name__", "function"))
    blank = Verdict(
        function=settings.function,
        concept=settings.concept.id,
        level=Level.EXECUTED,
        conventions=_stated(settings),
        seed=seed,
    )
    try:
        binding = bind(function, settings)
    except BindingError as error:
        return replace(blank, explanation=f"{error.message}. {error.hint}")
    subject = Subject(function, binding, settings, seed)
    bench = Bench(subject, seed, examples)
    cells: list[Cell] = []
    trials: list[Trial] = []
    for device in devices:
        for dtype in dtypes:
            if reason := _unavailable(settings, device, dtype) or _settled(cells, device, dtype):
                cells.append(Cell(device, dtype, None, reason))
                continue
            cell, tried = judge_cell(bench, device, dtype)
            cells.append(cell)
            trials = trials or tried
    verdict = replace(blank, cells=tuple(cells))
    regular = [c.level for c in cells if c.level is not None and c.dtype in REGULAR_DTYPES]
    level = min(regular, default=Level.CALLED)
    if level < Level.AGREES:
        return _refuted(subject, replace(verdict, level=level), trials)
    here = tuple(device for device in devices if _device_is_there(device))
    return _confirmed(subject, verdict, here, here if measured else ())


def _refuted(subject: Subject, verdict: Verdict, trials: list[Trial]) -> Verdict:
    """Below `agrees`: why, as far as one cause explains it."""
    if not trials or all(trial.right for trial in trials):
        return verdict
    cause = explain(subject, trials)
    if verdict.level is Level.DIVERGES:
        return replace(verdict, explanation=cause, remarks=tuple(_remarks(subject)))
    failed = trials[0].answer.raised or trials[0].answer.unusable
    return replace(verdict, explanation="; ".join(filter(None, (failed, cause))))


def _confirmed(
    subject: Subject, verdict: Verdict, devices: tuple[str, ...], measured_on: tuple[str, ...]
) -> Verdict:
    """At least `agrees` by its values: gradients, causes of edge divergences, costs."""
    checks = {device: tuple(gradients(subject, device)) for device in devices}
    topics = dict.fromkeys(d.topic for cell in verdict.cells for d in cell.divergences)
    causes = {topic: explain_edge(subject, topic) for topic in topics}
    cells = [_explained(cell, causes) for cell in verdict.cells]
    for device, found in checks.items():
        place = next(n for n, cell in enumerate(cells) if cell.device == device)
        cells[place] = _with_gradients(cells[place], found)
    costs = [cost(subject, device) for device in measured_on]
    levels = [cell.level for cell in cells if cell.level is not None]
    regular = [c.level for c in cells if c.level is not None and c.dtype in REGULAR_DTYPES]
    # A difference in half precision alone belongs to the edge domain.
    level = Level.DIVERGES if Level.DIVERGES in regular else max(Level.AGREES, min(levels))
    return replace(
        verdict,
        level=level,
        cells=tuple(cells),
        gradients=tuple(check for found in checks.values() for check in found),
        costs=tuple(c for c in costs if c is not None),
        remarks=tuple(_remarks(subject)),
    )


def _settled(cells: list[Cell], device: str, dtype: str) -> str:
    """Half precision is not asked where the regular domain has refuted the function already."""
    refuted = any(
        cell.device == device and cell.level is not None and cell.level < Level.AGREES
        for cell in cells
        if cell.dtype in REGULAR_DTYPES
    )
    return "refuted on the regular domain" if refuted and dtype not in REGULAR_DTYPES else ""


def _with_gradients(cell: Cell, checks: tuple[Gradient, ...]) -> Cell:
    """The cell with failed gradient checks among its divergences, and its level lowered by them."""
    failed = tuple(_from_checks(checks, cell.device))
    if not failed or cell.level is None:
        return cell
    refuted = any(d.topic == REGULAR for d in failed)
    level = Level.DIVERGES if refuted else min(cell.level, Level.AGREES)
    return replace(cell, level=level, divergences=(*cell.divergences, *failed))


def _stated(settings: Settings) -> tuple[tuple[str, str], ...]:
    conventions = [
        (c.key, str(settings.conventions[c.keyword]).lower()) for c in settings.concept.conventions
    ]
    return (*conventions, *((key, f"{value:g}") for key, value in settings.constants.items()))


def _device_is_there(device: str) -> bool:
    import torch

    return torch.cuda.is_available() if device.startswith("cuda") else True


def _unavailable(settings: Settings, device: str, dtype: str) -> str:
    """Why a device and dtype cannot be judged, or ""."""
    if not _device_is_there(device):
        return "no device"
    if settings.backend != "torch" and device != "cpu":
        return f"backend={settings.backend} runs on the CPU"
    if settings.backend == "numpy" and dtype == "bfloat16":
        return "NumPy has no bfloat16"
    if settings.backend == "python" and dtype != "float64":
        return "Python floats are float64"
    return ""


def _explained(cell: Cell, causes: Mapping[str, str]) -> Cell:
    return replace(
        cell,
        divergences=tuple(replace(d, explanation=causes[d.topic]) for d in cell.divergences),
    )


def _from_checks(checks: tuple[Gradient, ...], device: str) -> Iterator[Divergence]:
    """Failed gradient checks as divergences: gradcheck on the regular domain, the others beyond."""
    for check in checks:
        if check.held is False:
            topic = REGULAR if check.regular else f"gradient {check.check}"
            right = "none" if check.check.startswith("to ") else "a finite gradient"
            expected = "the gradient finite differences give" if check.regular else right
            yield Divergence(
                topic,
                check.call,
                check.detail,
                expected,
                float("inf"),
                device=device,
                dtype=check.dtype,
            )


def _remarks(subject: Subject) -> Iterator[str]:
    """What decides nothing and is worth knowing."""
    settings = subject.settings
    only = subject.only
    case = subject.regular(most=700)[-1]
    plain = subject(case, "float64", "cpu")
    if plain.value is None:
        return
    yield from _dead_counts(subject)
    if plain.precision == "float32":
        yield "computes in float32 even on float64 inputs, and was judged as float32"
    unset = [
        a.name for a in settings.arguments if a.name in only and a.name not in settings.constants
    ]
    if unset:
        given = ", ".join(f"{name} = {only[name]:g}" for name in unset)
        yield f"has no parameter for {given}: judged at that value alone"
    yield from _habits(subject, case, plain.value)


def _dead_counts(subject: Subject) -> Iterator[str]:
    """Parameters for the number of classes that no case shows to matter."""
    for name in subject.binding.counts:
        for case in subject.regular(most=100):
            count = subject.given(case, case.values)["num_classes"]
            right, other = (
                subject(case, "float64", "cpu", num_classes=n).value for n in (count, count + 7)
            )
            if right is None or other is None or not np.array_equal(right, other):
                break
        else:
            yield f"`{name}` is a dead argument: with 7 classes too many nothing changes"


def _habits(subject: Subject, case: Any, value: Any) -> Iterator[str]:
    """Whether it changes its inputs, and whether two calls differ."""
    import torch

    data = subject.data(case, "float64", "cpu")
    try:
        subject.raw(case, data)
        again = subject.raw(case, subject.data(case, "float64", "cpu"), seeded=False)
    except Exception:
        return
    for name, given in data.items():
        if isinstance(given, torch.Tensor) and given._version > 0:
            yield f"changes its argument `{name}` in place"
    if isinstance(again, torch.Tensor) and not np.array_equal(
        again.detach().double().numpy().reshape(value.shape), value, equal_nan=True
    ):
        yield "two calls on the same inputs differ: it draws random numbers"
