"""Every plausible mistake is rejected, with inputs that a person can check by hand."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
import wrong_others  # noqa: F401  (fills the list)
import wrong_values  # noqa: F401
from wrong_classification import WRONG, Wrong

from vaultkit.verify.binding import bind
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.concept import Case
from vaultkit.verify.declare import read
from vaultkit.verify.judge import judge
from vaultkit.verify.subject import Subject
from vaultkit.verify.verdict import Level, Verdict, told


def judged(case: Wrong, **options: object) -> Verdict:
    return judge(
        case.function,
        case.declaration,
        devices=("cpu",),
        dtypes=("float64",),
        measured=False,
        **options,
    )


def inputs_of(call: str) -> dict[str, object]:
    """The values a printed call names."""
    captured: dict[str, object] = {}
    scope = {"inf": np.inf, "nan": np.nan, "called": captured.update}
    eval(re.sub(r"^\w[\w-]*\(", "called(", call), scope)
    return {k: np.array(v) if isinstance(v, list) else v for k, v in captured.items()}


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.function.__name__)
def test_a_wrong_implementation_is_rejected_with_a_counterexample(case: Wrong) -> None:
    verdict = judged(case)
    if verdict.level is Level.EXECUTED:
        assert "NameError" in verdict.explanation
        return
    assert verdict.level is Level.DIVERGES, told(verdict)
    shown = verdict.counterexample
    assert shown is not None
    assert shown.error > 0
    if "Gradcheck" in shown.got or "gradient path" in shown.got:
        return
    # What is printed can be typed in again, and shows the difference again.
    settings = read(case.declaration, catalogue())
    values = inputs_of(shown.call)
    assert sum(np.size(v) for v in values.values()) <= 30, shown.call
    values = {
        a.name: np.asarray(values[a.name], dtype=np.int64 if a.kind.integer else np.float64)
        if a.kind.tensor
        else values[a.name]
        for a in settings.arguments
    }
    want = settings.concept.definition(**values, **settings.conventions)
    subject = Subject(case.function, bind(case.function, settings), settings)
    got = subject(Case("typed in", values), "float64", "cpu").value
    assert got is not None
    assert got.shape != np.shape(want) or not np.allclose(got, want, rtol=1e-6, atol=1e-7)


def test_mistakes_are_plausible_and_many() -> None:
    assert len(WRONG) >= 40
    covered = Counter(case.declaration["implements"] for case in WRONG)
    assert set(covered) == set(catalogue())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("focal_scalar", "declare `alpha=scalar`"),
        ("smoothing_others", "declare `spread=others`"),
        ("ece_left", "declare `side=left`"),
        ("kd_no_t", "declare `t_squared=no`"),
        ("kd_mean", "declare `kl=elements`"),
        ("kd_alpha_swapped", "declare `alpha=hard`"),
        ("kd_reverse", "declare `direction=reverse`"),
        ("weighted_plain_mean", "declare `normaliser=count`"),
        ("entropy_bits", "declare `base=2`"),
        ("next_unshifted", "declare `shift=no`"),
        ("mixup_swapped", "declare `lam=second`"),
        ("kl_swapped", "declare `args=q,p`"),
        ("ce_sum", "declare `reduction=sum`"),
        ("ce_log10", "declare `base=10`"),
        ("mae_sum", "declare `reduction=rows`"),
        ("ce_sign", "always -1 times the definition"),
    ],
)
def test_a_wrong_convention_is_explained(name: str, expected: str) -> None:
    case = next(case for case in WRONG if case.function.__name__ == name)
    assert expected in judged(case).explanation


def test_same_seed_same_verdict() -> None:
    case = next(case for case in WRONG if case.function.__name__ == "focal_of_mean")
    assert judged(case, seed=3) == judged(case, seed=3)
    # Another seed draws other inputs and comes to the same level.
    assert judged(case, seed=4).level is judged(case, seed=3).level
