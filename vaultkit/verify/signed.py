"""What the margin losses share: one score per sample, and a label of two values.

The margin is y·z with y = ±1. A label of 0 or 1 must be turned into ±1 first: with y = 0 the
margin is 0, whatever the score, and so is its gradient.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vaultkit.verify.concept import Argument, Convention, Conventions, DomainError, Values
from vaultkit.verify.domain import Reals, TwoValued

LABELS = Convention(
    "labels",
    {
        "signs": "labels are −1 and +1",
        "binary": "labels are 0 and 1, turned into ±1 by the function",
    },
    name="coding",
)


def margins(scores: Any, labels: Any, coding: str) -> Any:
    """y·z for every sample. Raises DomainError for a label that is neither of the two."""
    low = -1.0 if coding == "signs" else 0.0
    if np.any((labels != low) & (labels != 1.0)):
        raise DomainError(f"a label that is neither {low:g} nor 1")
    return np.where(labels == 1.0, scores, -scores)


def arguments(how: Conventions, limit: float = 30.0) -> tuple[Argument, ...]:
    labels = TwoValued(-1.0 if how["coding"] == "signs" else 0.0, 1.0)
    return (
        Argument("scores", Reals(("B",), limit), gradient="flows"),
        Argument("labels", labels),
    )


def signs_of(labels: Any, coding: str) -> Any:
    """Labels as ±1, for tensors and arrays alike."""
    return labels if coding == "signs" else 2 * labels - 1


def mirrored(how: Conventions, values: Values) -> Values:
    """Scores and labels of opposite sign: the margins stay."""
    turned = -values["labels"] if how["coding"] == "signs" else 1.0 - values["labels"]
    return values | {"scores": -values["scores"], "labels": turned}


def unknown_label(_a: Any, values: Values, _c: Conventions) -> Values:
    return values | {"labels": np.full_like(values["labels"], 3.0)}


def zero_label(_a: Any, values: Values, how: Conventions) -> Values | None:
    """A label of 0 where −1 and +1 are declared."""
    if how["coding"] != "signs":
        return None
    return values | {"labels": np.zeros_like(values["labels"])}
