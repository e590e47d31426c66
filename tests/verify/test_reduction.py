"""How rows become a number."""

from __future__ import annotations

import numpy as np
import pytest

from vaultkit.verify.concept import DomainError
from vaultkit.verify.reduction import kept_rows, reduce

LOSSES = np.array([1.0, 2.0, 6.0])
KEPT = np.array([True, True, False])


def test_only_kept_rows_count() -> None:
    assert reduce(LOSSES, KEPT, "mean") == 1.5
    assert reduce(LOSSES, KEPT, "sum") == 3.0
    assert reduce(LOSSES, KEPT, "none").tolist() == [1.0, 2.0, 0.0]
    assert reduce(LOSSES, KEPT, "mean", weights=np.array([1.0, 2.0, 9.0])) == 1.0


def test_the_mean_over_nothing_is_nan_or_called_0() -> None:
    nothing = np.zeros(3, dtype=bool)
    assert np.isnan(reduce(LOSSES, nothing, "mean"))
    assert reduce(LOSSES, nothing, "mean", "zero") == 0.0


def test_another_word_is_an_error() -> None:
    with pytest.raises(ValueError, match="median"):
        reduce(LOSSES, KEPT, "median")


def test_a_negative_label_never_counts_from_the_end() -> None:
    with pytest.raises(DomainError):
        kept_rows(np.array([0, -1]), 3, -100)
    kept, labels = kept_rows(np.array([2, -100]), 3, -100)
    assert kept.tolist() == [True, False]
    assert labels.tolist() == [2, 0]
