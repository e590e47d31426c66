"""When two results agree, and in which precision."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkit.verify.tolerance import LARGEST, UNIT, distance, overflowed

NUMBERS = st.floats(allow_nan=False, width=32, min_value=-1e6, max_value=1e6)


@settings(deadline=None, derandomize=True)
@given(NUMBERS, NUMBERS, st.sampled_from(["float64", "float32"]))
def test_single_and_double_precision_are_judged_by_the_testing_defaults(a, b, dtype) -> None:
    kind = getattr(torch, dtype)
    left, right = torch.tensor(a, dtype=kind), torch.tensor(b, dtype=kind)
    try:
        torch.testing.assert_close(left, right)
        same = True
    except AssertionError:
        same = False
    found = distance(np.array(left.item()), np.array(right.item()), dtype)
    assert found.agrees is same


@pytest.mark.parametrize(
    ("got", "want", "agrees"),
    [
        (np.nan, np.nan, True),
        (np.inf, np.inf, True),
        (np.inf, -np.inf, False),
        (np.nan, 1.0, False),
        (1.0, np.nan, False),
        (np.inf, 1.0, False),
        (1.0, np.inf, False),
    ],
)
def test_nan_and_infinity(got: float, want: float, agrees: bool) -> None:
    found = distance(np.array(got), np.array(want), "float64")
    assert found.agrees is agrees
    assert found.absolute == (0.0 if agrees else np.inf)


def test_shapes_must_agree_but_for_a_single_number() -> None:
    assert distance(np.ones(1), np.array(1.0), "float64").agrees
    assert not distance(np.ones(2), np.array(1.0), "float64").agrees
    assert not distance(np.ones((2, 1)), np.ones(2), "float64").agrees
    assert distance(np.ones(0), np.ones(0), "float64").agrees


def test_half_precision_is_judged_beside_the_fused_reference() -> None:
    want, unit = np.array(2.0), UNIT["bfloat16"]
    assert distance(want + 7 * unit, want, "bfloat16").agrees
    assert not distance(want + 9 * unit, want, "bfloat16").agrees
    assert distance(want + 9 * unit, want, "bfloat16", fused=want - unit).agrees
    assert not distance(want + 20 * unit, want, "bfloat16", fused=want - unit).agrees
    # A reference that overflows allows nothing.
    assert not distance(want + 9 * unit, want, "bfloat16", fused=np.array(np.inf)).agrees


def test_beyond_the_edges_no_more_is_asked_than_the_reference_gives() -> None:
    want, fused = np.array(1.0), np.array(1.001)
    assert not distance(np.array(1.002), want, "float32", fused).agrees
    assert distance(np.array(1.002), want, "float32", fused, lenient=True).agrees


def test_units_and_largest_numbers_are_torchs() -> None:
    for dtype, unit in UNIT.items():
        assert torch.finfo(getattr(torch, dtype)).eps == unit
    for dtype, largest in LARGEST.items():
        assert torch.finfo(getattr(torch, dtype)).max == pytest.approx(largest, rel=1e-7)
    assert overflowed(np.array([7e4, -7e4, 1.0]), "float16").tolist() == [np.inf, -np.inf, 1.0]
