"""Mean absolute error.

    MAE = mean over all elements of |prediction − target|

The sum of the absolute differences over a row, often called MAE too, is C times as much:
reduction=rows, or reduction=sum over everything.

Shapes: prediction, target of one shape, here (B, C) → a number, that shape unreduced.
Units: those of the target.
Errors: DomainError for two shapes.
Source: Willmott, Matsuura, Advantages of the mean absolute error, 2005, eq. 2.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vaultkit.verify import edges
from vaultkit.verify.concept import Concept, Conventions, DomainError, Edge, Invariant, Values
from vaultkit.verify.laws import close, same_after, slope
from vaultkit.verify.oracles.mse import (
    ELEMENTS,
    arguments,
    over_elements,
    reductions_agree,
    swapped,
)
from vaultkit.verify.reduction import EMPTY


def define(prediction: Any, target: Any, *, reduction: str, empty: str) -> Any:
    if prediction.shape != target.shape:
        raise DomainError("prediction and target of two shapes")
    return over_elements(np.abs(prediction - target), reduction, empty)


def reference(prediction: Any, target: Any, *, reduction: str, empty: str) -> Any:
    from torch.nn import functional

    if empty == "zero" and reduction in ("mean", "rows") and not prediction.numel():
        return prediction.sum()
    if reduction == "rows":
        return functional.l1_loss(prediction, target, reduction="sum") / len(prediction)
    return functional.l1_loss(prediction, target, reduction=reduction)


def _homogeneous(define: Any, values: Values, how: Conventions) -> bool:
    tripled = {"prediction": -3.0 * values["prediction"], "target": -3.0 * values["target"]}
    return close(define(**tripled, **how), 3.0 * define(**values, **how))


def _gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    difference = values["prediction"] - values["target"]
    if difference.size > 30 or how["reduction"] != "sum" or np.abs(difference).min() < 1e-3:
        return None
    return close(slope(define, values, how, "prediction"), np.sign(difference), 1e-6)


def _known(define: Any, values: Values, how: Conventions) -> bool:
    pair = {"prediction": np.array([[1.0, 2.0]]), "target": np.array([[0.0, 5.0]])}
    return close(define(**pair, **how | {"reduction": "sum"}), 4.0)


CONCEPT = Concept(
    id="mae",
    title="Mean absolute error",
    formula="mean |prediction − target|",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(ELEMENTS, EMPTY),
    edges=edges.ROWS,
    refusals=(
        Edge(
            "two shapes",
            lambda _a, values, _c: values | {"target": values["target"][:, :1]},
            refuses=True,
        ),
    ),
    invariants=(
        Invariant("a factor of −3 triples it", _homogeneous),
        Invariant("the slope of the sum is the sign of p − t", _gradient),
        Invariant("the reductions add up the same elements", reductions_agree),
        same_after("prediction and target may be swapped", swapped),
    ),
    limits=(Invariant("1 and 3 for differences of 1 and −3", _known),),
    names=("mae", "absolute_error", "l1"),
)
