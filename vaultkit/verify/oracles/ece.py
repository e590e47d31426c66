"""Expected calibration error: how far confidence is from accuracy, bin by bin.

    ECE = Σ_m (n_m / N) · | accuracy of bin m − mean confidence of bin m |

Confidence is the largest probability, the prediction the first class that has it. The n_bins bins
are equally wide; with side=right they are (lo, hi], with side=left [lo, hi), the last one closed.

Shapes: logits (B, C), labels (B) int64 → a number in [0, 1]; given=probabilities: rows of them.
Units: none.
Errors: DomainError for n_bins < 1 or a label outside 0 … C−1 that is not ignored.
Source: Naeini, Cooper, Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning,
AAAI 2015; Guo et al., On Calibration of Modern Neural Networks, ICML 2017, eq. 3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import softmax

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
from vaultkit.verify.domain import Choice, Distribution, Labels, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted
from vaultkit.verify.reduction import EMPTY, IGNORE_INDEX, kept_rows

SIDE = Convention(
    "side",
    {
        "right": "bins (lo, hi]: a confidence on a bound belongs to the bin below",
        "left": "bins [lo, hi): it belongs to the bin above, and 1.0 to the last",
    },
)
GIVEN = Convention("given", {"logits": "raw scores", "probabilities": "rows that sum to one"})


def define(
    logits: Any,
    labels: Any,
    n_bins: int,
    *,
    side: str,
    given: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    if n_bins < 1:
        raise DomainError("n_bins < 1")
    kept, picked = kept_rows(labels, logits.shape[1], ignore_index)
    table = (softmax(logits, axis=1) if given == "logits" else logits)[kept]
    if len(table) == 0:
        return 0.0 if empty == "zero" else np.nan
    confidence = table.max(axis=1)
    hit = table.argmax(axis=1) == picked[kept]
    bounds = np.arange(n_bins + 1) / n_bins
    if side == "right":
        place = np.searchsorted(bounds, confidence, side="left") - 1
    else:
        place = np.searchsorted(bounds, confidence, side="right") - 1
    # NaN sorts above every bound: into the last bin, whose gap and with it the sum it makes NaN.
    place = np.minimum(place, n_bins - 1)
    gaps = [abs((hit[place == m] - confidence[place == m]).sum()) for m in range(n_bins)]
    return sum(gaps) / len(table)


def reference(
    logits: Any,
    labels: Any,
    n_bins: int,
    *,
    side: str,
    given: str,
    ignore_index: int | None,
    empty: str,
) -> Any:
    """There is no fused calibration error: bucketize, then a sum per bin."""
    import torch

    never = -(2**62) if ignore_index is None else ignore_index
    kept = labels != never
    table = (torch.softmax(logits, dim=1) if given == "logits" else logits)[kept]
    if not len(table):
        return 0.0 if empty == "zero" else float("nan")
    confidence, prediction = table.max(dim=1)
    inner = torch.arange(1, n_bins, dtype=torch.float64, device=logits.device) / n_bins
    place = torch.bucketize(confidence.double(), inner, right=side == "left")
    gap = (prediction == labels[kept]).double() - confidence.double()
    sums = torch.zeros(n_bins, dtype=torch.float64, device=logits.device).index_add(0, place, gap)
    return sums.abs().sum() / len(table)


def tidy(values: Values, eps: float) -> Values:
    """Move confidences off the bounds, where rounding alone would choose the bin."""
    n_bins, table = values["n_bins"], np.array(values["logits"], dtype=np.float64)
    if not len(table):
        return values
    probabilities = bool((table >= 0).all() and np.allclose(table.sum(axis=1), 1.0))
    near = min(32 * eps, 0.2 / n_bins)
    for _ in range(60):
        confidence = (table if probabilities else softmax(table, axis=1)).max(axis=1)
        bound = np.round(confidence * n_bins)
        inside = (bound > 0) & (bound < n_bins)
        close_by = inside & (np.abs(confidence - bound / n_bins) < near)
        if not close_by.any():
            break
        # A little more for the leading class.
        nudge = np.eye(table.shape[1])[table.argmax(axis=1)] * close_by[:, None]
        if probabilities:
            table = table + nudge * 0.03
            table = table / table.sum(axis=1, keepdims=True)
        else:
            table = table + nudge * 0.11
    return values | {"logits": table}


def _in_unit(define: Any, values: Values, how: Conventions) -> bool:
    return bool(0 <= define(**values, **how) <= 1)


def _coarser(define: Any, values: Values, how: Conventions) -> bool:
    """Merging neighbouring bins never makes it larger."""
    fine, coarse, one = (define(**values | {"n_bins": n}, **how) for n in (12, 4, 1))
    return bool(fine >= coarse - 1e-12 and coarse >= one - 1e-12)


def _one_bin(define: Any, values: Values, how: Conventions) -> bool:
    logits, labels = values["logits"], values["labels"]
    table = softmax(logits, axis=1) if how["given"] == "logits" else logits
    expected = abs(np.mean(table.argmax(axis=1) == labels) - table.max(axis=1).mean())
    return close(define(**values | {"n_bins": 1}, **how), expected)


def _scores(how: Conventions, *confidences: float) -> Any:
    """Two classes, the first one ahead, with these confidences."""
    table = np.array([[c, 1.0 - c] for c in confidences])
    return table if how["given"] == "probabilities" else np.log(np.maximum(table, 1e-300))


def _perfect(define: Any, values: Values, how: Conventions) -> bool:
    """Three of four right at confidence 0.75."""
    four = {"logits": _scores(how, 0.75, 0.75, 0.75, 0.75), "labels": np.array([0, 0, 0, 1])}
    return close(define(**four, n_bins=10, **how), 0.0)


def _bound(define: Any, values: Values, how: Conventions) -> bool:
    """0.5 wrong, 0.55 right: two bins (0.475) when 0.5 belongs below, one (0.025) when not."""
    pair = {"logits": _scores(how, 0.5, 0.55), "labels": np.array([1, 0])}
    expected = 0.475 if how["side"] == "right" else 0.025
    return close(define(**pair, n_bins=10, **how), expected)


def _top(define: Any, values: Values, how: Conventions) -> bool:
    """1.0 wrong and 0.95 right share the last bin: 0.475, not the 0.525 of a bin of its own.

    0.85 right beside them has another bin.
    """
    pair = {"logits": _scores(how, 1.0, 0.95), "labels": np.array([1, 0])}
    three = {"logits": _scores(how, 1.0, 0.95, 0.85), "labels": np.array([1, 0, 0])}
    return close(define(**pair, n_bins=10, **how), 0.475) and close(
        define(**three, n_bins=10, **how), (0.95 + 0.15) / 3
    )


def _ties(_a: Any, values: Values, how: Conventions) -> Values:
    """Two classes exactly even in the first row, nobody's label: the first of them is predicted."""
    table = values["logits"].copy()
    even = np.zeros(table.shape[1])
    even[:2] = 0.5 if how["given"] == "probabilities" else 3.0
    if how["given"] == "logits":
        even[2:] = -900.0
    table[0] = even
    labels = values["labels"].copy()
    labels[0] = 1
    return values | {"logits": table, "labels": labels}


def _worked(how: Conventions) -> tuple[Values, ...]:
    """On a bound: 0.5 wrong beside 0.55 right, and 1.0 wrong beside 0.95 right."""
    if how["given"] == "probabilities":
        tables = ([[0.5, 0.5], [0.55, 0.45]], [[1.0, 0.0], [0.95, 0.05]])
    else:
        tables = ([[0.0, 0.0], [0.2, 0.0]], [[40.0, 0.0], [3.0, 0.0]])
    labels = np.array([1, 0])
    return tuple({"logits": np.array(t), "labels": labels, "n_bins": 10} for t in tables)


def arguments(how: Conventions) -> tuple[Argument, ...]:
    dims = ("B", "C")
    return (
        Argument("logits", Distribution(dims) if how["given"] == "probabilities" else Logits(dims)),
        Argument("labels", Labels()),
        Argument("n_bins", Choice((10, 1, 5, 15)), ("num_bins", "bins", "nbins"), 10),
    )


CONCEPT = Concept(
    id="ece",
    title="Expected calibration error",
    formula="Σ_m (n_m/N) · |accuracy of bin m − mean confidence of bin m|",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(SIDE, GIVEN, IGNORE_INDEX, EMPTY),
    edges=(
        *edges.ROWS,
        *edges.CLASSES,
        edges.IGNORED_SOME,
        edges.IGNORED_ALL,
        Edge("tied classes", _ties),
    ),
    refusals=(edges.OUTSIDE, Edge("no bins", edges.setting("n_bins", 0), refuses=True)),
    worked=_worked,
    gradient="none",
    tidy=tidy,
    invariants=(
        Invariant("in [0, 1]", _in_unit),
        Invariant("coarser nested bins never make it larger", _coarser),
        Invariant("one bin: |accuracy − mean confidence|", _one_bin),
        same_after("the order of the samples does not matter", permuted_rows("logits", "labels")),
        same_after(
            "a constant added to a row changes nothing", shifted("logits", 0.5), given="logits"
        ),
    ),
    limits=(
        Invariant("0 where three of four are right at confidence 0.75", _perfect),
        Invariant("0.5 belongs to the bin its side says", _bound),
        Invariant("1.0 belongs to the last bin", _top),
    ),
    names=("ece", "calibration", "calibration_error"),
)
