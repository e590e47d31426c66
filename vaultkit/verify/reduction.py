"""What happens to a column of losses: which rows count, and how they become one number.

Shared by the definitions, and mutated with them: nothing here knows about torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vaultkit.verify.concept import Convention, DomainError

if TYPE_CHECKING:
    from vaultkit.verify.concept import Array

REDUCTION = Convention(
    "reduction",
    {
        "mean": "the average over the rows that count",
        "sum": "their sum",
        "none": "one value per row, 0 for an ignored one",
    },
)
EMPTY = Convention(
    "empty",
    {
        "nan": "the mean over nothing is undefined: NaN",
        "zero": "the mean over nothing is called 0",
    },
)
IGNORE_INDEX = Convention(
    "ignore_index", {"-100": "rows with this label count nowhere; `none` turns it off"}, number=True
)
BASE = Convention(
    "base", {"e": "natural logarithm: nats", "2": "bits", "10": "decimal logarithm: hartleys"}
)

LOG_OF_BASE = {"e": 1.0, "2": float(np.log(2.0)), "10": float(np.log(10.0))}


def reduce(
    losses: Array,
    kept: Any,
    reduction: str,
    empty: str = "nan",
    weights: Array | None = None,
) -> Any:
    """The losses of the kept rows as one number.

    losses: any shape; kept: booleans of that shape; weights: what the mean divides by, else rows.
    Raises ValueError for a reduction that is none of the three.
    """
    if reduction == "none":
        return np.where(kept, losses, 0.0)
    total = losses[kept].sum()
    if reduction == "sum":
        return total
    if reduction != "mean":
        raise ValueError(reduction)
    count = kept.sum() if weights is None else weights[kept].sum()
    if count == 0:
        return 0.0 if empty == "zero" else np.nan
    return total / count


def rows_of(logits: Array) -> Array:
    """The class axis (1, or the only one) moved last: (B, C, d…) → (B, d…, C)."""
    return np.moveaxis(logits, 1, -1) if logits.ndim > 2 else logits


def kept_rows(labels: Any, classes: int, ignore_index: int | None) -> tuple[Any, Any]:
    """(which rows count, their labels with 0 put where a row does not count).

    Raises DomainError for a label that is neither a class nor ignored.
    """
    kept = np.ones(labels.shape, dtype=bool) if ignore_index is None else labels != ignore_index
    if np.any(kept & ((labels < 0) | (labels >= classes))):
        raise DomainError(f"a label outside 0 … {classes - 1}")
    return kept, np.where(kept, labels, 0)


def at_label(table: Array, labels: Any) -> Array:
    """table[…, labels[…]]: (…, C) and (…) → (…)."""
    return np.take_along_axis(table, labels[..., None], axis=-1)[..., 0]
