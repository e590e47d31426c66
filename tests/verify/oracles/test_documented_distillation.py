"""What is documented of distillation, next-token loss and perplexity, number by number."""

from __future__ import annotations

import math

import documented
import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.judge import judge
from vaultkit.verify.oracles import distillation, next_token_loss, perplexity
from vaultkit.verify.verdict import Level, Verdict

KD = catalogue()["distillation"].defaults()
NEXT = catalogue()["next-token-loss"].defaults()


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return judge(
        documented.distillation,
        {"implements": "distillation"},
        devices=("cpu",),
        measured=False,
    )


@pytest.fixture
def pair() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    scores = torch.randn(2, 8, 10).double()
    return scores[0].requires_grad_(), scores[1], torch.randint(0, 10, (8,))


def found(verdict: Verdict) -> dict[str, str]:
    return {d.topic: d.got for d in verdict.divergences}


def soft_gradient(pair, temperature: float, squared: bool = True) -> torch.Tensor:
    """The gradient of the soft part alone in the student's scores."""
    student, teacher, labels = pair
    loss = documented.distillation(student, teacher, labels, T=temperature, alpha=1.0)
    (slope,) = torch.autograd.grad(loss, student)
    return slope if squared else slope / temperature**2


def test_t_squared_keeps_the_gradient_at_one_size(pair) -> None:
    norms = [soft_gradient(pair, t).norm().item() for t in (1, 2, 4, 8, 1024)]
    assert max(norms[1:]) / min(norms[1:]) < 1.35
    assert norms[3] == pytest.approx(norms[4], rel=0.05)
    at_4, at_1024 = (soft_gradient(pair, t, squared=False).norm().item() for t in (4, 1024))
    assert at_4 / at_1024 == pytest.approx(1024**2 / 16, rel=0.1)
    # On record: 9.6e-3 at 4 and 1.4e-7 at 1024.
    assert at_4 / at_1024 == pytest.approx(9.6e-3 / 1.4e-7, rel=0.15)


def test_the_gradient_is_the_closed_form_and_its_limit(pair) -> None:
    student, teacher, labels = pair
    for temperature in (1.0, 4.0):
        q, p = ((x / temperature).softmax(-1) for x in (student, teacher))
        closed = temperature * (q - p) / len(labels)
        assert (soft_gradient(pair, temperature) - closed).abs().max() < 1e-16
    centred = [x - x.mean(-1, keepdim=True) for x in (student, teacher)]
    limit = (centred[0] - centred[1]) / student.numel()
    off = [((soft_gradient(pair, t) - limit).norm() / limit.norm()).item() for t in (1.0, 1024.0)]
    assert off[0] > 0.1
    assert off[1] < 2e-3


def test_kl_and_soft_cross_entropy_differ_by_the_teachers_entropy_alone(pair) -> None:
    student, teacher, labels = (x.detach().numpy() for x in pair)
    values = [
        float(distillation.define(student, teacher, labels, 4.0, 1.0, **KD | {"soft": soft}))
        for soft in ("kl", "cross-entropy")
    ]
    p = torch.softmax(pair[1] / 4, dim=-1)
    entropy = torch.special.entr(p).sum(-1).mean().item()
    assert values[1] - values[0] == pytest.approx(16 * entropy, rel=1e-12)
    q = (pair[0] / 4).log_softmax(-1)
    cross = -(p * q).sum(-1).mean() * 16
    (slope,) = torch.autograd.grad(cross, pair[0])
    assert (slope - soft_gradient(pair, 4.0)).abs().max() < 1e-16


def test_alpha_0_equal_scores_and_a_sure_teacher(pair) -> None:
    student, teacher, labels = pair
    ce = F.cross_entropy(student, labels)
    assert documented.distillation(student, teacher, labels, alpha=0.0) == ce
    alike = documented.distillation(student, student.detach(), labels, alpha=1.0)
    assert abs(alike.item()) < 1e-14
    sure = torch.where(F.one_hot(labels, 10) > 0, 0.0, -torch.inf).double()
    one_hot = F.kl_div(student.log_softmax(-1), sure.softmax(-1), reduction="batchmean")
    assert one_hot.item() == pytest.approx(ce.item(), rel=1e-14)


def test_the_teacher_leaks(pair, verdict: Verdict) -> None:
    student, teacher, labels = pair
    teacher = teacher.clone().requires_grad_()
    documented.distillation(student, teacher, labels).backward()
    assert teacher.grad.norm() > 0.01
    assert found(verdict)["gradient to teacher_logits"].startswith("leaks, norm 0.")


def test_one_mask_in_both_is_nan_and_the_definition_is_finite(verdict: Verdict) -> None:
    shown = next(d for d in verdict.divergences if d.topic == "−inf mask")
    assert shown.got == "nan"
    assert math.isfinite(float(shown.expected))
    logs = torch.tensor([[0.0, 1.0, -torch.inf]]).log_softmax(-1)
    assert F.kl_div(logs, logs, reduction="batchmean", log_target=True).isnan()


def test_a_sequence_as_long_as_the_vocabulary_is_silently_wrong(verdict: Verdict) -> None:
    torch.manual_seed(1)
    student, teacher = torch.randn(2, 2, 6, 6).double()
    labels = torch.randint(0, 6, (2, 6))
    soft = documented.distillation(student, teacher, labels, alpha=1.0).item()
    want = distillation.define(student.numpy(), teacher.numpy(), labels.numpy(), 4.0, 1.0, **KD)
    # batchmean divides by B alone: the soft part comes out L = 6 times as large.
    assert soft / float(want) == pytest.approx(6.0)
    with pytest.raises(RuntimeError):
        documented.distillation(torch.randn(2, 5, 6), torch.randn(2, 5, 6), labels[:, :5])
    assert "sequence (B, C, C)" in found(verdict)


def test_a_temperature_of_0_is_nan_and_of_minus_1_is_accepted(pair, verdict: Verdict) -> None:
    assert documented.distillation(*pair, T=0.0).isnan()
    assert documented.distillation(*pair, T=-1.0).isfinite()
    assert "T = 0" not in found(verdict)
    assert "T = −1" in found(verdict)


def test_distillation_agrees(verdict: Verdict) -> None:
    assert verdict.level is Level.AGREES
    assert {c.check: c.held for c in verdict.gradients}["gradcheck"] is True


# Next-token loss


def test_the_shift_is_exact_and_one_token_gives_nan() -> None:
    torch.manual_seed(2)
    logits, ids = torch.randn(3, 7, 11).double(), torch.randint(0, 11, (3, 7))
    rows = logits.log_softmax(-1)
    loop = [-rows[b, t, ids[b, t + 1]] for b in range(3) for t in range(6)]
    loss = documented.next_token(logits, ids)
    assert loss.item() == pytest.approx(torch.stack(loop).mean().item(), rel=1e-15)
    assert documented.next_token(logits[:, :1], ids[:, :1]).isnan()
    assert documented.next_token(logits[:0], ids[:0]).isnan()


def test_padding_is_counted_and_the_verdict_says_so() -> None:
    torch.manual_seed(3)
    logits, ids = torch.randn(4, 12, 50).double(), torch.randint(1, 50, (4, 12))
    ids[:, 8:] = 0
    counted = documented.next_token(logits, ids).item()
    masked = float(
        next_token_loss.define(logits.numpy(), ids.numpy(), **NEXT | {"ignore_index": 0})
    )
    assert abs(counted - masked) > 0.05
    plain = judge(
        documented.next_token, {"implements": "next-token-loss"}, devices=("cpu",), measured=False
    )
    assert plain.level is Level.ROBUST
    declared = {"implements": "next-token-loss", "ignore_index": "0"}
    verdict = judge(documented.next_token, declared, devices=("cpu",), measured=False)
    assert verdict.level is Level.DIVERGES
    assert "not 0: declare `ignore_index=-100`" in verdict.explanation


def test_bfloat16_scores_of_a_large_vocabulary_want_an_upcast() -> None:
    torch.manual_seed(4)
    logits, ids = (torch.randn(1, 33, 50_000) * 3).bfloat16(), torch.randint(0, 50_000, (1, 33))
    want = float(next_token_loss.define(logits.double().numpy(), ids.numpy(), **NEXT))
    raw, wide = (documented.next_token(x, ids).item() for x in (logits, logits.float()))
    assert 1e-4 < abs(raw - want) / want < 1e-2
    assert abs(wide - want) / want < 1e-6


def test_perplexity_is_of_the_mean_and_overflows() -> None:
    losses = np.array([1.0, 3.0])
    how = catalogue()["perplexity"].defaults() | {"of": "loss"}
    assert float(perplexity.define(losses.mean(), **how)) == pytest.approx(7.389, abs=1e-3)
    assert np.exp(losses).mean() == pytest.approx(11.40, abs=1e-2)
    assert torch.tensor(89.0).exp().isinf()
    assert torch.tensor(88.0).exp().isfinite()
    assert torch.tensor(11.1).half().exp().isinf()
    uniform = torch.zeros(2, 5, 37)
    ids = torch.randint(0, 37, (2, 5))
    assert documented.perplexity(uniform, ids).item() == pytest.approx(37.0, rel=1e-6)


def test_a_loss_of_another_block_gives_the_wrong_perplexity() -> None:
    """exp of a label-smoothed loss is no perplexity."""
    torch.manual_seed(0)
    logits, labels = torch.randn(32, 10), torch.randint(0, 10, (32,))
    smoothed = F.cross_entropy(logits, labels, label_smoothing=0.1).exp()
    assert abs(smoothed.item() - F.cross_entropy(logits, labels).exp().item()) > 0.01
