"""The loss of mixed inputs: between the losses of the two labels they were mixed from.

    L = λ · CE(z, y_a) + (1 − λ) · CE(z, y_b)

This is cross-entropy against λ·one-hot(y_a) + (1 − λ)·one-hot(y_b).

Shapes: logits (B, C) or (B, C, d…), y_a and y_b (B) or (B, d…) → a number, or
their shape unreduced.
Units: nats.
Errors: DomainError for λ outside [0, 1] or a label outside 0 … C−1.
Source: Zhang et al., mixup: Beyond Empirical Risk Minimization, ICLR 2018, eq. 2 and figure 1.
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
from vaultkit.verify.domain import Choice, Labels, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted
from vaultkit.verify.oracles import cross_entropy, soft_cross_entropy
from vaultkit.verify.reduction import EMPTY, REDUCTION

LAMBDA = Convention(
    "lam", {"first": "λ weighs y_a", "second": "λ weighs y_b, 1 − λ weighs y_a"}, name="lam_on"
)


def define(
    logits: Any, y_a: Any, y_b: Any, lam: float, *, lam_on: str, reduction: str, empty: str
) -> Any:
    if not 0 <= lam <= 1:
        raise DomainError("λ outside [0, 1]")
    first = lam if lam_on == "first" else 1.0 - lam
    costs = (
        cross_entropy.define(
            logits, labels, reduction=reduction, ignore_index=None, base="e", empty=empty
        )
        for labels in (y_a, y_b)
    )
    cost_a, cost_b = costs
    return first * cost_a + (1.0 - first) * cost_b


def reference(
    logits: Any, y_a: Any, y_b: Any, lam: float, *, lam_on: str, reduction: str, empty: str
) -> Any:
    from torch.nn import functional

    if empty == "zero" and reduction == "mean" and not len(y_a):
        return logits.sum()
    first = lam if lam_on == "first" else 1 - lam
    return first * functional.cross_entropy(logits, y_a, reduction=reduction) + (
        1 - first
    ) * functional.cross_entropy(logits, y_b, reduction=reduction)


def _one_label(define: Any, values: Values, how: Conventions) -> bool:
    whole = 1.0 if how["lam_on"] == "first" else 0.0
    expected = cross_entropy.define(
        values["logits"],
        values["y_a"],
        base="e",
        ignore_index=None,
        reduction=how["reduction"],
        empty=how["empty"],
    )
    return close(define(**values | {"lam": whole}, **how), expected)


def _is_soft(define: Any, values: Values, how: Conventions) -> bool:
    eye = np.eye(values["logits"].shape[1])
    first = values["lam"] if how["lam_on"] == "first" else 1.0 - values["lam"]
    mixed = first * eye[values["y_a"]] + (1.0 - first) * eye[values["y_b"]]
    expected = soft_cross_entropy.define(
        values["logits"], mixed, reduction=how["reduction"], empty=how["empty"]
    )
    return close(define(**values, **how), expected)


def _swapped(values: Values) -> Values:
    return values | {"y_a": values["y_b"], "y_b": values["y_a"], "lam": 1.0 - values["lam"]}


CONCEPT = Concept(
    id="mixup-loss",
    title="Mixup loss",
    formula="λ·CE(logits, y_a) + (1 − λ)·CE(logits, y_b)",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("logits", Logits(("B", "C")), gradient="flows"),
        Argument("y_a", Labels()),
        Argument("y_b", Labels()),
        Argument("lam", Choice((0.3, 1.0, 0.0, 0.5)), ("lambda_", "lmbda", "lamb"), 0.3),
    ),
    conventions=(LAMBDA, REDUCTION, EMPTY),
    edges=(*edges.ROWS, *edges.CLASSES, edges.OUTSIDE, edges.DENSE, edges.DENSE_PAIR),
    refusals=(
        Edge("λ > 1", edges.setting("lam", 1.5), refuses=True),
        Edge("λ < 0", edges.setting("lam", -0.5), refuses=True),
    ),
    invariants=(
        Invariant("λ = 1 gives cross-entropy with the first labels", _one_label),
        Invariant("is cross-entropy against the mixed one-hot labels", _is_soft),
        same_after("swapping the labels and λ with 1 − λ changes nothing", _swapped),
        same_after("a constant added to a row changes nothing", shifted("logits")),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("logits", "y_a", "y_b"),
            reduction="mean",
        ),
    ),
    names=("mixup", "mix"),
)
