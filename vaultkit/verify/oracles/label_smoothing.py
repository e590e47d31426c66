"""Cross-entropy against labels that keep a little doubt.

    LS = mean_i −Σ_c t_ic log softmax(z_i)_c

spread=all:    t = (1 − s)·one-hot + s/C           (F.cross_entropy's label_smoothing)
spread=others: t = 1 − s at the label, s/(C − 1) elsewhere
The two agree where s_all = s_others · C/(C − 1). A class of target 0 costs 0, also where it is
masked with −inf.

Shapes: logits (B, C) or (B, C, d…), labels (B) or (B, d…) → a number, or labels' shape unreduced.
Units: nats. The least possible value is the entropy of t, not 0.
Errors: DomainError for s outside [0, 1], a label outside the classes, spread=others with one class.
Source: Szegedy et al., Rethinking the Inception Architecture, CVPR 2016, section 7.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import entr, log_softmax

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
from vaultkit.verify.domain import Choice, Labels, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted
from vaultkit.verify.oracles import cross_entropy
from vaultkit.verify.reduction import (
    EMPTY,
    IGNORE_INDEX,
    REDUCTION,
    kept_rows,
    reduce,
    rows_of,
)

SPREAD = Convention(
    "spread",
    {
        "all": "s/C on every class, the label's own included (α/K)",
        "others": "s/(C − 1) on the other classes, 1 − s on the label (ε/(K−1))",
    },
)


def define(
    logits: Any,
    labels: Any,
    smoothing: float,
    *,
    spread: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    if not 0 <= smoothing <= 1:
        raise DomainError("smoothing outside [0, 1]")
    table = log_softmax(rows_of(logits), axis=-1)
    classes = table.shape[-1]
    kept, picked = kept_rows(labels, classes, ignore_index)
    own = np.arange(classes) == picked[..., None]
    if spread == "others":
        if classes == 1:
            raise DomainError("one class has no others to share the smoothing")
        target = np.where(own, 1.0 - smoothing, smoothing / (classes - 1))
    else:
        target = (1.0 - smoothing) * own + smoothing / classes
    losses = -(target * np.where(target > 0, table, 0.0)).sum(axis=-1)
    return reduce(losses, kept, reduction, empty)


def reference(
    logits: Any,
    labels: Any,
    smoothing: float,
    *,
    spread: str,
    reduction: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    from torch.nn import functional

    classes = logits.shape[1]
    never = -(2**62) if ignore_index is None else ignore_index

    def fused(amount: float) -> Any:
        return functional.cross_entropy(
            logits, labels, reduction=reduction, ignore_index=never, label_smoothing=amount
        )

    amount = smoothing * classes / (classes - 1) if spread == "others" else smoothing
    # Affine in the amount, which exceeds 1 where spread=others leaves the label less than 1/C.
    loss = fused(amount) if amount <= 1 else (1 - amount) * fused(0.0) + amount * fused(1.0)
    if empty == "zero" and reduction == "mean" and not (labels != never).any():
        loss = loss.nan_to_num(0.0)
    return loss


def _none_is_ce(define: Any, values: Values, how: Conventions) -> bool:
    expected = cross_entropy.define(
        values["logits"],
        values["labels"],
        base="e",
        **{key: how[key] for key in ("reduction", "ignore_index", "empty")},
    )
    return close(define(**values | {"smoothing": 0.0}, **how), expected)


def _none_is_ce_masked(define: Any, values: Values, how: Conventions) -> bool | None:
    """With a class masked by −inf that is nobody's label: 0 · (−inf) must be 0."""
    logits, labels = values["logits"].copy(), values["labels"] % 2
    if logits.shape[1] < 3:
        return None
    logits[:, 2] = -np.inf
    return _none_is_ce(define, values | {"logits": logits, "labels": labels}, how)


def _affine(define: Any, values: Values, how: Conventions) -> bool:
    none, half, full = (define(**values | {"smoothing": s}, **how) for s in (0.0, 0.5, 1.0))
    return close(half, (none + full) / 2)


def _floor(define: Any, values: Values, how: Conventions) -> bool:
    """At the best scores the value is the entropy of the smoothed target."""
    classes, s = values["logits"].shape[1], 0.1
    share = s / classes if how["spread"] == "all" else s / (classes - 1)
    target = np.full(classes, share)
    target[0] = 1.0 - share * (classes - 1)
    best = values | {"logits": np.log(target)[None], "labels": np.array([0]), "smoothing": s}
    floor = entr(target).sum()
    worse = best | {"logits": np.log(target)[None] * 1.3}
    return close(define(**best, **how | {"reduction": "mean"}), floor) and bool(
        define(**worse, **how | {"reduction": "mean"}) > floor
    )


def _schemes(define: Any, values: Values, how: Conventions) -> bool:
    classes, s = values["logits"].shape[1], 0.3
    others = define(**values | {"smoothing": s}, **how | {"spread": "others"})
    shared = s * classes / (classes - 1)
    return close(others, define(**values | {"smoothing": shared}, **how | {"spread": "all"}))


CONCEPT = Concept(
    id="label-smoothing",
    title="Cross-entropy with label smoothing",
    formula="mean_i −Σ_c t_ic log softmax(logits_i)_c, t = (1 − s)·one-hot + s/C",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("logits", Logits(("B", "C")), gradient="flows"),
        Argument("labels", Labels()),
        Argument(
            "smoothing",
            Choice((0.1, 0.0, 0.3, 0.5)),
            ("label_smoothing", "epsilon", "eps", "alpha"),
            0.1,
        ),
    ),
    conventions=(SPREAD, REDUCTION, IGNORE_INDEX, EMPTY),
    edges=(
        *edges.ROWS,
        *edges.CLASSES,
        *edges.LABELS,
        edges.DENSE,
        edges.DENSE_PAIR,
        Edge("smoothing = 1", edges.setting("smoothing", 1.0)),
        Edge("smoothing > 1", edges.setting("smoothing", 1.5), refuses=True),
    ),
    invariants=(
        Invariant("s = 0 gives cross-entropy", _none_is_ce),
        Invariant("s = 0 gives cross-entropy under a −inf mask too", _none_is_ce_masked),
        Invariant("affine in s", _affine),
        same_after("a constant added to a row changes nothing", shifted("logits")),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("logits", "labels"),
            reduction="mean",
        ),
    ),
    limits=(
        Invariant("the floor is the entropy of the smoothed target", _floor),
        Invariant("s over the others is s·C/(C − 1) over all", _schemes),
    ),
    names=("smooth", "smoothed", "ls"),
)
