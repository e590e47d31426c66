"""Perplexity: how many equally likely tokens would be as hard to guess.

    PPL = exp( mean over tokens of −log softmax(logits[b, t])[input_ids[b, t + 1]] )

The mean comes first, then the exponential: averaging perplexities of 1 and 3 nats gives 11.4,
their perplexity is 7.39.

Shapes: logits (B, T, V), input_ids (B, T) int64 → a number; of=loss: a loss in nats → a number.
Units: tokens. Compared by its logarithm, because rounding of the mean is relative error of the
exponential. It overflows float32 above 88.7 nats and float16 above 11.09.
Errors: DomainError for a target outside 0 … V−1 that is not ignored.
Source: Jelinek et al., Perplexity: a measure of the difficulty of speech recognition tasks, 1977.
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
    Edge,
    Invariant,
    Values,
)
from vaultkit.verify.domain import Labels, Logits, Positive
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted
from vaultkit.verify.oracles import next_token_loss
from vaultkit.verify.oracles.next_token_loss import SHIFT, one_token
from vaultkit.verify.reduction import IGNORE_INDEX, reduce

OF = Convention("of", {"logits": "of scores and tokens", "loss": "of a mean loss in nats"})
AVERAGE = Convention(
    "average",
    {
        "tokens": "exp of the mean over all tokens",
        "sequences": "the mean over sequences of each one's perplexity",
    },
)


def define(
    logits: Any,
    input_ids: Any = None,
    *,
    of: str,
    average: str,
    shift: str,
    ignore_index: int | None,
) -> Any:
    if of == "loss":
        return np.exp(logits)
    losses, kept = next_token_loss.token_losses(
        logits, input_ids, shift=shift, ignore_index=ignore_index
    )
    if average == "tokens":
        return np.exp(reduce(losses, kept, "mean"))
    rows = [np.exp(reduce(*row, "mean")) for row in zip(losses, kept, strict=True)]
    return np.mean(rows) if rows else np.nan


def reference(
    logits: Any,
    input_ids: Any = None,
    *,
    of: str,
    average: str,
    shift: str,
    ignore_index: int | None,
) -> Any:
    import torch
    from torch.nn import functional

    if of == "loss":
        return logits.exp()
    if shift == "yes":
        logits, input_ids = logits[:, :-1], input_ids[:, 1:]
    never = -(2**62) if ignore_index is None else ignore_index
    if average == "tokens":
        flat = input_ids.reshape(-1)
        table = logits.reshape(len(flat), logits.shape[-1])
        return functional.cross_entropy(table, flat, ignore_index=never).exp()
    losses = [
        functional.cross_entropy(row, ids, ignore_index=never)
        for row, ids in zip(logits, input_ids, strict=True)
    ]
    return torch.stack(losses).exp().mean() if losses else logits.sum() * torch.nan


def arguments(how: Conventions) -> tuple[Argument, ...]:
    if how["of"] == "loss":
        return (Argument("logits", Positive(0.0, 8.0), gradient="flows"),)
    return (
        Argument("logits", Logits(("B", "T", "V")), gradient="flows"),
        Argument("input_ids", Labels(("B", "T"), "V")),
    )


def _exp_of_loss(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["of"] == "loss" or how["average"] != "tokens":
        return None
    loss = next_token_loss.define(
        **values,
        shift=how["shift"],
        ignore_index=how["ignore_index"],
        reduction="mean",
        empty="nan",
    )
    return close(np.log(define(**values, **how)), loss)


def _uniform(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["of"] == "loss":
        return None
    flat = values | {"logits": np.full_like(values["logits"], 1.5)}
    return close(define(**flat, **how), float(values["logits"].shape[-1]))


def _two_losses(define: Any, values: Values, how: Conventions) -> bool:
    """Sequences of 1 and 3 nats: 7.39 over the tokens, 11.40 over the sequences."""
    if how["of"] == "loss":
        found = define(logits=np.asarray(2.0), **how)
        return close(found, 7.389056, 1e-6)
    odds = np.log(np.exp([1.0, 3.0]) - 1.0)
    logits = np.zeros((2, 2, 2))
    logits[:, :, 1] = odds[:, None]
    ids = np.zeros((2, 2), dtype=np.int64)
    found = define(logits=logits, input_ids=ids, **how)
    return close(found, 7.389056 if how["average"] == "tokens" else 11.401909, 1e-6)


def _at_least_one(define: Any, values: Values, how: Conventions) -> bool:
    return bool(define(**values, **how) >= 1.0 - 1e-12)


def _of_scores(change: Any) -> Any:
    return lambda values: change(values) if "input_ids" in values else None


OF_SCORES = (
    edges.EMPTY_BATCH,
    edges.LARGE,
    edges.STRIDED,
    *edges.CLASSES,
    *edges.LABELS,
    Edge("one token", one_token),
)

CONCEPT = Concept(
    id="perplexity",
    title="Perplexity",
    formula="exp(mean_(b,t) −log softmax(logits[b, t])[input_ids[b, t + 1]])",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(OF, AVERAGE, SHIFT, IGNORE_INDEX),
    edges=(
        edges.NAN,
        *(edges.only(edge, "of", "logits") for edge in OF_SCORES),
    ),
    gradient="optional",
    logarithmic=True,
    invariants=(
        Invariant("the exponential of the next-token loss", _exp_of_loss),
        Invariant("at least 1", _at_least_one),
        same_after("a constant added to a sequence's scores", _of_scores(shifted("logits"))),
        same_after("the order of sequences", _of_scores(permuted_rows("logits", "input_ids"))),
    ),
    limits=(
        Invariant("V on constant scores", _uniform),
        Invariant("7.39 for losses of 1 and 3, not 11.4", _two_losses),
    ),
    names=("ppl", "perplexity"),
)
