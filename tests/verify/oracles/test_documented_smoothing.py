"""What is documented of label smoothing, soft targets and mixup, reproduced number by number."""

from __future__ import annotations

import documented
import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.judge import judge
from vaultkit.verify.oracles import cross_entropy, label_smoothing, mixup_loss, soft_cross_entropy
from vaultkit.verify.verdict import Level, Verdict

CE = catalogue()["cross-entropy"].defaults()
SMOOTH = catalogue()["label-smoothing"].defaults()
SOFT = catalogue()["soft-cross-entropy"].defaults()


def verdict_of(function, concept: str, **more: str) -> Verdict:
    return judge(
        function, {"implements": concept, **more}, devices=("cpu",), measured=False, examples=0
    )


def found(verdict: Verdict) -> dict[str, str]:
    return {d.topic: d.got for d in verdict.divergences}


@pytest.fixture(scope="module")
def smoothing() -> Verdict:
    return verdict_of(documented.smoothing, "label-smoothing")


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    return torch.randn(32, 10).double() * 3, torch.randint(0, 10, (32,))


def test_by_hand_and_builtin_are_the_same_on_plain_inputs(batch) -> None:
    by_hand = documented.smoothing(*batch, 10).item()
    assert by_hand == pytest.approx(documented.smoothing_builtin(*batch).item(), rel=1e-15)
    logits, labels = (t.numpy() for t in batch)
    assert by_hand == pytest.approx(
        float(label_smoothing.define(logits, labels, 0.1, **SMOOTH)), rel=2e-15
    )


def test_the_two_schemes_meet_at_s_k_over_k_minus_1(batch) -> None:
    logits, labels = (t.numpy() for t in batch)
    others = label_smoothing.define(logits, labels, 0.1, **SMOOTH | {"spread": "others"})
    same = label_smoothing.define(logits, labels, 0.1 * 10 / 9, **SMOOTH)
    assert float(others) == pytest.approx(float(same), rel=2e-15)
    assert others != label_smoothing.define(logits, labels, 0.1, **SMOOTH)


def test_ignored_labels_crash_it_and_not_the_builtin(batch, smoothing: Verdict) -> None:
    logits, labels = batch
    labels = labels.clone()
    labels[0] = -100
    with pytest.raises(RuntimeError, match="index -100"):
        documented.smoothing(logits, labels, 10)
    assert documented.smoothing_builtin(logits, labels).isfinite()
    assert "RuntimeError: index -100" in found(smoothing)["ignore_index"]


def test_no_smoothing_under_a_mask_is_nan_and_the_limit_is_not(smoothing: Verdict) -> None:
    logits = torch.tensor([[0.5, 0.5, -torch.inf], [-1.0, 1.5, -torch.inf]], dtype=torch.float64)
    labels = torch.tensor([0, 1])
    assert documented.smoothing(logits, labels, 3, smoothing=0.0).isnan()
    want = float(cross_entropy.define(logits.numpy(), labels.numpy(), **CE))
    assert documented.smoothing_builtin(logits, labels, 0.0).item() == pytest.approx(want)
    for s, infinite in ((0.1, True), (0.0, False)):
        value = label_smoothing.define(logits.numpy(), labels.numpy(), s, **SMOOTH)
        assert bool(np.isinf(value)) is infinite
        assert bool(documented.smoothing_builtin(logits, labels, s).isinf()) is infinite
    assert documented.smoothing(logits, labels, 3, smoothing=0.1).isinf()
    assert found(smoothing)["−inf mask"] == "nan"


def test_the_class_count_is_a_dead_argument(batch, smoothing: Verdict) -> None:
    assert documented.smoothing(*batch, 10) == documented.smoothing(*batch, 99999)
    assert any("`num_classes` is a dead argument" in remark for remark in smoothing.remarks)


def test_a_smoothing_of_one_and_a_half_is_accepted_and_refused_by_the_builtin(
    batch, smoothing: Verdict
) -> None:
    assert documented.smoothing(*batch, 10, smoothing=1.5).isfinite()
    with pytest.raises(RuntimeError, match="label_smoothing"):
        documented.smoothing_builtin(*batch, smoothing=1.5)
    assert "smoothing > 1" in found(smoothing)


def test_an_extra_axis_is_silently_wrong_when_it_is_as_long_as_the_classes(
    smoothing: Verdict,
) -> None:
    torch.manual_seed(1)
    logits, labels = torch.randn(2, 3, 3).double(), torch.randint(0, 3, (2, 3))
    builtin = documented.smoothing_builtin(logits, labels).item()
    assert abs(documented.smoothing(logits, labels, 3).item() - builtin) > 0.01
    with pytest.raises(RuntimeError):
        documented.smoothing(torch.randn(2, 3, 5), torch.randint(0, 3, (2, 5)), 3)
    assert "extra axis (B, C, C)" in found(smoothing)


def test_the_hand_written_one_agrees_and_only_the_builtin_is_infinite_in_float16(
    smoothing: Verdict,
) -> None:
    assert smoothing.level is Level.AGREES
    assert "half precision" not in found(smoothing)
    builtin = verdict_of(documented.smoothing_builtin, "label-smoothing")
    assert builtin.level is Level.AGREES
    [shown] = [d for d in builtin.divergences if d.topic == "half precision"]
    assert (shown.dtype, shown.got) == ("float16", "inf")


def test_the_floor_for_ten_classes_is_half_a_nat() -> None:
    best = np.log(np.full((1, 10), 0.01) + 0.9 * np.eye(10)[:1])
    floor = float(label_smoothing.define(best, np.array([0]), 0.1, **SMOOTH))
    assert floor == pytest.approx(0.5003, abs=1e-4)
    assert np.exp(floor) == pytest.approx(1.649, abs=1e-3)


def test_soft_targets_one_hot_is_cross_entropy(batch) -> None:
    logits, labels = batch
    hot = F.one_hot(labels, 10).double()
    ours = documented.soft_cross_entropy(logits, hot).item()
    assert ours == pytest.approx(F.cross_entropy(logits, labels).item(), rel=2e-15)
    assert ours == pytest.approx(F.cross_entropy(logits, hot).item(), rel=2e-15)


def test_a_target_of_zero_at_a_masked_class_is_nan_here_and_in_the_builtin() -> None:
    logits = torch.tensor([[0.0, 1.0, -torch.inf]], dtype=torch.float64)
    target = torch.tensor([[0.25, 0.75, 0.0]], dtype=torch.float64)
    assert documented.soft_cross_entropy(logits, target).isnan()
    assert F.cross_entropy(logits, target).isnan()
    assert np.isfinite(soft_cross_entropy.define(logits.numpy(), target.numpy(), **SOFT))
    assert (
        found(verdict_of(documented.soft_cross_entropy, "soft-cross-entropy"))["−inf mask"] == "nan"
    )


def test_soft_targets_are_not_checked(batch) -> None:
    """Doubled targets double the loss, scores for targets go unnoticed, (C) is broadcast."""
    logits, _ = batch
    target = torch.softmax(torch.randn(32, 10).double(), dim=-1)
    once = documented.soft_cross_entropy(logits, target)
    assert documented.soft_cross_entropy(logits, 2 * target).item() == pytest.approx(
        2 * once.item()
    )
    assert documented.soft_cross_entropy(logits, logits * 3) < 0
    assert documented.soft_cross_entropy(logits, target[0]).isfinite()
    with pytest.raises(ValueError, match="batch_size"):
        F.cross_entropy(logits, target[0])
    topics = found(verdict_of(documented.soft_cross_entropy, "soft-cross-entropy"))
    assert "one target for all rows" in topics
    assert "unnormalised target" not in topics


def test_mixup_is_soft_cross_entropy_to_1e_9_through_float32_one_hots(batch) -> None:
    logits, y_a = batch
    y_b = y_a.roll(1)
    exact = documented.mixup_loss(logits, y_a, y_b, 0.3).item()
    for dtype, within in ((torch.float32, 3e-7), (torch.float64, 1e-15)):
        lam = torch.tensor(0.3, dtype=dtype)
        hot = [F.one_hot(y, 10).to(dtype) for y in (y_a, y_b)]
        mixed = (lam * hot[0] + (1 - lam) * hot[1]).double()
        soft = documented.soft_cross_entropy(logits, mixed).item()
        assert abs(soft - exact) / exact < within
    assert documented.mixup_loss(logits, y_a, y_b, 1.0) == F.cross_entropy(logits, y_a)
    how = catalogue()["mixup-loss"].defaults()
    arrays = logits.numpy(), y_a.numpy(), y_b.numpy()
    assert float(mixup_loss.define(*arrays, 0.3, **how)) == pytest.approx(exact, rel=1e-14)
    assert verdict_of(documented.mixup_loss, "mixup-loss").level is Level.ROBUST
