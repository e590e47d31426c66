"""Competence of a learner, as a curriculum study scores it.

    competence = 0.4·(1 − loss) + 0.35·confidence + 0.25·(1 − entropy)

With loss and entropy in nats it is no number between 0 and 1: it is negative for a large loss (−1
for a loss of 3.5 with no confidence and an entropy of 1), and 1 − entropy is negative as soon as
three classes are even. clip=unit cuts it off at 0; above 1 it never is.

Shapes: loss, confidence, entropy numbers → a number.
Units: none. Errors: DomainError for a negative loss or entropy, or a confidence outside [0, 1].
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

CLIP = Convention("clip", {"none": "as it comes", "unit": "cut off at 0; 1 it never exceeds"})


def define(loss: Any, confidence: Any, entropy: Any, *, clip: str) -> Any:
    if loss < 0 or entropy < 0 or confidence < 0 or confidence > 1:
        raise DomainError("a negative loss or entropy, or a confidence outside [0, 1]")
    score = 0.4 * (1.0 - loss) + 0.35 * confidence + 0.25 * (1.0 - entropy)
    return np.maximum(score, 0.0) if clip == "unit" else score


def reference(loss: Any, confidence: Any, entropy: Any, *, clip: str) -> Any:
    import torch

    weights = torch.tensor([0.4, 0.35, 0.25], dtype=loss.dtype, device=loss.device)
    score = weights @ torch.stack([1 - loss, confidence, 1 - entropy])
    return score.clamp(0, 1) if clip == "unit" else score


def _perfect(define: Any, values: Values, how: Conventions) -> bool:
    best = {"loss": np.asarray(0.0), "confidence": np.asarray(1.0), "entropy": np.asarray(0.0)}
    return close(define(**best, **how), 1.0)


def _step_zero(define: Any, values: Values, how: Conventions) -> bool:
    """At a loss of 3.5, sure of everything: −0.40 all the same."""
    best = {"loss": np.asarray(3.5), "confidence": np.asarray(1.0), "entropy": np.asarray(0.0)}
    return close(define(**best, **how), -0.4 if how["clip"] == "none" else 0.0)


def _uniform(define: Any, values: Values, how: Conventions) -> bool:
    """Knowing nothing of 10,000 words, sure of nothing: −5.34."""
    nats = np.log(10_000.0)
    worst = {"loss": nats, "confidence": np.asarray(0.0), "entropy": nats}
    return close(define(**worst, **how), -5.336721 if how["clip"] == "none" else 0.0, 1e-6)


def _slopes(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["clip"] == "unit":
        return None
    base = define(**values, **how)
    for name, weight in (("loss", -0.4), ("entropy", -0.25)):
        moved = values | {name: values[name] + 1.0}
        if not close(define(**moved, **how) - base, weight):
            return False
    halved = values | {"confidence": values["confidence"] / 2}
    return close(base - define(**halved, **how), 0.35 * values["confidence"] / 2)


def _clipped(define: Any, values: Values, how: Conventions) -> bool:
    plain = define(**values, **how | {"clip": "none"})
    return close(define(**values, **how | {"clip": "unit"}), min(max(float(plain), 0.0), 1.0))


CONCEPT = Concept(
    id="competence",
    title="Competence of a learner",
    formula="0.4·(1 − loss) + 0.35·confidence + 0.25·(1 − entropy)",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("loss", Positive(0.0, 4.0), gradient="flows"),
        Argument("confidence", Positive(0.0, 1.0), gradient="flows"),
        Argument("entropy", Positive(0.0, 3.0), gradient="flows"),
    ),
    conventions=(CLIP,),
    edges=(edges.NAN,),
    refusals=(
        Edge("negative loss", edges.setting("loss", np.asarray(-1.0)), refuses=True),
        Edge("negative entropy", edges.setting("entropy", np.asarray(-1.0)), refuses=True),
        Edge("confidence 2", edges.setting("confidence", np.asarray(2.0)), refuses=True),
        Edge("confidence −1", edges.setting("confidence", np.asarray(-1.0)), refuses=True),
    ),
    gradient="optional",
    invariants=(
        Invariant("falls by 0.4 a nat of loss and 0.25 a nat of entropy", _slopes),
        Invariant("clipping keeps it within 0 and 1", _clipped),
    ),
    limits=(
        Invariant("1 for no loss, full confidence, no entropy", _perfect),
        Invariant("−0.40 at best for a loss of 3.5", _step_zero),
        Invariant("−5.34 for knowing nothing of 10,000 words", _uniform),
    ),
    names=("competence",),
)
