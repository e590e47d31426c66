"""Gradients: what is asked of which concept, and what fails."""

from __future__ import annotations

import torch
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.binding import bind
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.declare import read
from vaultkit.verify.gradient import gradients
from vaultkit.verify.subject import Subject


def checks(function, concept: str, **declaration: str) -> dict[str, tuple[bool | None, str]]:
    settings = read({"implements": concept, "fn": "f", **declaration}, catalogue())
    found = gradients(Subject(function, bind(function, settings), settings))
    return {check.check: (check.held, check.detail) for check in found}


def test_a_loss_over_classes_is_asked_four_ways_at_most() -> None:
    found = checks(lambda x, y: F.cross_entropy(x, y), "cross-entropy")  # noqa: PLW0108
    assert list(found) == ["gradcheck", "at margins", "under a −inf mask"]
    assert all(held for held, _ in found.values())
    assert "0, 5, 20, 40 on both sides" in found["at margins"][1]


def test_step_functions_metrics_and_arrays_have_none() -> None:
    assert checks(lambda s, y: (s * y <= 0).float().mean(), "zero-one") == {
        "gradcheck": (None, "a step function")
    }
    assert checks(lambda x, y: 0.0, "cross-entropy", gradient="none")["gradcheck"][0] is None
    assert checks(lambda x, y: 0.0, "cross-entropy", backend="numpy")["gradcheck"][0] is None


def test_a_plain_number_is_enough_where_the_gradient_is_optional() -> None:
    found = checks(lambda p: float(torch.special.entr(p).sum(-1).mean()), "entropy")
    assert found == {"gradcheck": (None, "returns a plain number: no gradient path")}


def test_a_square_root_of_zero_has_no_finite_gradient() -> None:
    def rooted(logits, labels):
        return F.cross_entropy(logits, labels, reduction="none").sqrt().square().mean()

    found = checks(rooted, "cross-entropy")
    assert found["gradcheck"][0] is True
    assert found["at margins"] == (False, "a gradient with NaN or inf")


def test_a_where_that_hides_nan_is_found_under_the_mask() -> None:
    def hidden(logits, labels):
        logs = logits.log_softmax(-1)
        hot = F.one_hot(labels, logits.shape[1]).bool()
        return (
            -torch.where(hot, logs * hot, 0.0).sum(-1).mean()
            + 0 * torch.where(logits.isinf(), 0.0, logits.exp().log()).sum()
        )

    found = checks(hidden, "cross-entropy")
    assert found["gradcheck"][0] is True
    assert found["under a −inf mask"][0] is False


def test_the_teacher_is_asked_for_no_gradient() -> None:
    def distil(student, teacher, labels, T=4.0, alpha=0.7, detached=True):  # noqa: N803
        teacher = teacher.detach() if detached else teacher
        soft = F.kl_div(
            (student / T).log_softmax(-1), (teacher / T).softmax(-1), reduction="batchmean"
        )
        return alpha * T * T * soft + (1 - alpha) * F.cross_entropy(student, labels)

    assert checks(distil, "distillation")["to teacher_logits"] == (True, "none")

    def leaks(student, teacher, labels, T=4.0, alpha=0.7):  # noqa: N803
        return distil(student, teacher, labels, T, alpha, detached=False)

    leaking = checks(leaks, "distillation")
    assert leaking["to teacher_logits"][0] is False
    assert leaking["gradcheck"][0] is True
