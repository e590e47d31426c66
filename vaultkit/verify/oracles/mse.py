"""Mean squared error.

    MSE = mean over all elements of (prediction − target)²

Shapes: prediction, target of one shape, here (B, C) → a number, that shape unreduced.
Units: those of the target, squared.
Errors: DomainError for two shapes: (B, 1) against (B) would silently become (B, B).
Source: Bishop, Pattern Recognition and Machine Learning, 2006, eq. 1.2; half: its ½.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vaultkit.verify import edges
from vaultkit.verify.concept import (
    Argument,
    Concept,
    Convention,
    Conventions,
    DomainError,
    Edge,
    Invariant,
    Values,
)
from vaultkit.verify.domain import Reals
from vaultkit.verify.laws import close, same_after, slope
from vaultkit.verify.reduction import EMPTY, reduce

ELEMENTS = Convention(
    "reduction",
    {
        "mean": "averaged over every element",
        "sum": "summed over every element",
        "none": "one value per element",
        "rows": "summed over a row, averaged over the rows: C times the mean",
    },
)
FACTOR = Convention(
    "factor", {"one": "the square itself", "half": "½ of it, so its slope is p − t"}
)


def define(prediction: Any, target: Any, *, factor: str, reduction: str, empty: str) -> Any:
    if prediction.shape != target.shape:
        raise DomainError("prediction and target of two shapes")
    costs = (prediction - target) ** 2
    if factor == "half":
        costs = costs / 2.0
    return over_elements(costs, reduction, empty)


def over_elements(costs: Any, reduction: str, empty: str) -> Any:
    """Elementwise costs as the reduction has it."""
    if reduction == "rows":
        costs, reduction = costs.sum(axis=1), "mean"
    return reduce(costs, np.ones(costs.shape, dtype=bool), reduction, empty)


def reference(prediction: Any, target: Any, *, factor: str, reduction: str, empty: str) -> Any:
    from torch.nn import functional

    scale = 0.5 if factor == "half" else 1.0
    if empty == "zero" and reduction in ("mean", "rows") and not prediction.numel():
        return prediction.sum()
    if reduction == "rows":
        return scale * functional.mse_loss(prediction, target, reduction="sum") / len(prediction)
    return scale * functional.mse_loss(prediction, target, reduction=reduction)


def arguments(_: Conventions) -> tuple[Argument, ...]:
    dims = ("B", "C")
    return (
        Argument("prediction", Reals(dims), gradient="flows"),
        Argument("target", Reals(dims), gradient="free"),
    )


def _factored(define: Any, values: Values, how: Conventions) -> bool:
    whole, half = (define(**values, **how | {"factor": f}) for f in ("one", "half"))
    return close(whole, 2.0 * half)


def _quadratic(define: Any, values: Values, how: Conventions) -> bool:
    tripled = {"prediction": 3.0 * values["prediction"], "target": 3.0 * values["target"]}
    return close(define(**tripled, **how), 9.0 * define(**values, **how))


def _gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    if values["prediction"].size > 30 or how["reduction"] != "sum":
        return None
    expected = (values["prediction"] - values["target"]) * (2.0 if how["factor"] == "one" else 1.0)
    return close(slope(define, values, how, "prediction"), expected, 1e-5)


def reductions_agree(define: Any, values: Values, how: Conventions) -> bool:
    """Sum, mean and rows are three ways to add up the same elements."""
    found = {r: define(**values, **how | {"reduction": r}) for r in ELEMENTS.choices}
    elements = found["none"]
    return (
        elements.shape == values["prediction"].shape
        and close(found["sum"], elements.sum())
        and close(found["mean"], elements.sum() / elements.size)
        and close(found["rows"], elements.sum() / len(elements))
    )


def swapped(values: Values) -> Values:
    return {"prediction": values["target"], "target": values["prediction"]}


def _known(define: Any, values: Values, how: Conventions) -> bool:
    pair = {"prediction": np.array([[1.0, 2.0]]), "target": np.array([[0.0, 5.0]])}
    expected = 10.0 if how["factor"] == "one" else 5.0
    return close(define(**pair, **how | {"reduction": "sum"}), expected)


CONCEPT = Concept(
    id="mse",
    title="Mean squared error",
    formula="mean (prediction − target)²",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(ELEMENTS, FACTOR, EMPTY),
    edges=edges.ROWS,
    refusals=(
        Edge(
            "two shapes",
            lambda _a, values, _c: values | {"target": values["target"][:, :1]},
            refuses=True,
        ),
    ),
    invariants=(
        Invariant("the factor is a half", _factored),
        Invariant("tripled values cost nine times as much", _quadratic),
        Invariant("the slope of the sum is 2(p − t)", _gradient),
        Invariant("the reductions add up the same elements", reductions_agree),
        same_after("prediction and target may be swapped", swapped),
    ),
    limits=(Invariant("1 and 9 for differences of 1 and −3", _known),),
    names=("mse", "squared_error", "l2"),
)
