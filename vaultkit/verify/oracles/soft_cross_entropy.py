"""Cross-entropy against a distribution instead of one label.

    SCE = mean_i −Σ_c t_ic log softmax(z_i)_c,   0 · log 0 = 0

Shapes: logits (B, C), target_probs (B, C) → a number, (B) unreduced.
Units: nats. The least possible value is the entropy of the target.
Errors: DomainError where target_probs has another shape than logits. Rows that do not sum to one
are no error: the value is linear in the target.
Source: Hinton, Vinyals, Dean, Distilling the Knowledge in a Neural Network, 2015, section 2.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import entr, log_softmax, rel_entr, softmax

from vaultkit.verify import edges
from vaultkit.verify.concept import (
    Argument,
    Concept,
    Conventions,
    DomainError,
    Edge,
    Invariant,
    Values,
)
from vaultkit.verify.domain import Distribution, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted, slope
from vaultkit.verify.oracles import cross_entropy
from vaultkit.verify.reduction import EMPTY, REDUCTION, reduce


def define(logits: Any, target_probs: Any, *, reduction: str, empty: str) -> Any:
    if target_probs.shape != logits.shape:
        raise DomainError("a target of another shape than the scores")
    table = log_softmax(logits, axis=1)
    losses = -(target_probs * np.where(target_probs == 0, 0.0, table)).sum(axis=1)
    return reduce(losses, np.ones(losses.shape, dtype=bool), reduction, empty)


def reference(logits: Any, target_probs: Any, *, reduction: str, empty: str) -> Any:
    from torch.nn import functional

    if empty == "zero" and reduction == "mean" and not len(logits):
        return logits.sum()
    return functional.cross_entropy(logits, target_probs, reduction=reduction)


def _one_hot_is_ce(define: Any, values: Values, how: Conventions) -> bool:
    labels = np.arange(len(values["logits"])) % values["logits"].shape[1]
    hard = values | {"target_probs": np.eye(values["logits"].shape[1])[labels]}
    expected = cross_entropy.define(
        values["logits"], labels, base="e", ignore_index=None, **dict(how)
    )
    return close(define(**hard, **how), expected)


def _one_hot_is_ce_masked(define: Any, values: Values, how: Conventions) -> bool | None:
    """With a class masked by −inf that nobody is told to be: 0 · (−inf) must be 0."""
    logits = values["logits"].copy()
    if logits.shape[1] < 3:
        return None
    logits[:, 2] = -np.inf
    labels = np.arange(len(logits)) % 2
    hard = {"logits": logits, "target_probs": np.eye(logits.shape[1])[labels]}
    expected = cross_entropy.define(logits, labels, base="e", ignore_index=None, **dict(how))
    return close(define(**hard, **how), expected)


def _linear(define: Any, values: Values, how: Conventions) -> bool:
    other = np.roll(values["target_probs"], 1, axis=1)
    mixed = values | {"target_probs": 0.3 * values["target_probs"] + 1.7 * other}
    parts = (define(**values | {"target_probs": t}, **how) for t in (values["target_probs"], other))
    first, second = parts
    return close(define(**mixed, **how), 0.3 * first + 1.7 * second)


def _entropy_plus_kl(define: Any, values: Values, how: Conventions) -> bool:
    target = values["target_probs"]
    q = softmax(values["logits"], axis=1)
    if (q < 1e-290).any():
        return True
    expected = (entr(target) + rel_entr(target, q)).sum(axis=1)
    return close(define(**values, **how | {"reduction": "none"}), expected)


def _floor(define: Any, values: Values, how: Conventions) -> bool:
    floor = entr(values["target_probs"]).sum(axis=1)
    return bool(np.all(define(**values, **how | {"reduction": "none"}) >= floor - 1e-9))


def _gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    if values["logits"].size > 30 or how["reduction"] != "mean":
        return None
    expected = softmax(values["logits"], axis=1) - values["target_probs"]
    return close(slope(define, values, how, "logits"), expected / len(expected), 1e-6)


CONCEPT = Concept(
    id="soft-cross-entropy",
    title="Cross-entropy with soft targets",
    formula="mean_i −Σ_c target_ic log softmax(logits_i)_c",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("logits", Logits(("B", "C")), gradient="flows"),
        Argument("target_probs", Distribution(("B", "C"), zeros=True)),
    ),
    conventions=(REDUCTION, EMPTY),
    edges=(
        *edges.ROWS,
        *edges.CLASSES,
        Edge(
            "unnormalised target",
            lambda _a, values, _c: values | {"target_probs": 2.0 * values["target_probs"]},
        ),
        Edge(
            "one target for all rows",
            lambda _a, v, _c: v | {"target_probs": v["target_probs"][0]},
            refuses=True,
        ),
    ),
    invariants=(
        Invariant("one-hot targets give cross-entropy", _one_hot_is_ce),
        Invariant(
            "one-hot targets give cross-entropy under a −inf mask too", _one_hot_is_ce_masked
        ),
        Invariant("linear in the target", _linear),
        Invariant("entropy of the target plus the divergence from it", _entropy_plus_kl),
        Invariant("at least the entropy of the target", _floor),
        Invariant("the gradient in the scores is (softmax − target) / B", _gradient),
        same_after("a constant added to a row changes nothing", shifted("logits")),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("logits", "target_probs"),
            reduction="mean",
        ),
    ),
    blind={"−inf mask": "F.cross_entropy(probabilities) multiplies 0 by −inf and answers NaN"},
    names=("soft", "soft_target", "soft_label"),
)
