"""What is documented of calibration error, cross-entropy and binary cross-entropy."""

from __future__ import annotations

import documented
import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.concept import DomainError
from vaultkit.verify.judge import judge
from vaultkit.verify.oracles import binary_cross_entropy, cross_entropy, ece
from vaultkit.verify.verdict import Level, Verdict

ECE = catalogue()["ece"].defaults()
CE = catalogue()["cross-entropy"].defaults()


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return judge(documented.ece, {"implements": "ece"}, devices=("cpu",), measured=False)


def scores(*confidences: float) -> np.ndarray:
    """Two classes, the first ahead with these confidences."""
    with np.errstate(divide="ignore"):
        return np.log(np.array([[c, 1 - c] for c in confidences]))


def oracle(logits, labels, n_bins=10, **how):
    return float(ece.define(np.asarray(logits), np.asarray(labels), n_bins, **ECE | how))


def test_a_confidence_on_a_bound_0_475_or_0_025() -> None:
    logits, labels = scores(0.5, 0.55), [1, 0]
    assert oracle(logits, labels) == pytest.approx(0.475)
    assert oracle(logits, labels, side="left") == pytest.approx(0.025)
    snippet = documented.ece(torch.tensor(logits), torch.tensor(labels))
    assert snippet == pytest.approx(0.475, abs=1e-7)


def test_a_confidence_of_1_shares_the_last_bin_or_has_a_phantom_one() -> None:
    logits, labels = scores(1.0, 0.95), [1, 0]
    assert oracle(logits, labels) == oracle(logits, labels, side="left")
    assert oracle(logits, labels) == pytest.approx(0.475)
    assert documented.ece(torch.tensor(logits), torch.tensor(labels)) == pytest.approx(0.475)
    phantom = documented.ece_phantom(torch.tensor(logits), torch.tensor(labels))
    assert phantom.item() == pytest.approx(0.525)
    verdict = judge(documented.ece_phantom, {"implements": "ece", "side": "left"}, devices=("cpu",))
    assert verdict.level is Level.DIVERGES
    assert "[[40, 0], [3, 0]]" in verdict.counterexample.call


def test_a_confidence_of_0_is_out_of_reach() -> None:
    rng = np.random.default_rng(0)
    for classes in (2, 3, 10):
        logits = rng.standard_normal((100, classes)) * 30
        assert torch.softmax(torch.tensor(logits), 1).max(1).values.min() >= 1 / classes - 1e-12


def test_an_empty_input_crashes_it_and_so_do_nan_rows_alone(verdict: Verdict) -> None:
    for logits in (torch.zeros(0, 3), torch.full((4, 3), torch.nan)):
        with pytest.raises(AttributeError, match="'int' object has no attribute 'item'"):
            documented.ece(logits, torch.zeros(len(logits), dtype=torch.int64))
        assert np.isnan(oracle(logits.numpy(), np.zeros(len(logits), dtype=int)))
    shown = {d.topic: d for d in verdict.divergences}
    assert "AttributeError" in shown["empty batch"].got


def test_nan_rows_are_dropped_and_counted_all_the_same(verdict: Verdict) -> None:
    rng = np.random.default_rng(1)
    logits, labels = rng.standard_normal((50, 10)) * 3, rng.integers(0, 10, 50)
    whole = oracle(logits, labels)
    half_nan = np.concatenate([logits, np.full((50, 10), np.nan)])
    twice = np.concatenate([labels, labels])
    found = documented.ece(torch.tensor(half_nan), torch.tensor(twice))
    assert found / whole == pytest.approx(0.5, rel=1e-6)
    assert np.isnan(oracle(half_nan, twice))
    assert "NaN" in {d.topic for d in verdict.divergences}


def test_ignored_labels_are_counted_as_wrong(verdict: Verdict) -> None:
    rng = np.random.default_rng(2)
    labels = rng.integers(0, 10, 200)
    logits = rng.standard_normal((200, 10)) + 3 * np.eye(10)[labels]
    hidden = np.where(np.arange(200) % 4 == 0, -100, labels)
    found = documented.ece(torch.tensor(logits), torch.tensor(hidden))
    assert abs(found - oracle(logits, hidden)) > 0.01
    assert "ignore_index" in {d.topic for d in verdict.divergences}


def test_one_logit_is_always_sure() -> None:
    labels = np.array([0] * 58 + [0] * 42)
    logits = np.random.default_rng(3).standard_normal((100, 1))
    assert oracle(logits, labels) == 0.0
    wrong = torch.tensor([0] * 58 + [1] * 42)
    assert documented.ece(torch.tensor(logits), wrong) == pytest.approx(0.42, abs=1e-6)
    with pytest.raises(DomainError):
        oracle(logits, wrong.numpy())


def test_ties_choose_the_first_class_and_permuting_classes_changes_it() -> None:
    logits, labels = np.zeros((2, 2)), np.array([0, 1])
    even = oracle(np.concatenate([logits, scores(0.97)]), [0, 1, 0])
    odd = oracle(np.concatenate([logits, scores(0.97)]), [1, 1, 0])
    assert even != pytest.approx(odd)
    assert oracle(logits, labels) == pytest.approx(0.0)
    assert oracle(logits, [1, 1]) == pytest.approx(0.5)


def test_properties_of_200_random_sets() -> None:
    for seed in range(200):
        rng = np.random.default_rng(seed)
        classes, rows = int(rng.integers(2, 11)), int(rng.integers(1, 65))
        logits = rng.standard_normal((rows, classes)) * 3
        labels = rng.integers(0, classes, rows)
        fine, coarse = oracle(logits, labels), oracle(logits, labels, n_bins=5)
        assert 0 <= coarse <= fine + 1e-12 <= 1 + 1e-12
        snippet = documented.ece(torch.tensor(logits), torch.tensor(labels))
        assert abs(snippet - fine) <= 2e-7


def test_the_verdict_is_agrees(verdict: Verdict) -> None:
    assert verdict.level is Level.AGREES


# Cross-entropy and binary cross-entropy


def test_extreme_scores_are_exact_and_softmax_then_log_is_not() -> None:
    for size in (1e4, 1e30):
        logits = torch.tensor([[size, -size]])
        assert F.cross_entropy(logits, torch.tensor([1])).item() == np.float32(2 * size)
        assert -logits.softmax(-1).log()[0, 1] == torch.inf
        binary = F.binary_cross_entropy_with_logits(torch.tensor([-size]), torch.tensor([1.0]))
        assert binary.item() == np.float32(size)
        want = cross_entropy.define(logits.double().numpy(), np.array([1]), **CE)
        assert want == pytest.approx(2 * size)
    ratio = torch.tensor([[1e4, -1e4]]).exp()
    assert (ratio / ratio.sum(-1, keepdim=True)).isnan().any()
    saturated = F.binary_cross_entropy(torch.tensor([0.0]), torch.tensor([1.0]))
    assert saturated.item() == 100
    how = catalogue()["binary-cross-entropy"].defaults() | {"given": "probabilities"}
    with np.errstate(divide="ignore"):
        assert np.isinf(binary_cross_entropy.define(np.zeros(1), np.ones(1), **how))


def test_the_edges_of_cross_entropy_are_nan_nan_0_nan_and_an_error() -> None:
    logits = np.random.default_rng(4).standard_normal((3, 10))
    ignored = np.full(3, -100)
    assert np.isnan(cross_entropy.define(logits, ignored, **CE))
    assert np.isnan(cross_entropy.define(logits[:0], ignored[:0], **CE))
    assert cross_entropy.define(logits[:, :1], np.zeros(3, dtype=int), **CE) == 0
    assert np.isnan(cross_entropy.define(logits * np.nan, np.zeros(3, dtype=int), **CE))
    with pytest.raises(DomainError, match=r"outside 0 … 9"):
        cross_entropy.define(logits, np.array([0, 1, 10]), **CE)
    torch_logits = torch.tensor(logits)
    assert F.cross_entropy(torch_logits, torch.tensor(ignored)).isnan()
    with pytest.raises(IndexError):
        F.cross_entropy(torch_logits, torch.tensor([0, 1, 10]))


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("multiclass", "cross-entropy"),
        ("binary", "binary-cross-entropy"),
        ("weighted", "class-weighted-cross-entropy"),
    ],
)
def test_the_builtins_are_robust(name: str, concept: str) -> None:
    function = getattr(documented, name)
    verdict = judge(function, {"implements": concept}, devices=("cpu",), measured=False)
    assert verdict.level is Level.ROBUST


def test_a_label_of_probability_0_costs_infinity() -> None:
    with np.errstate(all="ignore"):
        assert np.isinf(cross_entropy.define(np.array([[-np.inf, 0.0]]), np.array([0]), **CE))
