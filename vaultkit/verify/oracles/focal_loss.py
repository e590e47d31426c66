"""Focal loss: cross-entropy, weighted by how hard a sample still is.

    FL = mean_i a_i · (1 − p_i)^γ · (−log p_i)

p_i is the probability of the right answer: softmax(z_i)[y_i], or sigmoid(±z_i) for one score.
a_i by convention: α_t (α for a foreground label, 1 − α for label 0), the constant α, a weight per
class, or 1.

Shapes: logits (B, C) or (B, C, d…) with labels (B) or (B, d…) int64; form=sigmoid: both (B), float
labels → a number, or labels' shape unreduced.
Units: nats.
Errors: DomainError for γ < 0, for a label outside the classes.
Source: Lin et al., Focal Loss for Dense Object Detection, ICCV 2017, eq. 4 and 5.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import log_expit, logsumexp

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
from vaultkit.verify.domain import Choice, Labels, Logits, Positive, Reals, TwoValued
from vaultkit.verify.laws import close, same_after, shifted
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

ALPHA = Convention(
    "alpha",
    {
        "alpha_t": "α for labels ≥ 1, 1 − α for label 0 (Lin et al.): rebalances the classes",
        "scalar": "the same α for every sample: a constant factor, no rebalancing",
        "classes": "alpha is a weight per class, a (C) tensor",
        "none": "no α at all",
    },
    name="alpha_kind",
)
FORM = Convention(
    "form",
    {
        "softmax": "scores (B, C), integer labels",
        "sigmoid": "one score per sample, (B), with float labels 0 or 1",
    },
)
NORMALISER = Convention(
    "reduction",
    {
        **REDUCTION.choices,
        "positives": "the sum over the number of foreground labels, at least 1 (RetinaNet)",
    },
)


def define(
    logits: Any,
    labels: Any,
    gamma: float,
    alpha: Any,
    *,
    alpha_kind: str,
    form: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    if gamma < 0:
        raise DomainError("gamma < 0")
    if form == "sigmoid":
        kept, picked = np.ones(labels.shape, dtype=bool), labels.astype(np.int64)
        margin = (2.0 * labels - 1.0) * logits
    else:
        table = rows_of(logits)
        kept, picked = kept_rows(labels, table.shape[-1], ignore_index)
        others = np.arange(table.shape[-1]) != picked[..., None]
        rivals = logsumexp(np.where(others, table, -np.inf), axis=-1)
        margin = at_label(table, picked) - rivals
    # p is the sigmoid of the margin over all rivals, so 1 − p is never a difference of near equals.
    log_right, log_wrong = log_expit(margin), log_expit(-margin)
    # x^0 is 1, also where a sure answer makes x = 0.
    hardness = np.exp(gamma * log_wrong) if gamma > 0 else 1.0
    losses = hardness * -log_right
    if alpha_kind == "classes":
        losses = alpha[picked] * losses
    elif alpha_kind == "scalar":
        losses = alpha * losses
    elif alpha_kind == "alpha_t":
        losses = np.where(picked > 0, alpha, 1.0 - alpha) * losses
    if reduction == "positives":
        return reduce(losses, kept, "sum") / max(1, int((kept & (picked > 0)).sum()))
    return reduce(losses, kept, reduction, empty)


def reference(
    logits: Any,
    labels: Any,
    gamma: float,
    alpha: Any,
    *,
    alpha_kind: str,
    form: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    """There is no fused focal loss: the fused cross-entropies, then expm1 in place of 1 − exp."""
    import torch
    from torch.nn import functional

    if form == "sigmoid":
        costs = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
        kept, picked = torch.ones_like(labels, dtype=torch.bool), labels.long()
    else:
        never = -(2**62) if ignore_index is None else ignore_index
        costs = functional.cross_entropy(logits, labels, reduction="none", ignore_index=never)
        kept, picked = labels != never, labels.masked_fill(labels == never, 0)
    losses = (-torch.expm1(-costs)) ** gamma * costs
    if alpha_kind == "classes":
        losses = alpha[picked] * losses
    elif alpha_kind == "scalar":
        losses = alpha * losses
    elif alpha_kind == "alpha_t":
        losses = torch.where(picked > 0, alpha, 1 - alpha).to(losses) * losses
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "positives":
        return losses.sum() / (kept & (picked > 0)).sum().clamp(min=1)
    if empty == "zero" and not kept.any():
        return losses.sum() * 0
    return losses[kept].mean()


def arguments(how: Conventions) -> tuple[Argument, ...]:
    if how["form"] == "sigmoid":
        data: tuple[Argument, ...] = (
            Argument("logits", Reals(("B",)), gradient="flows"),
            Argument("labels", TwoValued(0.0, 1.0)),
        )
    else:
        data = (
            Argument("logits", Logits(("B", "C")), gradient="flows"),
            Argument("labels", Labels()),
        )
    gamma = Argument("gamma", Choice((2.0, 0.0, 0.5, 1.0, 5.0)), ("focusing",), 2.0)
    if how["alpha_kind"] == "classes":
        return (*data, gamma, Argument("alpha", Positive(0.1, 5.0, ("C",)), ("weight",)))
    if how["alpha_kind"] == "none":
        return (*data, gamma, Argument("alpha", Choice((1.0,)), (), 1.0))
    return (*data, gamma, Argument("alpha", Choice((0.25, 0.5, 0.75)), ("balance",), 0.25))


def _excludes(how: Conventions) -> str:
    both = how["form"] == "sigmoid" and how["alpha_kind"] == "classes"
    return "a weight per class needs form=softmax" if both else ""


def _at_most_ce(define: Any, values: Values, how: Conventions) -> bool:
    plain = how | {"reduction": "none", "alpha_kind": "none"}
    return bool(
        np.all(define(**values, **plain) <= define(**values | {"gamma": 0.0}, **plain) + 1e-12)
    )


def _falls_with_gamma(define: Any, values: Values, how: Conventions) -> bool:
    plain = how | {"reduction": "none"}
    more = define(**values | {"gamma": values["gamma"] + 0.7}, **plain)
    return bool(np.all(more <= define(**values, **plain) + 1e-12))


def _plain_is_ce(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["form"] == "sigmoid" or how["reduction"] == "positives":
        return None
    plain = values | {"gamma": 0.0}
    expected = cross_entropy.define(
        values["logits"],
        values["labels"],
        base="e",
        **{key: how[key] for key in ("reduction", "ignore_index", "empty")},
    )
    return close(define(**plain, **how | {"alpha_kind": "none"}), expected)


def _class_ratio(define: Any, values: Values, how: Conventions) -> bool | None:
    """On constant scores of two classes the cost of label 1 over that of label 0 is α/(1−α)."""
    if how["alpha_kind"] != "alpha_t":
        return None
    shape, kind = ((2,), float) if how["form"] == "sigmoid" else ((2, 2), int)
    labels = np.array([0, 1], dtype=kind)
    flat = values | {"logits": np.zeros(shape), "labels": labels}
    low, high = define(**flat, **how | {"reduction": "none"})
    alpha = values["alpha"]
    return close(high * (1 - alpha), low * alpha) and low > 0


def _one_score_is_two(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["form"] == "sigmoid":
        two = np.stack([np.zeros_like(values["logits"]), values["logits"]], axis=1)
        other = values | {"logits": two, "labels": values["labels"].astype(np.int64)}
        return close(define(**values, **how), define(**other, **how | {"form": "softmax"}))
    return None


CONCEPT = Concept(
    id="focal-loss",
    title="Focal loss",
    formula="mean_i α_i · (1 − p_i)^γ · (−log p_i), p_i = softmax(logits_i)[label_i]",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(ALPHA, FORM, NORMALISER, IGNORE_INDEX, EMPTY),
    edges=(*edges.ROWS, *edges.CLASSES, *edges.LABELS, edges.DENSE, edges.DENSE_PAIR),
    refusals=(Edge("gamma < 0", edges.setting("gamma", -1.0), refuses=True),),
    invariants=(
        Invariant("γ = 0 and α = 1 give cross-entropy", _plain_is_ce),
        Invariant("at most the cross-entropy", _at_most_ce),
        Invariant("falls as γ grows", _falls_with_gamma),
        Invariant("one score z is the two scores (0, z)", _one_score_is_two),
        same_after(
            "a constant added to a row changes nothing",
            lambda values: shifted("logits")(values) if values["logits"].ndim == 2 else None,
        ),
    ),
    limits=(Invariant("α_t: label 1 costs α/(1 − α) times label 0", _class_ratio),),
    excludes=_excludes,
    names=("focal", "fl"),
)
