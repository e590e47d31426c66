"""Cross-entropy with a weight per class.

    WCE = Σ_i w[y_i] · (−log softmax(z_i)[y_i]) / Σ_i w[y_i]

The mean divides by the sum of the weights that occur, so a batch of one class costs the same
whatever its weight; normaliser=count divides by the number of rows instead.

Shapes: logits (B, C) or (B, C, d…), labels (B) or (B, d…), weight (C) → a number, or labels' shape
unreduced.
Units: nats.
Errors: DomainError for a weight too few or too many, a negative weight, a label outside 0 … C−1.
Source: King, Zeng, Logistic Regression in Rare Events Data, 2001, eq. 15; the normaliser is
torch.nn.CrossEntropyLoss's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import log_softmax

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
from vaultkit.verify.domain import Labels, Logits, Positive
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted
from vaultkit.verify.oracles import cross_entropy
from vaultkit.verify.reduction import (
    EMPTY,
    IGNORE_INDEX,
    REDUCTION,
    at_label,
    kept_rows,
    reduce,
    rows_of,
)

NORMALISER = Convention(
    "normaliser",
    {
        "weights": "the mean divides by the sum of the weights used (torch)",
        "count": "the mean divides by the number of rows",
    },
)


def define(
    logits: Any,
    labels: Any,
    weight: Any,
    *,
    normaliser: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    table = rows_of(logits)
    if weight.shape != table.shape[-1:]:
        raise DomainError(f"{weight.size} weights for {table.shape[-1]} classes")
    if np.any(weight < 0):
        raise DomainError("a negative weight")
    kept, picked = kept_rows(labels, table.shape[-1], ignore_index)
    losses = weight[picked] * -at_label(log_softmax(table, axis=-1), picked)
    by = weight[picked] if normaliser == "weights" else None
    return reduce(losses, kept, reduction, empty, weights=by)


def reference(
    logits: Any,
    labels: Any,
    weight: Any,
    *,
    normaliser: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    from torch.nn import functional

    never = -(2**62) if ignore_index is None else ignore_index
    by_count = normaliser == "count" and reduction == "mean"
    loss = functional.cross_entropy(
        logits, labels, weight, reduction="sum" if by_count else reduction, ignore_index=never
    )
    kept = int((labels != never).sum())
    counted = weight[labels[labels != never]].sum() if normaliser == "weights" else kept
    if empty == "zero" and reduction == "mean" and not counted:
        return loss.nan_to_num(0.0)
    return loss / kept if by_count else loss


def _even_weights(define: Any, values: Values, how: Conventions) -> bool:
    ones = values | {"weight": np.full_like(values["weight"], 1.0)}
    expected = cross_entropy.define(
        values["logits"],
        values["labels"],
        base="e",
        **{key: how[key] for key in ("reduction", "ignore_index", "empty")},
    )
    return close(define(**ones, **how), expected)


def _homogeneous(define: Any, values: Values, how: Conventions) -> bool:
    """Tripled weights triple the sum; the mean over the weights does not move."""
    tripled = define(**values | {"weight": 3.0 * values["weight"]}, **how)
    still = how["normaliser"] == "weights" and how["reduction"] == "mean"
    return close(tripled, define(**values, **how) * (1.0 if still else 3.0))


def _one_label(define: Any, values: Values, how: Conventions) -> bool:
    """A batch of one class alone: log 3 on constant scores, whatever its weight."""
    rare = {
        "logits": np.zeros((4, 3)),
        "labels": np.array([1, 1, 1, 1]),
        "weight": np.array([1.0, 5.0, 2.0]),
    }
    expected = np.log(3.0) * (1.0 if how["normaliser"] == "weights" else 5.0)
    return close(define(**rare, **how | {"reduction": "mean"}), expected)


def _five_times(define: Any, values: Values, how: Conventions) -> bool:
    rows = {
        "logits": np.zeros((2, 3)),
        "labels": np.array([0, 1]),
        "weight": np.array([1.0, 5.0, 2.0]),
    }
    common, rare = define(**rows, **how | {"reduction": "none"})
    return close(rare, 5.0 * common) and common > 0


CONCEPT = Concept(
    id="class-weighted-cross-entropy",
    title="Cross-entropy with class weights",
    formula="Σ_i w[y_i] · (−log softmax(logits_i)[y_i]) / Σ_i w[y_i]",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("logits", Logits(("B", "C")), gradient="flows"),
        Argument("labels", Labels()),
        Argument(
            "weight", Positive(0.1, 5.0, ("C",)), ("weights", "class_weights", "class_weight")
        ),
    ),
    conventions=(NORMALISER, REDUCTION, IGNORE_INDEX, EMPTY),
    edges=(
        *edges.ROWS,
        *edges.CLASSES,
        *edges.LABELS,
        edges.DENSE,
        edges.DENSE_PAIR,
        Edge("a weight of 0", lambda _a, v, _c: v | {"weight": np.r_[0.0, v["weight"][1:]]}),
        Edge(
            "one weight too few",
            lambda _a, values, _c: values | {"weight": values["weight"][:-1]},
            refuses=True,
            host_only=True,
        ),
    ),
    refusals=(
        Edge(
            "one weight too many", lambda _a, v, _c: v | {"weight": np.ones(len(v["weight"]) + 1)}
        ),
        Edge("one negative", lambda _a, v, _c: v | {"weight": np.r_[-1.0, v["weight"][1:]]}),
    ),
    invariants=(
        Invariant("equal weights of 1 give cross-entropy", _even_weights),
        Invariant(
            "homogeneous in the weights; the weighted mean does not depend on scale", _homogeneous
        ),
        same_after("a constant added to a row changes nothing", shifted("logits")),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("logits", "labels"),
            reduction="mean",
        ),
    ),
    limits=(
        Invariant("a batch of one class costs the same whatever its weight", _one_label),
        Invariant("weight 5 costs five times weight 1, row by row", _five_times),
    ),
    names=("weighted", "class_weight", "imbalanced"),
)
