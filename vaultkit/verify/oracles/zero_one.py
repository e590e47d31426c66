"""0/1 loss: the share of wrong answers, one minus the accuracy.

    L = mean_i [ y_i z_i ≤ 0 ]      or, with form=argmax,      mean_i [ argmax_c z_ic ≠ y_i ]

Shapes: scores (B), labels (B) floats; form=argmax: scores (B, C), labels (B) int64 → a number, (B)
unreduced. A score of NaN has no answer: NaN. Equal scores: the first class is the answer.
Units: none.
Errors: DomainError for a label that is neither of the two declared, or outside 0 … C−1.
Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2009, section 2.4.
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
    Edge,
    Invariant,
    Values,
)
from vaultkit.verify.domain import Labels, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after
from vaultkit.verify.reduction import EMPTY, REDUCTION, kept_rows, reduce
from vaultkit.verify.signed import LABELS, margins, signs_of, unknown_label
from vaultkit.verify.signed import arguments as signed_arguments

FORM = Convention(
    "form",
    {"margin": "one score per sample, its sign is the answer", "argmax": "one score per class"},
)
TIE = Convention(
    "tie", {"wrong": "a score of exactly 0 counts as wrong", "right": "it counts as right"}
)


def define(
    scores: Any, labels: Any, *, form: str, coding: str, tie: str, reduction: str, empty: str
) -> Any:
    if form == "argmax":
        kept_rows(labels, scores.shape[1], None)
        wrong = scores.argmax(axis=1) != labels
        unknown = np.isnan(scores).any(axis=1)
    else:
        margin = margins(scores, labels, coding)
        wrong = margin <= 0 if tie == "wrong" else margin < 0
        unknown = np.isnan(scores)
    losses = np.where(unknown, np.nan, wrong.astype(np.float64))
    return reduce(losses, np.ones(losses.shape, dtype=bool), reduction, empty)


def reference(
    scores: Any, labels: Any, *, form: str, coding: str, tie: str, reduction: str, empty: str
) -> Any:
    """No fused form: comparisons, NaN put back."""
    if form == "argmax":
        wrong = scores.max(dim=-1).indices.ne(labels) if len(scores) else labels.bool()
        unknown = scores.sum(dim=-1).isnan()
    else:
        product = signs_of(labels, coding) * scores
        wrong = product.le(0) if tie == "wrong" else product.lt(0)
        unknown = scores.isnan()
    losses = wrong.to(scores.dtype).masked_fill(unknown, float("nan"))
    if reduction == "none":
        return losses
    if reduction == "sum" or (empty == "zero" and not len(losses)):
        return losses.sum()
    return losses.mean()


def arguments(how: Conventions) -> tuple[Argument, ...]:
    if how["form"] == "argmax":
        return (Argument("scores", Logits(("B", "C"))), Argument("labels", Labels()))
    return signed_arguments(how)


def _known(define: Any, values: Values, how: Conventions) -> bool:
    if how["form"] == "argmax":
        three = {"scores": np.array([[0, 2], [2, 0], [1, 1.0]]), "labels": np.array([1, 1, 1])}
        expected = [0.0, 1.0, 1.0]
    else:
        three = {"scores": np.array([2.0, -0.5, 0.0]), "labels": np.ones(3)}
        expected = [0.0, 1.0, 1.0 if how["tie"] == "wrong" else 0.0]
    return close(define(**three, **how | {"reduction": "none"}), expected)


def _one_right(define: Any, values: Values, how: Conventions) -> bool | None:
    """Over all labels in turn a row is right exactly once."""
    scores = values["scores"]
    if how["form"] == "argmax":
        tries = [np.full(len(scores), c) for c in range(scores.shape[1])]
    elif (scores == 0).any():
        return None
    else:
        tries = [
            np.full(len(scores), y)
            for y in ((-1.0, 1.0) if how["coding"] == "signs" else (0.0, 1.0))
        ]
    plain = how | {"reduction": "none"}
    wrong = np.sum([define(scores=scores, labels=t, **plain) for t in tries], axis=0)
    return close(wrong, np.full(len(scores), len(tries) - 1.0))


def _scaled(values: Values) -> Values:
    return values | {"scores": 3.0 * values["scores"]}


CONCEPT = Concept(
    id="zero-one",
    title="0/1 loss",
    formula="mean_i [label_i · score_i ≤ 0]",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(FORM, LABELS, TIE, REDUCTION, EMPTY),
    edges=(*edges.ROWS, edges.ONE_CLASS, edges.MASKED_CLASS),
    refusals=(Edge("label 3", unknown_label, refuses=True),),
    gradient="none",
    invariants=(
        Invariant("right for exactly one label", _one_right),
        same_after("a positive factor changes nothing", _scaled),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("scores", "labels"),
            reduction="mean",
        ),
    ),
    limits=(Invariant("right, wrong, and a tie by its convention", _known),),
    names=("zero_one", "error_rate", "misclassification"),
)
