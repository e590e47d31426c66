"""Logistic loss of the margin. With labels ±1 it is binary cross-entropy under another name.

    L = mean_i log(1 + exp(−y_i z_i))

Shapes: scores (B), labels (B) floats → a number, (B) unreduced.
Units: nats; with base=2 bits, where a margin of 0 costs exactly 1.
Errors: DomainError for a label that is neither of the two declared.
Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2009, eq. 10.18.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import expit

from vaultkit.verify import edges
from vaultkit.verify.concept import Concept, Conventions, Edge, Invariant, Values
from vaultkit.verify.laws import close, permuted_rows, same_after, slope
from vaultkit.verify.oracles import binary_cross_entropy
from vaultkit.verify.reduction import BASE, EMPTY, LOG_OF_BASE, REDUCTION, reduce
from vaultkit.verify.signed import (
    LABELS,
    arguments,
    margins,
    mirrored,
    signs_of,
    unknown_label,
    zero_label,
)


def define(scores: Any, labels: Any, *, coding: str, base: str, reduction: str, empty: str) -> Any:
    losses = np.logaddexp(0.0, -margins(scores, labels, coding)) / LOG_OF_BASE[base]
    return reduce(losses, np.ones(losses.shape, dtype=bool), reduction, empty)


def reference(
    scores: Any, labels: Any, *, coding: str, base: str, reduction: str, empty: str
) -> Any:
    """The fused binary cross-entropy; F.soft_margin_loss overflows at ±1e4."""
    from torch.nn import functional

    if empty == "zero" and reduction == "mean" and not len(scores):
        return scores.sum()
    binary = labels if coding == "binary" else (labels + 1) / 2
    loss = functional.binary_cross_entropy_with_logits(scores, binary, reduction=reduction)
    return loss / LOG_OF_BASE[base]


def _is_bce(define: Any, values: Values, how: Conventions) -> bool:
    binary = (signs_of(values["labels"], how["coding"]) + 1) / 2
    expected = binary_cross_entropy.define(
        values["scores"],
        binary,
        given="logits",
        reduction=how["reduction"],
        empty=how["empty"],
    )
    return close(define(**values, **how), expected / LOG_OF_BASE[how["base"]])


def _gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    if len(values["scores"]) > 10 or how["reduction"] != "mean":
        return None
    signs = signs_of(values["labels"], how["coding"])
    expected = -signs * expit(-signs * values["scores"]) / len(signs) / LOG_OF_BASE[how["base"]]
    return close(slope(define, values, how, "scores"), expected, 1e-6)


def _undecided(define: Any, values: Values, how: Conventions) -> bool:
    flat = values | {"scores": np.zeros_like(values["scores"])}
    rows = define(**flat, **how | {"reduction": "none"})
    return close(rows, np.full(len(rows), np.log(2.0) / LOG_OF_BASE[how["base"]]))


def _mirror(define: Any, values: Values, how: Conventions) -> bool:
    return close(define(**values, **how), define(**mirrored(how, values), **how))


CONCEPT = Concept(
    id="logistic",
    title="Logistic loss",
    formula="mean_i log(1 + exp(−label_i · score_i))",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(LABELS, BASE, REDUCTION, EMPTY),
    edges=edges.ROWS,
    refusals=(
        Edge("label 3", unknown_label, refuses=True),
        Edge("label 0", zero_label, refuses=True),
    ),
    invariants=(
        Invariant("is binary cross-entropy", _is_bce),
        Invariant("the gradient is −y·σ(−yz)/B", _gradient),
        Invariant("score and label of opposite sign: the same", _mirror),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("scores", "labels"),
            reduction="mean",
        ),
    ),
    limits=(Invariant("log 2, one bit, at a margin of 0", _undecided),),
    names=("logistic", "logloss", "log_loss"),
)
