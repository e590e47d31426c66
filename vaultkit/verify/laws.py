"""Small tools the oracles state their laws with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from vaultkit.verify.concept import Conventions, Definition, Invariant, Values


def close(a: Any, b: Any, tolerance: float = 1e-9) -> bool:
    """Equal up to rounding; NaN equals NaN, shapes must agree."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return a.shape == b.shape and bool(
        np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True)
    )


def slope(
    definition: Definition, values: Values, how: Conventions, name: str, step: float = 1e-5
) -> Any:
    """Central differences of the sum of the result in every cell of one argument."""
    centre = values[name]
    slopes = np.zeros_like(centre)
    for place in np.ndindex(centre.shape):
        ends = []
        for sign in (1.0, -1.0):
            moved = centre.copy()
            moved[place] += sign * step
            ends.append(float(np.sum(definition(**values | {name: moved}, **how))))
        slopes[place] = (ends[0] - ends[1]) / (2 * step)
    return slopes


def same_after(text: str, change: Callable[[Values], Values | None], **fixed: Any) -> Invariant:
    """The law that a change of the inputs leaves the value as it is.

    change answers None where it does not apply; `fixed` are conventions the law needs.
    """

    def check(definition: Definition, values: Values, how: Conventions) -> bool | None:
        how = dict(how) | fixed
        changed = change(values)
        if changed is None:
            return None
        return close(definition(**values, **how), definition(**changed, **how))

    return Invariant(text, check)


def shifted(name: str, by: float = 1.5) -> Callable[[Values], Values]:
    """A constant added to every score of a row, another for each row."""

    def change(values: Values) -> Values:
        table = values[name]
        rows = by * np.arange(1, table.shape[0] + 1, dtype=np.float64)
        return values | {name: table + rows.reshape((-1,) + (1,) * (table.ndim - 1))}

    return change


def permuted_rows(*names: str) -> Callable[[Values], Values]:
    """The samples in reverse order, jointly in every named argument."""

    def change(values: Values) -> Values:
        return values | {name: values[name][::-1] for name in names}

    return change
