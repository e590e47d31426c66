"""Gradients: right by finite differences in float64, finite in float32 where it matters.

gradcheck never sees margins at which a probability rounds to 1 in float32; there focal loss with
0 < γ < 1 answers NaN. So both are asked: gradcheck on small shapes, and finite gradients at the
margins 0, 5, 20 and 40 on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vaultkit.verify.arrays import precision_of, tensors
from vaultkit.verify.cases import gradient_cases
from vaultkit.verify.concept import Case, Values
from vaultkit.verify.domain import Choice, Distribution, Labels, LogDistribution, Logits, TwoValued
from vaultkit.verify.edges import MASKED_CLASS, class_axis
from vaultkit.verify.subject import Subject, picked, told
from vaultkit.verify.trial import call_of
from vaultkit.verify.verdict import Gradient

MARGINS = (0.0, 5.0, 20.0, 40.0)


def gradients(subject: Subject, device: str = "cpu") -> Iterator[Gradient]:
    """Every gradient check of the concept, or one line saying why none applies."""
    settings = subject.settings
    required = settings.concept.gradient
    if required == "none" or not settings.gradient:
        yield Gradient("gradcheck", None, "a step function" if required == "none" else "declared")
        return
    if settings.backend != "torch":
        yield Gradient("gradcheck", None, f"no autograd through backend={settings.backend}")
        return
    only = subject.only
    small = gradient_cases(settings.concept, settings.conventions, subject.seed, only=only)
    check = _gradcheck(subject, small, device)
    yield check
    if check.held is None:
        return
    yield _finite(subject, _margins(subject, small, only), "at margins", device)
    masked = [case for case in subject.edges() if case.topic == MASKED_CLASS.topic]
    if masked:
        yield _finite(subject, masked, "under a −inf mask", device, asked=True)
    for argument in settings.arguments:
        if argument.gradient == "stops":
            yield _stopped(subject, small[0], argument.name, device)


def _flowing(subject: Subject) -> list[str]:
    return [a.name for a in subject.settings.arguments if a.gradient == "flows"]


def _result(subject: Subject, case: Case, data: Values) -> Any:
    return picked(subject.raw(case, data), subject.settings.returns)


def _gradcheck(subject: Subject, cases: list[Case], device: str) -> Gradient:
    import torch

    name = "gradcheck"
    optional = subject.settings.concept.gradient == "optional"
    flowing = _flowing(subject)
    for case in cases:
        data = tensors(subject.settings.arguments, case, "float64", device)
        leaves = [data[key].requires_grad_() for key in flowing]
        try:
            result = _result(subject, case, data)
        except Exception as error:
            return Gradient(name, False, told(error), call_of(subject.settings, case), regular=True)
        if not isinstance(result, torch.Tensor) or not result.requires_grad:
            kind = "a plain number" if not isinstance(result, torch.Tensor) else "a detached tensor"
            held = None if optional else False
            detail, call = f"returns {kind}: no gradient path", call_of(subject.settings, case)
            return Gradient(name, held, detail, call, regular=not optional)
        if precision_of(result) != "float64":
            if problem := _against_reference(subject, case, device):
                return Gradient(name, False, problem, regular=True)
            continue

        def forward(*leaves: Any, case: Case = case, data: Values = data) -> Any:
            return _result(subject, case, data | dict(zip(flowing, leaves, strict=True)))

        try:
            torch.autograd.gradcheck(forward, leaves, eps=1e-6, atol=1e-5, rtol=1e-3)
        except Exception as error:
            return Gradient(name, False, told(error), call_of(subject.settings, case), regular=True)
    return Gradient(name, True, f"float64, {len(cases)} cases", regular=True)


def _slopes(subject: Subject, case: Case, dtype: str, device: str, *, of_reference: bool) -> Any:
    """The gradients in the flowing arguments, as tensors; None where there is no path."""
    import torch

    settings = subject.settings
    data = tensors(settings.arguments, case, dtype, device)
    leaves = [data[name].requires_grad_() for name in _flowing(subject)]
    if of_reference:
        result = settings.concept.reference(**data, **settings.conventions)
    else:
        result = _result(subject, case, data)
    if isinstance(result, tuple | list):
        result = torch.stack(list(result))
    return torch.autograd.grad(result.sum(), leaves, allow_unused=True)


def _against_reference(subject: Subject, case: Case, device: str) -> str:
    """For a function that computes in float32 throughout: its gradient beside the reference's."""
    ours = _slopes(subject, case, "float32", device, of_reference=False)
    fused = _slopes(subject, case, "float64", device, of_reference=True)
    for name, got, want in zip(_flowing(subject), ours, fused, strict=True):
        if got is None or not np.allclose(
            got.cpu().double().numpy(), want.cpu().numpy(), rtol=1e-4, atol=1e-5
        ):
            return f"the gradient in {name} is not the reference's"
    return ""


def _finite(
    subject: Subject, cases: list[Case], name: str, device: str, *, asked: bool = False
) -> Gradient:
    """Whether gradients are finite; `asked`: only where the fused reference's own are."""
    for case in cases:
        try:
            ours = _slopes(subject, case, "float32", device, of_reference=False)
        except Exception as error:
            return Gradient(name, False, told(error), call_of(subject.settings, case), "float32")
        if all(g is None or bool(g.isfinite().all()) for g in ours):
            continue
        if asked:
            fused = _slopes(subject, case, "float32", device, of_reference=True)
            if not all(g is None or bool(g.isfinite().all()) for g in fused):
                continue
        call = call_of(subject.settings, case)
        return Gradient(name, False, "a gradient with NaN or inf", call, "float32")
    margins = "" if asked else f" at {', '.join(f'{m:g}' for m in MARGINS)} on both sides"
    return Gradient(name, True, f"finite in float32{margins}", dtype="float32")


def _margins(subject: Subject, small: list[Case], only: Values) -> list[Case]:
    """The right class ahead of the others or behind, by each margin, at every setting."""
    arguments = subject.settings.arguments
    base = small[0].values
    settings = [base] + [
        base | {a.name: option}
        for a in arguments
        if isinstance(a.kind, Choice) and a.name not in only
        for option in a.kind.options
    ]
    made = []
    for values in settings:
        for margin in MARGINS:
            for sign in (1.0, -1.0):
                ahead = _ahead(arguments, values, sign * margin)
                made.append(Case(f"margin {sign * margin:g}", ahead))
    return made


def _ahead(arguments: Any, values: Values, margin: float) -> Values:
    labels = next((values[a.name] for a in arguments if isinstance(a.kind, Labels)), None)
    signs = next(
        (np.sign(values[a.name] - 0.5) for a in arguments if isinstance(a.kind, TwoValued)), None
    )
    changed: Values = {}
    for argument in arguments:
        kind, value = argument.kind, values[argument.name]
        if class_axis(argument) is None:
            if argument.gradient == "flows" and signs is not None:
                changed[argument.name] = signs * margin
            continue
        # A distribution as float32 holds it: e^−40 is a small number, not a zero.
        row = np.zeros_like(value)
        if labels is not None and labels.ndim == value.ndim - 1 == 1:
            row[np.arange(len(row)), labels] = margin
        else:
            row[..., 0] = margin
        if isinstance(kind, Logits):
            changed[argument.name] = row
        elif isinstance(kind, Distribution | LogDistribution):
            if argument.gradient != "flows":
                continue
            logs = row - np.logaddexp.reduce(row, axis=-1, keepdims=True)
            changed[argument.name] = logs if isinstance(kind, LogDistribution) else np.exp(logs)
    return values | changed


def _stopped(subject: Subject, case: Case, name: str, device: str) -> Gradient:
    """Whether no gradient reaches an argument that is a given, such as a teacher's scores."""
    import torch

    data = tensors(subject.settings.arguments, case, "float64", device)
    leaf = data[name].requires_grad_()
    for other in _flowing(subject):
        data[other].requires_grad_()
    check = f"to {name}"
    try:
        (slope,) = torch.autograd.grad(
            _result(subject, case, data).sum(), [leaf], allow_unused=True
        )
    except Exception as error:
        return Gradient(check, False, told(error))
    norm = 0.0 if slope is None else float(slope.norm())
    detail = "none" if norm == 0.0 else f"leaks, norm {norm:.3g}"
    return Gradient(check, norm == 0.0, detail, call_of(subject.settings, case))
