"""Binary cross-entropy of float labels, from one raw score per sample or from a probability.

    BCE = mean_i −( y_i log σ(z_i) + (1 − y_i) log(1 − σ(z_i)) )

Shapes: logits (B), labels (B) floats in [0, 1] → a number, (B) unreduced; any equal shapes do.
Units: nats.
Errors: DomainError for a label, or with given=probabilities a probability, outside [0, 1].
Source: Goodfellow, Bengio, Courville, Deep Learning, 2016, section 6.2.2.2.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import expit, log_expit

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
from vaultkit.verify.domain import Positive, Reals, TwoValued
from vaultkit.verify.laws import close, permuted_rows, same_after, slope
from vaultkit.verify.oracles import cross_entropy
from vaultkit.verify.reduction import EMPTY, REDUCTION, reduce

GIVEN = Convention(
    "given",
    {"logits": "raw scores z", "probabilities": "p = σ(z), as F.binary_cross_entropy takes it"},
)


def define(logits: Any, labels: Any, *, given: str, reduction: str, empty: str) -> Any:
    if np.any((labels < 0) | (labels > 1)):
        raise DomainError("a label outside [0, 1]")
    if given == "probabilities":
        if np.any((logits < 0) | (logits > 1)):
            raise DomainError("a probability outside [0, 1]")
        log_one, log_zero = np.log(logits), np.log1p(-logits)
    else:
        log_one, log_zero = log_expit(logits), log_expit(-logits)
    ones = np.where(labels > 0, labels * log_one, 0.0)
    zeros = np.where(labels < 1, (1.0 - labels) * log_zero, 0.0)
    return reduce(-(ones + zeros), np.ones(labels.shape, dtype=bool), reduction, empty)


def reference(logits: Any, labels: Any, *, given: str, reduction: str, empty: str) -> Any:
    from torch.nn import functional

    if empty == "zero" and reduction == "mean" and not labels.numel():
        return logits.sum()
    if given == "probabilities":
        return functional.binary_cross_entropy(logits, labels, reduction=reduction)
    return functional.binary_cross_entropy_with_logits(logits, labels, reduction=reduction)


def _is_two_class_ce(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["given"] != "logits":
        return None
    two = np.stack([np.zeros_like(values["logits"]), values["logits"]], axis=1)
    expected = cross_entropy.define(
        two,
        values["labels"].astype(np.int64),
        base="e",
        ignore_index=None,
        reduction=how["reduction"],
        empty=how["empty"],
    )
    return close(define(**values, **how), expected)


def _mirrored(values: Values) -> Values | None:
    return {"logits": -values["logits"], "labels": 1.0 - values["labels"]}


def _forms_agree(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["given"] != "logits" or np.abs(values["logits"]).max() > 15:
        return None
    as_given = values | {"logits": expit(values["logits"])}
    return close(
        define(**values, **how), define(**as_given, **how | {"given": "probabilities"}), 1e-8
    )


def _gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["given"] != "logits" or how["reduction"] != "mean" or len(values["labels"]) > 10:
        return None
    expected = (expit(values["logits"]) - values["labels"]) / len(values["labels"])
    return close(slope(define, values, how, "logits"), expected, 1e-6)


def _soft_is_between(define: Any, values: Values, how: Conventions) -> bool:
    """Linear in the label: at 0.25 a quarter of the way from the cost of 0 to the cost of 1."""
    zeros = np.zeros_like(values["labels"])
    low, part, high = (define(**values | {"labels": zeros + y}, **how) for y in (0.0, 0.25, 1.0))
    return close(part, 0.75 * low + 0.25 * high)


def _undecided(define: Any, values: Values, how: Conventions) -> bool:
    even = 0.5 if how["given"] == "probabilities" else 0.0
    flat = values | {"logits": np.full_like(values["logits"], even)}
    rows = define(**flat, **how | {"reduction": "none"})
    return close(rows, np.full(values["labels"].shape, np.log(2.0)))


def arguments(how: Conventions) -> tuple[Argument, ...]:
    kind = Positive(0.01, 0.99, ("B",)) if how["given"] == "probabilities" else Reals(("B",))
    return (Argument("logits", kind, gradient="flows"), Argument("labels", TwoValued(0.0, 1.0)))


def _soft(_a: Any, values: Values, _c: Conventions) -> Values:
    return values | {"labels": values["labels"] * 0.4 + 0.3}


def _impossible(_a: Any, values: Values, how: Conventions) -> Values | None:
    """Probability 0 for what happened: the cost is infinite."""
    if how["given"] != "probabilities":
        return None
    first = np.arange(len(values["labels"])) == 0
    return {
        "logits": np.where(first, 0.0, values["logits"]),
        "labels": np.where(first, 1.0, values["labels"]),
    }


def _certain(_a: Any, values: Values, how: Conventions) -> Values | None:
    """Probability 1 for what happened, and 0 for what did not: no cost."""
    if how["given"] != "probabilities":
        return None
    return {"logits": values["labels"], "labels": values["labels"]}


def _outside(by: float) -> Any:
    def build(_a: Any, values: Values, how: Conventions) -> Values | None:
        first = np.arange(len(values["labels"])) == 0
        moved = np.where(first, values["logits"] + by, values["logits"])
        return values | {"logits": moved} if how["given"] == "probabilities" else None

    return build


CONCEPT = Concept(
    id="binary-cross-entropy",
    title="Binary cross-entropy",
    formula="mean_i −(y_i log σ(z_i) + (1 − y_i) log(1 − σ(z_i)))",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(GIVEN, REDUCTION, EMPTY),
    edges=(
        *edges.ROWS,
        Edge("soft labels", _soft),
        Edge("probability 0 for the truth", _impossible),
        Edge("probability 1 for the truth", _certain),
    ),
    refusals=(
        Edge("label 2", lambda _a, v, _c: v | {"labels": v["labels"] + 2.0}, refuses=True),
        Edge("probability above 1", _outside(1.0), refuses=True),
        Edge("probability below 0", _outside(-1.0), refuses=True),
        Edge("label −1", lambda _a, v, _c: v | {"labels": v["labels"] - 2.0}, refuses=True),
    ),
    invariants=(
        Invariant("is the cross-entropy of the scores (0, z)", _is_two_class_ce),
        Invariant("probabilities and scores give the same", _forms_agree),
        Invariant("the gradient in z is (σ(z) − y) / B", _gradient),
        Invariant("linear in the label", _soft_is_between),
        same_after("BCE(−z, 1 − y) = BCE(z, y)", _mirrored, given="logits"),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("logits", "labels"),
            reduction="mean",
        ),
    ),
    limits=(Invariant("log 2 where nothing is known", _undecided),),
    blind={
        "probability 0 for the truth": "F.binary_cross_entropy cuts log 0 off at −100",
        "NaN": "F.binary_cross_entropy refuses a NaN probability with an error",
    },
    names=("bce", "binary"),
)
