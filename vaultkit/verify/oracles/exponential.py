"""Exponential loss of the margin, the loss AdaBoost minimises.

    L = mean_i exp(−y_i z_i)

Shapes: scores (B), labels (B) floats → a number, (B) unreduced.
Units: none; it grows without bound, and overflows float32 at a margin of −88.7.
Errors: DomainError for a label that is neither of the two declared.
Source: Friedman, Hastie, Tibshirani, Additive Logistic Regression, 2000, section 2.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vaultkit.verify import edges
from vaultkit.verify.concept import Concept, Conventions, Edge, Invariant, Values
from vaultkit.verify.laws import close, permuted_rows, same_after
from vaultkit.verify.reduction import EMPTY, REDUCTION, reduce
from vaultkit.verify.signed import (
    LABELS,
    arguments,
    margins,
    mirrored,
    signs_of,
    unknown_label,
    zero_label,
)

LIMIT = 2.0
"""Scores of a spread of 2: the exponential stays within half precision."""


def define(scores: Any, labels: Any, *, coding: str, reduction: str, empty: str) -> Any:
    losses = np.exp(-margins(scores, labels, coding))
    return reduce(losses, np.ones(losses.shape, dtype=bool), reduction, empty)


def reference(scores: Any, labels: Any, *, coding: str, reduction: str, empty: str) -> Any:
    losses = (-signs_of(labels, coding) * scores).exp()
    if reduction == "none":
        return losses
    if reduction == "sum" or (empty == "zero" and not len(losses)):
        return losses.sum()
    return losses.mean()


def _known(define: Any, values: Values, how: Conventions) -> bool:
    three = {"scores": np.array([1.0, 0.0, -1.0]), "labels": np.ones(3)}
    expected = [0.36787944117, 1.0, 2.71828182846]
    return close(define(**three, **how | {"reduction": "none"}), expected, 1e-8)


def _reciprocal(define: Any, values: Values, how: Conventions) -> bool:
    """The losses of opposite scores are each other's reciprocal."""
    plain = how | {"reduction": "none"}
    other = define(**values | {"scores": -values["scores"]}, **plain)
    return close(define(**values, **plain) * other, np.ones(len(other)))


def _mirror(define: Any, values: Values, how: Conventions) -> bool:
    return close(define(**values, **how), define(**mirrored(how, values), **how))


CONCEPT = Concept(
    id="exponential",
    title="Exponential loss",
    formula="mean_i exp(−label_i · score_i)",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: arguments(how, LIMIT),
    conventions=(LABELS, REDUCTION, EMPTY),
    edges=edges.ROWS,
    refusals=(
        Edge("label 3", unknown_label, refuses=True),
        Edge("label 0", zero_label, refuses=True),
    ),
    invariants=(
        Invariant("opposite scores give reciprocal losses", _reciprocal),
        Invariant("score and label of opposite sign: the same", _mirror),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("scores", "labels"),
            reduction="mean",
        ),
    ),
    limits=(Invariant("e⁻¹, 1, e at margins 1, 0, −1", _known),),
    names=("exponential", "exp_loss", "adaboost"),
)
