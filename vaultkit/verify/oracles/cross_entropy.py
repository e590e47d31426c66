"""Cross-entropy of integer labels under the softmax of raw scores.

    CE = mean_i −log softmax(z_i)[y_i] = mean_i ( log Σ_c exp z_ic − z_i,y_i )

Shapes: logits (B, C) or (B, C, d…), labels (B) or (B, d…) → a number, or labels' shape unreduced.
Units: nats, unless base says otherwise.
Errors: DomainError for a label outside 0 … C−1 that is not ignored.
Source: Goodfellow, Bengio, Courville, Deep Learning, 2016, eq. 6.12 and section 6.2.2.3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import log_softmax

from vaultkit.verify import edges
from vaultkit.verify.concept import Argument, Concept, Conventions, Invariant, Values
from vaultkit.verify.domain import Labels, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted, slope
from vaultkit.verify.reduction import (
    BASE,
    EMPTY,
    IGNORE_INDEX,
    LOG_OF_BASE,
    REDUCTION,
    at_label,
    kept_rows,
    reduce,
    rows_of,
)


def define(
    logits: Any, labels: Any, *, reduction: str, ignore_index: int | None, base: str, empty: str
) -> Any:
    table = rows_of(logits)
    kept, picked = kept_rows(labels, table.shape[-1], ignore_index)
    losses = -at_label(log_softmax(table, axis=-1), picked) / LOG_OF_BASE[base]
    return reduce(losses, kept, reduction, empty)


def reference(
    logits: Any, labels: Any, *, reduction: str, ignore_index: int | None, base: str, empty: str
) -> Any:
    from torch.nn import functional

    never = -(2**62) if ignore_index is None else ignore_index
    loss = functional.cross_entropy(logits, labels, reduction=reduction, ignore_index=never)
    if empty == "zero" and reduction == "mean" and not (labels != never).any():
        loss = loss.nan_to_num(0.0)
    return loss / LOG_OF_BASE[base]


def _permute_classes(values: Values) -> Values:
    classes = values["logits"].shape[1]
    order = np.roll(np.arange(classes), 1)
    inverse = np.argsort(order)
    labels = values["labels"]
    return values | {"logits": values["logits"][:, order], "labels": inverse[labels]}


def _not_negative(define: Any, values: Values, how: Conventions) -> bool:
    return bool(np.all(define(**values, **how) >= 0))


def _uniform(define: Any, values: Values, how: Conventions) -> bool:
    flat = values | {"logits": np.full_like(values["logits"], 2.5)}
    classes = values["logits"].shape[1]
    per_row = np.log(classes) / LOG_OF_BASE[how["base"]]
    return close(
        define(**flat, **how | {"reduction": "none"}), np.full(len(flat["labels"]), per_row)
    )


def _gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    logits = values["logits"]
    if logits.size > 30 or how["reduction"] != "mean":
        return None
    expected = np.exp(log_softmax(logits, axis=1)) - np.eye(logits.shape[1])[values["labels"]]
    expected /= len(logits) * LOG_OF_BASE[how["base"]]
    return close(slope(define, values, how, "logits"), expected, 1e-6)


def _sum_is_mean_times_rows(define: Any, values: Values, how: Conventions) -> bool:
    one = define(**values, **how | {"reduction": "mean"})
    return close(define(**values, **how | {"reduction": "sum"}), one * len(values["labels"]))


def _sure(define: Any, values: Values, how: Conventions) -> bool:
    sure = 800.0 * np.eye(values["logits"].shape[1])[values["labels"]]
    zeros = np.zeros(len(sure))
    return close(define(**values | {"logits": sure}, **how | {"reduction": "none"}), zeros)


def _one_class(define: Any, values: Values, how: Conventions) -> bool | None:
    """A single class is no question: 0, ignored rows or not."""
    if how["ignore_index"] is None:
        return None
    sure = {"logits": np.array([[1.5], [2.5]]), "labels": np.array([0, how["ignore_index"]])}
    return close(define(**sure, **how | {"reduction": "sum"}), 0.0)


CONCEPT = Concept(
    id="cross-entropy",
    title="Cross-entropy with integer labels",
    formula="mean_i −log softmax(logits_i)[label_i]",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("logits", Logits(("B", "C")), gradient="flows"),
        Argument("labels", Labels()),
    ),
    conventions=(REDUCTION, IGNORE_INDEX, BASE, EMPTY),
    edges=(*edges.ROWS, *edges.CLASSES, *edges.LABELS, edges.DENSE, edges.DENSE_PAIR),
    worked=lambda _: (
        # Probabilities 0.9, 0.4 and 0.1 of the right answer cost 0.105, 0.916 and 2.303 nats.
        {
            "logits": np.log([[0.9, 0.05, 0.05], [0.35, 0.4, 0.25], [0.5, 0.4, 0.1]]),
            "labels": np.array([0, 1, 2]),
        },
    ),
    invariants=(
        same_after("a constant added to a row changes nothing", shifted("logits")),
        same_after("classes may be permuted, jointly with the labels", _permute_classes),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("logits", "labels"),
            reduction="mean",
        ),
        Invariant("never negative", _not_negative),
        Invariant("the gradient in the scores is (softmax − one-hot) / B", _gradient),
        Invariant("the sum is the mean times the number of rows", _sum_is_mean_times_rows),
    ),
    limits=(
        Invariant("log C on constant scores", _uniform),
        Invariant("0 for a sure right answer", _sure),
        Invariant("0 for a single class, beside ignored rows too", _one_class),
    ),
    names=("ce", "xent", "nll"),
)
