"""What is documented of mixed inputs, of second gradients, and of the bins' bounds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import documented
import numpy as np
import pytest
import torch
from scipy import stats

from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.oracles import ece, focal_loss

BATCH = torch.arange(12.0).reshape(6, 2), torch.arange(6)


def test_no_mixing_is_an_error_not_a_share_of_one() -> None:
    with pytest.raises(ValueError, match="a <= 0"):
        documented.mixup(*BATCH, alpha=0.0)


def test_the_seed_of_pytorch_reproduces_the_order_and_not_the_share() -> None:
    np.random.seed(0)
    made = []
    for _ in range(2):
        torch.manual_seed(0)
        made.append(documented.mixup(*BATCH))
    assert torch.equal(made[0][2], made[1][2])
    assert made[0][3] != made[1][3]
    np.random.seed(0)
    torch.manual_seed(0)
    again = documented.mixup(*BATCH)
    assert again[3] == made[0][3]
    assert torch.equal(again[0], made[0][0])


def test_the_share_is_beta_distributed() -> None:
    np.random.seed(1)
    shares = [documented.mixup(*BATCH)[3] for _ in range(2000)]
    assert stats.kstest(shares, stats.beta(0.2, 0.2).cdf).pvalue > 0.05
    assert stats.kstest(shares, stats.beta(0.4, 0.4).cdf).pvalue < 1e-6


_LABELS = torch.tensor([0, 2, 1])
_OTHER = torch.tensor([2, 2, 0])
_TEACHER = torch.tensor([[0.3, -1.0, 2.0], [1.0, 0.0, -0.5], [0.0, 0.7, 0.1]]).double()


@pytest.mark.parametrize(
    "loss",
    [
        *(partial(documented.focal, labels=_LABELS, gamma=gamma) for gamma in (0.0, 0.5, 2.0)),
        lambda z: documented.smoothing(z, _LABELS, 3),
        lambda z: documented.distillation(z, _TEACHER, _LABELS),
        lambda z: documented.soft_cross_entropy(z, _TEACHER.softmax(1)),
        lambda z: documented.mixup_loss(z, _LABELS, _OTHER, 0.3),
        lambda z: documented.next_token(z[None], _LABELS[None]),
    ],
    ids=["focal-0", "focal-half", "focal-2", "smoothing", "distillation", "soft", "mixup", "next"],
)
def test_first_and_second_gradients_are_right(
    loss: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    torch.manual_seed(0)
    logits = torch.randn(3, 3, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(loss, (logits,))
    assert torch.autograd.gradgradcheck(loss, (logits,))


@pytest.mark.parametrize("margin", [9.0, 12.0, 20.0])
def test_expm1_after_an_upcast_keeps_the_digits_of_easy_samples(margin: float) -> None:
    how = catalogue()["focal-loss"].defaults() | {"alpha_kind": "scalar"}
    logits = torch.tensor([[margin, 0.0]])
    want = float(focal_loss.define(logits.double().numpy(), np.array([0]), 2.0, 0.25, **how))
    cost = torch.nn.functional.cross_entropy(logits.double(), torch.tensor([0]))
    cured = (0.25 * (-torch.expm1(-cost)) ** 2 * cost).item()
    assert cured == pytest.approx(want, rel=1e-6, abs=0)
    assert documented.focal(logits, torch.tensor([0])).item() != pytest.approx(
        want, rel=1e-4, abs=0
    )


def test_bounds_in_float32_move_0_7_and_0_9_of_float64_one_bin_up() -> None:
    bounds = torch.linspace(0, 1, 11).tolist()

    def moved(dtype: torch.dtype) -> list[int]:
        tenths = torch.tensor([k / 10 for k in range(1, 11)], dtype=dtype).tolist()
        return [k for k, value in enumerate(tenths, 1) if not bounds[k - 1] < value <= bounds[k]]

    assert moved(torch.float64) == [7, 9]
    assert moved(torch.float32) == []


def test_perfect_calibration_is_0_to_the_last_digit() -> None:
    how = catalogue()["ece"].defaults()
    with np.errstate(divide="ignore"):
        logits = np.log(np.array([[0.75, 0.25]] * 4 + [[0.6, 0.4]] * 5))
    labels = np.array([0, 0, 0, 1, 0, 0, 0, 1, 1])
    assert float(ece.define(logits, labels, 10, **how)) == pytest.approx(0.0, abs=1e-15)
