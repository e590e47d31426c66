"""One case, one dtype, one device: the definition's value, the fused one's, the function's."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from vaultkit.verify.arrays import REGULAR_DTYPES, rounded, tensors, to_array
from vaultkit.verify.concept import Case, DomainError
from vaultkit.verify.declare import Settings
from vaultkit.verify.subject import Answer, Subject, told
from vaultkit.verify.tolerance import Distance, distance, overflowed


class Trial(NamedTuple):
    """What a case showed.

    right:  the function passed; None where the case decides nothing
    want:   the definition's value, or None where it has none
    fault:  "wrong", "raised", "unusable", "accepted" (a value where there is none), or ""
    """

    case: Case
    answer: Answer
    right: bool | None
    want: Any = None
    fault: str = ""
    against: Distance = Distance(True, 0.0, 0.0)
    against_fused: float = 0.0
    own: float = 0.0


def wanted(settings: Settings, case: Case, dtype: str) -> Any:
    """The definition's value on the inputs as the dtype holds them. Raises DomainError."""
    values = rounded(settings.arguments, case.values, dtype)
    with np.errstate(all="ignore"):
        value = settings.concept.definition(**values, **settings.conventions)
    return np.asarray(value, dtype=np.float64)


def fused(settings: Settings, case: Case, dtype: str, device: str) -> Any:
    """What the fused reference gives, or None where it raises or is known to be wrong."""
    if case.topic in settings.concept.blind:
        return None
    try:
        data = tensors(settings.arguments, case, dtype, device)
        return to_array(settings.concept.reference(**data, **settings.conventions))
    except Exception:
        return None


def attempt(subject: Subject, case: Case, dtype: str, device: str = "cpu") -> Trial:
    """Call the function on a case and compare."""
    settings = subject.settings
    answer = subject(case, dtype, device)
    try:
        want = wanted(settings, case, dtype)
    except DomainError:
        gave = answer.value is not None and bool(np.isfinite(answer.value).all())
        return Trial(case, answer, not gave, fault="accepted" if gave else "")
    own = fused(settings, case, dtype, device)
    if answer.raised:
        # What the fused reference cannot do in this dtype is not asked of a note's function.
        unsupported = dtype not in REGULAR_DTYPES and own is None
        right = None if unsupported else case.may_raise
        return Trial(case, answer, right, want, "raised" if right is False else "")
    if answer.unusable:
        return Trial(case, answer, False, want, "unusable")
    asked = _asked(dtype, answer.precision)
    against = _against(settings, case, answer, want, own, asked=asked)
    if (
        not against.agrees
        and dtype not in REGULAR_DTYPES
        and case.topic
        and _fails_alike(answer.value, own, want)
    ):
        return Trial(case, answer, None, want)
    view = _view(settings)
    return Trial(
        case,
        answer,
        against.agrees,
        want,
        "" if against.agrees else "wrong",
        against,
        0.0 if own is None else distance(view(answer.value), view(own), asked).absolute,
        0.0 if own is None else distance(view(own), view(want), asked).absolute,
    )


def _against(
    settings: Settings, case: Case, answer: Answer, want: Any, own: Any, *, asked: str
) -> Distance:
    """The distance from the definition's value, or from what the dtype makes of it if nearer.

    A float16 result beyond 65504 is infinite; the same number as a Python float need not be.
    """
    view = _view(settings)
    with np.errstate(all="ignore"):
        scale = settings.concept.scale(case.values)
    found = [
        distance(
            view(answer.value),
            view(right),
            asked,
            own if own is None else view(own),
            lenient=case.topic is not None,
            scale=scale,
        )
        for right in (want, overflowed(want, asked))
    ]
    return min(found, key=lambda d: (not d.agrees, d.absolute))


def _fails_alike(got: Any, own: Any, want: Any) -> bool:
    """In half precision the fused reference overflows in the same places: it is not asked."""
    if own is None or own.shape != got.shape or got.shape != want.shape:
        return False
    lost = ~np.isfinite(own) & np.isfinite(want)
    return bool(lost.any() and np.array_equal(np.isfinite(got), np.isfinite(own)))


def _asked(dtype: str, precision: str | None) -> str:
    """The dtype whose tolerance holds: as in torch.testing, the looser of inputs and result.

    A function that computes in float32 whatever it is given is judged as float32.
    """
    return "float32" if dtype == "float64" and precision == "float32" else dtype


def _view(settings: Settings) -> Any:
    def logarithm(value: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.log(value)

    return logarithm if settings.concept.logarithmic else np.asarray


def failure(trial: Trial, digits: int = 6) -> str:
    """What the function gave, in words."""
    if trial.answer.raised:
        return trial.answer.raised
    if trial.answer.unusable:
        return f"{trial.answer.unusable}, which is no number"
    return shown(trial.answer.value, digits)


def expectation(trial: Trial, digits: int = 6) -> str:
    if trial.want is None:
        return "an error or NaN: no value is defined"
    shape = trial.answer.value.shape if trial.answer.value is not None else trial.want.shape
    other = f" of shape {trial.want.shape}" if shape != trial.want.shape else ""
    return shown(trial.want, digits) + other


def call_of(settings: Settings, case: Case) -> str:
    """The inputs as a person would type them."""
    given = ", ".join(f"{name}={shown(value)}" for name, value in case.values.items())
    return f"{settings.function or settings.concept.id.replace('-', '_')}({given})"


def shown(value: Any, digits: int = 6) -> str:
    """A number or an array, short enough to read."""
    array = np.asarray(value)
    array = array + 0.0 if array.dtype.kind == "f" else array  # −0 reads as 0
    if array.ndim == 0:
        return f"{array.item():.{digits}g}"
    text = np.array2string(
        array,
        separator=", ",
        threshold=24,
        edgeitems=2,
        formatter={"float_kind": lambda x: f"{x:.{digits}g}", "int_kind": str},
    )
    text = " ".join(text.split())
    return text if array.size <= 24 else f"{text} of shape {array.shape}"


__all__ = ["Trial", "attempt", "call_of", "expectation", "failure", "fused", "shown", "told"]
