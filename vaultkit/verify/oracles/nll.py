"""Negative log-likelihood of integer labels, from log-probabilities.

    NLL = mean_i −log p_i[y_i]

The input is not normalised again: of raw scores, or of probabilities taken for logarithms, it is
some other number.

Shapes: log_probs (B, C) or (B, C, d…), labels (B) or (B, d…) → a number, or labels'
shape unreduced.
Units: nats.
Errors: DomainError for a label outside 0 … C−1 that is not ignored, or a negative probability.
Source: Bishop, Pattern Recognition and Machine Learning, 2006, eq. 4.108.
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
from vaultkit.verify.domain import Distribution, Labels, LogDistribution
from vaultkit.verify.laws import close, permuted_rows, same_after
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

GIVEN = Convention(
    "given",
    {
        "log-probabilities": "as F.nll_loss takes them",
        "probabilities": "the function takes the logarithm itself",
    },
)


def define(
    log_probs: Any,
    labels: Any,
    *,
    given: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    table = rows_of(log_probs)
    kept, picked = kept_rows(labels, table.shape[-1], ignore_index)
    if given == "probabilities":
        if np.any(table < 0):
            raise DomainError("a negative probability")
        table = np.log(table)
    return reduce(-at_label(table, picked), kept, reduction, empty)


def reference(
    log_probs: Any,
    labels: Any,
    *,
    given: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    from torch.nn import functional

    never = -(2**31) if ignore_index is None else ignore_index
    table = log_probs if given == "log-probabilities" else log_probs.log()
    loss = functional.nll_loss(table, labels, reduction=reduction, ignore_index=never)
    if empty == "zero" and reduction == "mean" and not (labels != never).any():
        loss = loss.nan_to_num(0.0)
    return loss


def arguments(how: Conventions) -> tuple[Argument, ...]:
    kind = LogDistribution() if how["given"] == "log-probabilities" else Distribution()
    return (Argument("log_probs", kind, gradient="flows"), Argument("labels", Labels()))


def _is_ce(define: Any, values: Values, how: Conventions) -> bool:
    """Of log-probabilities cross-entropy and NLL are one: log-softmax leaves them alone."""
    table = values["log_probs"]
    logits = table if how["given"] == "log-probabilities" else np.log(table)
    expected = cross_entropy.define(
        logits,
        values["labels"],
        base="e",
        **{key: how[key] for key in ("reduction", "ignore_index", "empty")},
    )
    return close(define(**values, **how), expected)


def _not_normalised(define: Any, values: Values, how: Conventions) -> bool:
    """A constant on every log-probability comes straight through: nothing is normalised again."""
    table = values["log_probs"]
    moved = table - 2.0 if how["given"] == "log-probabilities" else table * np.exp(-2.0)
    plain = how | {"reduction": "none"}
    return close(define(**values | {"log_probs": moved}, **plain), define(**values, **plain) + 2.0)


def _numbers(define: Any, values: Values, how: Conventions) -> bool:
    """0.105, 0.916 and 2.303 nats for probabilities 0.9, 0.4 and 0.1."""
    p = np.array([[0.9, 0.1], [0.4, 0.6], [0.1, 0.9]])
    table = p if how["given"] == "probabilities" else np.log(p)
    found = define(
        log_probs=table, labels=np.zeros(3, dtype=np.int64), **how | {"reduction": "none"}
    )
    return close(found, [0.105361, 0.916291, 2.302585], 1e-5)


CONCEPT = Concept(
    id="nll",
    title="Negative log-likelihood",
    formula="mean_i −log_probs_i[label_i]",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(GIVEN, REDUCTION, IGNORE_INDEX, EMPTY),
    edges=(
        edges.EMPTY_BATCH,
        edges.NAN,
        edges.STRIDED,
        edges.ONE_CLASS,
        edges.IGNORED_SOME,
        edges.IGNORED_ALL,
        edges.MASKED_LABEL,
        edges.OUTSIDE,
        edges.DENSE,
        edges.DENSE_PAIR,
    ),
    refusals=(
        edges.only(
            Edge(
                "negative", lambda _a, v, _c: v | {"log_probs": v["log_probs"] - 1.0}, refuses=True
            ),
            "given",
            "probabilities",
        ),
    ),
    invariants=(
        Invariant("of log-probabilities it is cross-entropy", _is_ce),
        Invariant("nothing is normalised again", _not_normalised),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("log_probs", "labels"),
            reduction="mean",
        ),
    ),
    limits=(Invariant("0.105, 0.916, 2.303 nats for 0.9, 0.4, 0.1", _numbers),),
    names=("nll", "negative_log_likelihood"),
)
