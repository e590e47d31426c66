"""What is documented of focal loss and class weights, reproduced number by number."""

from __future__ import annotations

import documented
import numpy as np
import pytest
import torch

from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.judge import judge
from vaultkit.verify.oracles import class_weighted_cross_entropy, cross_entropy, focal_loss
from vaultkit.verify.verdict import Level, Verdict

FOCAL = catalogue()["focal-loss"].defaults()
CE = catalogue()["cross-entropy"].defaults()


def scalar(logits: torch.Tensor, labels: torch.Tensor, **options: float) -> float:
    return documented.focal(logits, labels, **options).item()


def oracle(logits, labels, gamma=2.0, alpha=0.25, **how):
    return focal_loss.define(
        np.asarray(logits, dtype=np.float64), np.asarray(labels), gamma, alpha, **FOCAL | how
    )


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return judge(
        documented.focal,
        {"implements": "focal-loss", "fn": "focal", "alpha": "scalar"},
        devices=("cpu",),
        measured=False,
    )


def topics(verdict: Verdict) -> dict[str, str]:
    return {d.topic: d.got for d in verdict.divergences}


def test_scalar_alpha_is_not_alpha_t_ratio_1_and_one_third() -> None:
    rng = np.random.default_rng(0)
    scores = rng.standard_normal((200, 2)) * 3
    for label, expected in ((1, 1.0), (0, 1 / 3)):
        labels = np.full(200, label)
        constant = oracle(scores, labels, alpha_kind="scalar", reduction="none")
        lin = oracle(scores, labels, alpha_kind="alpha_t", reduction="none")
        np.testing.assert_allclose(constant / lin, expected, rtol=1e-12)


def test_with_a_tenth_of_positives_the_ratio_is_0_357() -> None:
    labels = np.r_[np.ones(100, int), np.zeros(900, int)]
    flat = np.zeros((1000, 2))
    ratio = scalar(torch.tensor(flat), torch.tensor(labels)) / oracle(flat, labels)
    assert ratio == pytest.approx(0.357, abs=5e-4)


def test_scalar_alpha_is_a_constant_factor() -> None:
    torch.manual_seed(0)
    logits, labels = torch.randn(64, 10).double() * 3, torch.randint(0, 10, (64,))
    ratios = [scalar(logits, labels, alpha=a) / a for a in (0.1, 0.25, 0.9)]
    assert ratios == pytest.approx([ratios[0]] * 3, rel=1e-14)


def test_gamma_0_is_cross_entropy_only_with_alpha_1_else_a_quarter() -> None:
    rng = np.random.default_rng(1)
    logits, labels = rng.standard_normal((64, 10)) * 3, rng.integers(0, 10, 64)
    ce = cross_entropy.define(logits, labels, **CE)
    given = torch.tensor(logits), torch.tensor(labels)
    assert scalar(*given, gamma=0, alpha=1) == pytest.approx(float(ce), rel=1e-14)
    assert scalar(*given, gamma=0) / ce == pytest.approx(0.25, rel=1e-14)


def test_half_the_labels_ignored_halves_the_loss(verdict: Verdict) -> None:
    rng = np.random.default_rng(2)
    logits, labels = rng.standard_normal((64, 10)), rng.integers(0, 10, 64)
    labels[::2] = -100
    got = scalar(torch.tensor(logits), torch.tensor(labels))
    want = oracle(logits, labels, alpha_kind="scalar")
    assert got / want == pytest.approx(0.5, rel=1e-12)
    found = next(d for d in verdict.divergences if d.topic == "ignore_index")
    assert "ignored rows stay in the mean" in found.explanation


def test_the_mean_over_rows_is_a_tenth_of_the_mean_over_positives() -> None:
    rng = np.random.default_rng(3)
    scores = rng.standard_normal(1000) * 3
    labels = np.r_[np.ones(100), np.zeros(900)]
    by_rows, by_positives = (
        oracle(scores, labels, form="sigmoid", reduction=r) for r in ("mean", "positives")
    )
    assert by_positives / by_rows == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("margin", "error", "within"),
    [(9.0, 4e-4, 3.0), (12.0, 2.7e-2, 3.0), (20.0, 1.0, 1.01)],
)
def test_easy_samples_lose_their_digits_in_float32(
    margin: float, error: float, within: float
) -> None:
    logits = np.array([[margin, 0.0]])
    want = float(oracle(logits, [0], alpha_kind="scalar"))
    got = scalar(torch.tensor(logits).float(), torch.tensor([0]))
    assert error / within < abs(got - want) / want <= error * within
    if margin == 20:
        assert want == pytest.approx(2e-27, rel=0.1)


@pytest.mark.parametrize(("margin", "least"), [(5.0, 0.3), (9.0, 1.0)])
def test_easy_samples_lose_their_digits_sooner_in_bfloat16(margin: float, least: float) -> None:
    logits = np.array([[margin, 0.0]])
    want = float(oracle(logits, [0], alpha_kind="scalar"))
    got = scalar(torch.tensor(logits).bfloat16(), torch.tensor([0]))
    assert abs(got - want) / want >= least


def test_the_gradient_is_nan_for_gamma_one_half_and_gradcheck_does_not_see_it(
    verdict: Verdict,
) -> None:
    for gamma, finite in ((0.5, False), (0.0, True), (1.0, True), (2.0, True)):
        logits = torch.tensor([[40.0, 0.0]], requires_grad=True)
        documented.focal(logits, torch.tensor([0]), gamma=gamma).backward()
        assert bool(logits.grad.isfinite().all()) is finite, gamma
    checks = {check.check: check for check in verdict.gradients}
    assert checks["gradcheck"].held is True
    assert checks["at margins"].held is False
    assert "gamma=0.5" in checks["at margins"].call


def test_a_masked_target_costs_infinity_with_a_nan_gradient() -> None:
    logits = torch.tensor([[0.0, 1.0, -torch.inf]], dtype=torch.float64, requires_grad=True)
    documented.focal(logits, torch.tensor([0])).backward()
    assert logits.grad.isfinite().all()
    masked = torch.tensor([[-torch.inf, 1.0, 0.0]], dtype=torch.float64, requires_grad=True)
    loss = documented.focal(masked, torch.tensor([0]))
    loss.backward()
    assert torch.isinf(loss)
    assert masked.grad.isnan().all()
    assert np.isinf(oracle(masked.detach().numpy(), [0], alpha_kind="scalar"))


def test_the_verdict_is_agrees_with_the_reasons_it_is_not_robust(verdict: Verdict) -> None:
    assert verdict.level is Level.AGREES
    assert set(topics(verdict)) == {"ignore_index", "all ignored", "gradient at margins"}


def test_undeclared_it_diverges_and_the_convention_is_named() -> None:
    verdict = judge(
        documented.focal, {"implements": "focal-loss"}, devices=("cpu",), measured=False
    )
    assert verdict.level is Level.DIVERGES
    assert "alpha = scalar" in verdict.explanation
    assert "not alpha_t: declare `alpha=scalar`" in verdict.explanation


def test_the_weighted_mean_divides_by_the_weights_that_occur() -> None:
    rng = np.random.default_rng(4)
    how = catalogue()["class-weighted-cross-entropy"].defaults()
    weight = np.array([1.0, 5.0, 2.0])
    logits, labels = rng.standard_normal((64, 3)) * 3, rng.integers(0, 3, 64)
    mean = class_weighted_cross_entropy.define(logits, labels, weight, **how)
    rows = class_weighted_cross_entropy.define(
        logits, labels, weight, **how | {"reduction": "none"}
    )
    assert mean == pytest.approx(rows.sum() / weight[labels].sum())
    assert rows.mean() / mean == pytest.approx(weight[labels].mean())
    given = torch.tensor(logits), torch.tensor(labels), torch.tensor(weight)
    assert documented.weighted(*given).item() == pytest.approx(float(mean), rel=1e-13)


def test_a_batch_of_the_rare_class_alone_cancels_its_weight() -> None:
    flat, labels = torch.zeros(8, 3), torch.ones(8, dtype=torch.int64)
    for weight in ([1.0, 5.0, 2.0], [1.0, 1.0, 1.0]):
        found = documented.weighted(flat, labels, torch.tensor(weight)).item()
        assert found == pytest.approx(1.0986, abs=1e-4)


def test_three_weights_do_not_fit_ten_classes() -> None:
    logits, labels = torch.randn(4, 10), torch.randint(0, 10, (4,))
    with pytest.raises(RuntimeError, match="all 10 classes"):
        documented.weighted(logits, labels, torch.tensor([1.0, 5.0, 2.0]))
