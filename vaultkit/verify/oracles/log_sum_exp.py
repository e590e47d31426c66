"""The logarithm of a sum of exponentials, without overflow.

    lse(z_i) = log Σ_c exp z_ic = m_i + log Σ_c exp(z_ic − m_i),   m_i = max_c z_ic

Shapes: logits (B, C) → (B), or a number with reduction=mean or sum.
Units: nats. A row of −inf alone gives −inf.
Errors: none.
Source: Blanchard, Higham, Higham, Accurately Computing the Log-Sum-Exp, 2021, eq. 1.3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import logsumexp, softmax

from vaultkit.verify import edges
from vaultkit.verify.concept import Argument, Concept, Convention, Conventions, Invariant, Values
from vaultkit.verify.domain import Logits
from vaultkit.verify.laws import close, same_after, slope
from vaultkit.verify.reduction import EMPTY, reduce

PER_ROW = Convention(
    "reduction",
    {"none": "one value per row", "mean": "the average over the rows", "sum": "their sum"},
)


def define(logits: Any, *, reduction: str, empty: str) -> Any:
    rows = logsumexp(logits, axis=1)
    return reduce(rows, np.ones(rows.shape, dtype=bool), reduction, empty)


def reference(logits: Any, *, reduction: str, empty: str) -> Any:
    rows = logits.logsumexp(dim=-1)
    if reduction == "none":
        return rows
    if reduction == "sum" or (empty == "zero" and not len(rows)):
        return rows.sum()
    return rows.mean()


def _exponentiated(define: Any, values: Values, how: Conventions) -> bool | None:
    if np.abs(values["logits"]).max() > 100:
        return None
    rows = define(**values, **how | {"reduction": "none"})
    return close(np.exp(rows) / np.exp(values["logits"]).sum(axis=-1), np.ones(len(rows)))


def _carries_a_shift(define: Any, values: Values, how: Conventions) -> bool:
    plain = how | {"reduction": "none"}
    return close(define(logits=values["logits"] + 3.5, **plain), define(**values, **plain) + 3.5)


def _bounds(define: Any, values: Values, how: Conventions) -> bool:
    rows = define(**values, **how | {"reduction": "none"})
    top = values["logits"].max(axis=-1)
    return bool(np.all(rows >= top) and np.all(rows <= top + np.log(values["logits"].shape[-1])))


def _gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    if values["logits"].size > 30 or how["reduction"] != "none":
        return None
    return close(slope(define, values, how, "logits"), softmax(values["logits"], axis=-1), 1e-6)


def _swapped(values: Values) -> Values:
    return {"logits": np.roll(values["logits"], 1, axis=-1)}


CONCEPT = Concept(
    id="log-sum-exp",
    title="Log-sum-exp",
    formula="log Σ_c exp logits_ic",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (Argument("logits", Logits(("B", "C")), gradient="flows"),),
    conventions=(PER_ROW, EMPTY),
    edges=(*edges.ROWS, *edges.CLASSES),
    invariants=(
        Invariant("its exponential is the sum of exponentials", _exponentiated),
        Invariant("carries a shift through", _carries_a_shift),
        Invariant("between the maximum and the maximum plus log C", _bounds),
        Invariant("its gradient is the softmax", _gradient),
        same_after("the order of the classes does not matter", _swapped),
    ),
    names=("logsumexp", "lse", "log_sum_exp"),
)
