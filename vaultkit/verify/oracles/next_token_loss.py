"""Cross-entropy of the next token: the scores at place t are for the token at place t + 1.

    L = mean over (b, t) of −log softmax(logits[b, t])[input_ids[b, t + 1]]

Shapes: logits (B, T, V), input_ids (B, T) int64 → a number, (B, T − 1) unreduced. The last scores
and the first token are used by nobody. shift=no: the ids are labels already, place by place.
Units: nats.
Errors: DomainError for a target outside 0 … V−1 that is not ignored.
Source: Radford et al., Language Models are Unsupervised Multitask Learners, 2019, eq. 1.
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
    Edge,
    Invariant,
    Values,
)
from vaultkit.verify.domain import Labels, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted
from vaultkit.verify.reduction import (
    EMPTY,
    IGNORE_INDEX,
    REDUCTION,
    at_label,
    kept_rows,
    reduce,
)

SHIFT = Convention(
    "shift",
    {"yes": "the scores at t meet the token at t + 1", "no": "the labels are shifted already"},
)


def token_losses(
    logits: Any, input_ids: Any, *, shift: str, ignore_index: int | None
) -> tuple[Any, Any]:
    """(losses, which of them count), both (B, T − 1), or (B, T) with shift=no."""
    if shift == "yes":
        logits, input_ids = logits[:, :-1], input_ids[:, 1:]
    kept, picked = kept_rows(input_ids, logits.shape[-1], ignore_index)
    return -at_label(log_softmax(logits, axis=-1), picked), kept


def define(
    logits: Any,
    input_ids: Any,
    *,
    shift: str,
    ignore_index: int | None,
    reduction: str,
    empty: str,
) -> Any:
    losses, kept = token_losses(logits, input_ids, shift=shift, ignore_index=ignore_index)
    return reduce(losses, kept, reduction, empty)


def reference(
    logits: Any,
    input_ids: Any,
    *,
    shift: str,
    ignore_index: int | None,
    reduction: str,
    empty: str,
) -> Any:
    from torch.nn import functional

    if shift == "yes":
        logits, input_ids = logits[:, :-1], input_ids[:, 1:]
    never = -(2**62) if ignore_index is None else ignore_index
    flat = input_ids.reshape(-1)
    loss = functional.cross_entropy(
        logits.reshape(len(flat), logits.shape[-1]), flat, reduction=reduction, ignore_index=never
    )
    if empty == "zero" and reduction == "mean" and not (flat != never).any():
        loss = loss.nan_to_num(0.0)
    return loss.reshape(input_ids.shape) if reduction == "none" else loss


def _loop(define: Any, values: Values, how: Conventions) -> bool | None:
    """One token after the other, spelled out."""
    logits, ids = values["logits"], values["input_ids"]
    if ids.size > 60:
        return None
    ahead = 1 if how["shift"] == "yes" else 0
    losses = []
    for b in range(ids.shape[0]):
        for t in range(ids.shape[1] - ahead):
            row = logits[b, t] - logits[b, t].max()
            losses.append(np.log(np.exp(row).sum()) - row[ids[b, t + ahead]])
    return close(define(**values, **how | {"reduction": "sum"}), np.sum(losses))


def _last_scores(values: Values) -> Values:
    logits = values["logits"].copy()
    logits[:, -1] += np.arange(logits.shape[-1])
    return values | {"logits": logits}


def _first_token(values: Values) -> Values:
    ids = values["input_ids"].copy()
    ids[:, 0] = (ids[:, 0] + 1) % values["logits"].shape[-1]
    return values | {"input_ids": ids}


def _padded(define: Any, values: Values, how: Conventions) -> bool | None:
    """Padding on the right, marked as ignored, changes neither mean nor sum."""
    if how["ignore_index"] is None or how["reduction"] == "none":
        return None
    logits, ids = values["logits"], values["input_ids"]
    padding = np.full((len(ids), 2), how["ignore_index"])
    longer = {
        "logits": np.concatenate([logits, 3.0 + logits[:, :1], logits[:, :1]], axis=1),
        "input_ids": np.concatenate([ids, padding], axis=1),
    }
    return close(define(**values, **how), define(**longer, **how))


def _uniform(define: Any, values: Values, how: Conventions) -> bool:
    flat = values | {"logits": np.full_like(values["logits"], 1.5)}
    return close(define(**flat, **how | {"reduction": "mean"}), np.log(values["logits"].shape[-1]))


def one_token(_a: Any, values: Values, how: Conventions) -> Values:
    """Sequences of a single token: with the shift there is nothing to predict."""
    return {"logits": values["logits"][:, :1], "input_ids": values["input_ids"][:, :1]}


CONCEPT = Concept(
    id="next-token-loss",
    title="Next-token cross-entropy",
    formula="mean_(b,t) −log softmax(logits[b, t])[input_ids[b, t + 1]]",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("logits", Logits(("B", "T", "V")), gradient="flows"),
        Argument("input_ids", Labels(("B", "T"), "V")),
    ),
    conventions=(SHIFT, IGNORE_INDEX, REDUCTION, EMPTY),
    edges=(
        *edges.ROWS,
        *edges.CLASSES,
        *edges.LABELS,
        Edge("one token", one_token),
    ),
    invariants=(
        Invariant("a loop over the tokens", _loop),
        Invariant("padding marked as ignored changes nothing", _padded),
        same_after("causal: the last scores are used by nobody", _last_scores, shift="yes"),
        same_after("the first token is predicted by nobody", _first_token, shift="yes"),
        same_after(
            "a constant added to the scores of a sequence changes nothing", shifted("logits")
        ),
        same_after(
            "the order of the sequences does not matter",
            permuted_rows("logits", "input_ids"),
            reduction="mean",
        ),
    ),
    limits=(Invariant("log V on constant scores", _uniform),),
    names=("next_token", "lm", "causal", "language_model"),
)
