"""The window of difficulty a learner is to be given next: a little above its own perplexity.

    window = [ 1.1·PPL, 1.3·PPL ]

In nats that is the loss plus 0.0953 to 0.2624, the same step at any skill, and it excludes the
learner's own perplexity.

Shapes: ppl a number → (low, high).
Units: tokens, as perplexity; of=loss takes a mean loss in nats.
Errors: DomainError for a perplexity below 1 or a negative loss.
Source: the curriculum-learning study R4, as its public description has it.
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
from vaultkit.verify.domain import Positive
from vaultkit.verify.laws import close

OF = Convention("of", {"ppl": "of a perplexity", "loss": "of a mean loss in nats"})


def define(ppl: Any, *, of: str) -> Any:
    perplexity = np.exp(ppl) if of == "loss" else ppl
    if perplexity < 1:
        raise DomainError("a perplexity below 1")
    return np.stack([1.1 * perplexity, 1.3 * perplexity])


def reference(ppl: Any, *, of: str) -> Any:
    import torch

    perplexity = ppl.exp() if of == "loss" else ppl
    return perplexity * torch.tensor([1.1, 1.3], dtype=ppl.dtype, device=ppl.device)


def _in_nats(define: Any, values: Values, how: Conventions) -> bool:
    """The window in nats: the loss plus log 1.1 and log 1.3."""
    loss = values["ppl"] if how["of"] == "loss" else np.log(values["ppl"])
    return close(np.log(define(**values, **how)) - loss, [0.0953102, 0.2623643], 1e-6)


def _curve(define: Any, values: Values, how: Conventions) -> bool:
    """At a loss of 2.1 the perplexity is 8.166, the window 8.983 to 10.616."""
    given = np.asarray(2.1 if how["of"] == "loss" else 8.166170)
    return close(define(ppl=given, **how), [8.982787, 10.616021], 1e-5)


def _least(define: Any, values: Values, how: Conventions) -> bool:
    """A learner that is never wrong: 1.1 to 1.3."""
    given = np.asarray(0.0 if how["of"] == "loss" else 1.0)
    return close(define(ppl=given, **how), [1.1, 1.3])


CONCEPT = Concept(
    id="zpd-window",
    title="Window of the zone of proximal development",
    formula="[1.1·PPL, 1.3·PPL]",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument(
            "ppl",
            Positive(0.0, 4.0) if how["of"] == "loss" else Positive(1.0, 60.0),
            gradient="flows",
        ),
    ),
    conventions=(OF,),
    edges=(edges.NAN,),
    refusals=(
        edges.only(
            Edge("perplexity 0.5", edges.setting("ppl", np.asarray(0.5)), refuses=True),
            "of",
            "ppl",
        ),
        Edge("perplexity below 1", edges.setting("ppl", np.asarray(-0.5)), refuses=True),
    ),
    gradient="optional",
    invariants=(Invariant("the loss plus log 1.1 to log 1.3, in nats", _in_nats),),
    limits=(
        Invariant("8.98 to 10.62 at a loss of 2.1", _curve),
        Invariant("1.1 to 1.3 at a perplexity of 1", _least),
    ),
    names=("zpd", "window"),
)
