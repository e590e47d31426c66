"""What a function costs is counted the same way every time."""

from __future__ import annotations

import torch
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.binding import bind
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.declare import read
from vaultkit.verify.measure import cost
from vaultkit.verify.subject import Subject


def cost_of(function, **declaration: str):
    settings = read({"implements": "cross-entropy"} | declaration, catalogue())
    return cost(Subject(function, bind(function, settings), settings))


def test_the_fused_function_costs_what_the_reference_costs() -> None:
    found = cost_of(F.cross_entropy)
    assert found.fresh == found.reference_fresh == 3
    assert found.peak == found.reference_peak
    assert found.shape == "(B=64, C=1000)"


def test_one_hot_targets_cost_more_tensors_and_bytes() -> None:
    def one_hot(logits, labels):
        hot = F.one_hot(labels, logits.shape[1]).to(logits)
        return -(hot * logits.log_softmax(1)).sum(1).mean()

    found = cost_of(one_hot)
    assert found.fresh > found.reference_fresh
    assert found.peak > found.reference_peak
    assert found == cost_of(one_hot)


def test_a_view_is_not_fresh_and_a_copy_is() -> None:
    def through(change):
        return cost_of(lambda x, y: F.cross_entropy(change(x), y)).fresh

    assert through(lambda x: x.view(1000, 64).view(64, 1000)) == through(lambda x: x)
    assert through(torch.clone) == through(lambda x: x) + 1


def test_what_cannot_be_measured_is_none() -> None:
    assert cost_of(lambda x, y: 0.0, backend="numpy") is None
    assert cost_of(lambda x, y: 1 / 0) is None
