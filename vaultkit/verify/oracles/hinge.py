"""Hinge loss: nothing for a margin of at least 1, linear below it.

    L = mean_i max(0, 1 − y_i z_i)

The page that states it for y in {0, 1} has a constant loss of 1, and no gradient, at y = 0.

Shapes: scores (B), labels (B) floats → a number, (B) unreduced.
Units: those of the scores.
Errors: DomainError for a label that is neither of the two declared.
Source: Cortes, Vapnik, Support-Vector Networks, 1995; squared: Chang, Hsieh, Lin, 2008.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vaultkit.verify import edges
from vaultkit.verify.concept import Concept, Convention, Conventions, Edge, Invariant, Values
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

SQUARED = Convention(
    "squared", {"no": "max(0, 1 − yz)", "yes": "max(0, 1 − yz)², smooth where it begins"}
)


def define(
    scores: Any, labels: Any, *, coding: str, squared: str, reduction: str, empty: str
) -> Any:
    losses = np.maximum(0.0, 1.0 - margins(scores, labels, coding))
    if squared == "yes":
        losses = losses**2
    return reduce(losses, np.ones(losses.shape, dtype=bool), reduction, empty)


def reference(
    scores: Any, labels: Any, *, coding: str, squared: str, reduction: str, empty: str
) -> Any:
    """margin_ranking_loss of the score against 0, with a margin of 1."""
    import torch
    from torch.nn import functional

    losses = functional.margin_ranking_loss(
        scores, torch.zeros_like(scores), signs_of(labels, coding), margin=1.0, reduction="none"
    )
    if squared == "yes":
        losses = losses**2
    if reduction == "none":
        return losses
    if reduction == "sum" or (empty == "zero" and not len(losses)):
        return losses.sum()
    return losses.mean()


def _known(define: Any, values: Values, how: Conventions) -> bool:
    """At margins 2, 1, 0.5, 0 and −1."""
    four = {"scores": np.array([2.0, 1.0, 0.5, 0.0, -1.0]), "labels": np.ones(5)}
    expected = np.array([0.0, 0.0, 0.5, 1.0, 2.0])
    if how["squared"] == "yes":
        expected = np.array([0.0, 0.0, 0.25, 1.0, 4.0])
    return close(define(**four, **how | {"reduction": "none"}), expected)


def _above_zero_one(define: Any, values: Values, how: Conventions) -> bool:
    wrong = signs_of(values["labels"], how["coding"]) * values["scores"] <= 0
    return bool(np.all(define(**values, **how | {"reduction": "none"}) >= wrong))


def _mirror(define: Any, values: Values, how: Conventions) -> bool:
    return close(define(**values, **how), define(**mirrored(how, values), **how))


CONCEPT = Concept(
    id="hinge",
    title="Hinge loss",
    formula="mean_i max(0, 1 − label_i · score_i)",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(LABELS, SQUARED, REDUCTION, EMPTY),
    edges=edges.ROWS,
    refusals=(
        Edge("label 3", unknown_label, refuses=True),
        Edge("label 0", zero_label, refuses=True),
    ),
    invariants=(
        Invariant("at least the 0/1 loss", _above_zero_one),
        Invariant("score and label of opposite sign: the same", _mirror),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("scores", "labels"),
            reduction="mean",
        ),
    ),
    limits=(Invariant("0, 0, 0.5, 1, 2 at margins 2, 1, 0.5, 0, −1", _known),),
    names=("hinge", "svm", "margin"),
)
