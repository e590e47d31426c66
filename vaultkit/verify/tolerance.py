"""When two results agree.

float64 and float32: the defaults of torch.testing. Half precision: the fused functions miss those
defaults themselves, so what is asked is an error within twice the fused reference's own plus four
units of rounding. On the edge domain the same allowance is made in every dtype.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

DEFAULTS = {"float64": (1e-7, 1e-7), "float32": (1.3e-6, 1e-5)}
UNIT = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}
LARGEST = {"float16": 65504.0, "bfloat16": 3.3895314e38, "float32": 3.4028235e38}


class Distance(NamedTuple):
    """How far a result lies from the definition's value.

    absolute: the largest difference, inf for another shape or an infinity or NaN on one side only
    relative: the largest difference in units of the definition's value
    """

    agrees: bool
    absolute: float
    relative: float


def same_shape(got: Any, want: Any) -> bool:
    """Equal shapes; a single number may come as (1,)."""
    return bool(got.shape == want.shape or (got.size == 1 and want.size == 1))


def distance(
    got: Any,
    want: Any,
    dtype: str,
    fused: Any = None,
    *,
    lenient: bool = False,
    scale: float = 1.0,
) -> Distance:
    """Compare a result with the definition's value, both float64 arrays.

    fused:   what the reference gave on the same inputs, or None
    lenient: allow float64 and float32 twice the fused reference's own error too
    scale:   the size of the terms that were added up, at least 1
    """
    got, want = np.asarray(got, dtype=np.float64), np.asarray(want, dtype=np.float64)
    if not same_shape(got, want):
        return Distance(False, float("inf"), float("inf"))
    got = got.reshape(want.shape)
    allowed = np.zeros(want.shape)
    if dtype in DEFAULTS:
        relative, absolute = DEFAULTS[dtype]
        allowed = absolute + relative * np.abs(want)
    if dtype not in DEFAULTS or lenient:
        unit = 4 * UNIT[dtype] * np.maximum(max(1.0, scale), np.abs(want))
        allowed = np.maximum(allowed, unit + _own_error(fused, want))
    with np.errstate(all="ignore"):
        gap = np.abs(got - want)
        same = (got == want) | (np.isnan(got) & np.isnan(want))
        gap = np.where(same, 0.0, np.where(np.isnan(gap), np.inf, gap))
        agrees = bool(np.all(same | (np.isfinite(want) & (gap <= allowed))))
        share = np.where(same, 0.0, gap / np.maximum(np.abs(want), 1e-300))
    return Distance(agrees, _peak(gap), _peak(share))


def overflowed(want: Any, dtype: str) -> Any:
    """The value as the dtype can hold it: infinite beyond its largest number."""
    if dtype not in LARGEST:
        return want
    return np.where(np.abs(want) > LARGEST[dtype], np.copysign(np.inf, want), want)


def _peak(values: Any) -> float:
    return float(values.max()) if values.size else 0.0


def _own_error(fused: Any, want: Any) -> Any:
    """Twice the error of the fused reference, 0 where it has no finite answer of its own."""
    if fused is None or not same_shape(np.asarray(fused), want):
        return np.zeros(want.shape)
    with np.errstate(all="ignore"):
        error = 2 * np.abs(np.asarray(fused).reshape(want.shape) - want)
    return np.where(np.isfinite(error), error, 0.0)
