"""Suggestions come from trial runs first, from names second, and are never applied."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from torch import nn
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.suggest import suggest


def test_what_agrees_is_suggested_with_its_conventions() -> None:
    def thing(a, b, gamma=2.0, alpha=0.25):
        cost = F.cross_entropy(a, b, reduction="none")
        return (alpha * (1 - (-cost).exp()) ** gamma * cost).sum()

    # Two conventions away from the usual ones: nothing is guessed.
    assert suggest(thing) == ()

    def scalar(a, b, gamma=2.0, alpha=0.25):
        return thing(a, b, gamma, alpha) / len(b)

    [found] = suggest(scalar)
    assert found.declaration == "implements=focal-loss fn=scalar alpha=scalar"
    assert found.agrees
    assert "trial run" in found.why


def test_another_order_and_numpy_are_found() -> None:
    def cost(y, x):
        return F.cross_entropy(x, y)

    assert suggest(cost)[0].declaration == "implements=cross-entropy fn=cost args=labels,logits"

    def entropy(p):
        return float(-(p * np.log2(p)).sum())

    assert any("implements=entropy fn=entropy" in s.declaration for s in suggest(entropy))


def test_the_name_decides_between_two_that_agree() -> None:
    def both(x, y):
        return F.binary_cross_entropy_with_logits(x, y)

    concepts = [s.concept for s in suggest(both)]
    assert concepts == ["binary-cross-entropy", "logistic"]
    assert suggest(both, "logistic_loss")[0].concept == "logistic"


def test_a_class_is_suggested() -> None:
    class Smoothed(nn.Module):
        def __init__(self, smoothing=0.1):
            super().__init__()
            self.smoothing = smoothing

        def forward(self, x, y):
            return F.cross_entropy(x, y, label_smoothing=self.smoothing)

    assert suggest(Smoothed)[0].declaration == "implements=label-smoothing fn=Smoothed"


@pytest.mark.parametrize(
    ("name", "concept"),
    [("my_ece", "ece"), ("FocalLoss", "focal-loss"), ("kl_div", "kl-divergence")],
)
def test_a_name_alone_is_said_to_be_a_name_alone(name: str, concept: str) -> None:
    found = suggest(lambda a, b: 3.0, name)
    assert [s.concept for s in found] == [concept]
    assert not found[0].agrees
    assert found[0].why == "by its name only: a trial run did not agree"


def test_nothing_is_suggested_for_what_is_nothing() -> None:
    def load(path):
        return Path(path).read_text(encoding="utf-8")

    assert suggest(load, "load_config") == ()
