"""Plausible mistakes in losses over classes, each with the declaration it claims to satisfy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch.nn import functional as F  # noqa: N812


class Wrong(NamedTuple):
    mistake: str
    declaration: dict[str, str]
    function: Callable[..., Any]


WRONG: list[Wrong] = []


def wrong(mistake: str, concept: str, **conventions: str) -> Callable[..., Any]:
    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        declaration = {"implements": concept, "fn": function.__name__, **conventions}
        WRONG.append(Wrong(mistake, declaration, function))
        return function

    return keep


# Cross-entropy


@wrong("sign forgotten", "cross-entropy")
def ce_sign(logits, labels):
    return logits.log_softmax(-1).gather(1, labels[:, None]).mean()


@wrong("sum for mean", "cross-entropy")
def ce_sum(logits, labels):
    return F.cross_entropy(logits, labels, reduction="sum")


@wrong("decimal logarithm", "cross-entropy")
def ce_log10(logits, labels):
    return -torch.log10(logits.softmax(-1)).gather(1, labels[:, None]).mean()


@wrong("softmax over the batch", "cross-entropy")
def ce_batch_axis(logits, labels):
    return F.nll_loss(logits.log_softmax(0), labels)


@wrong("softmax twice", "cross-entropy")
def ce_double_softmax(logits, labels):
    return F.cross_entropy(logits.softmax(-1), labels)


@wrong("no softmax at all", "cross-entropy")
def ce_raw(logits, labels):
    return F.nll_loss(logits, labels)


@wrong("softmax, then log: underflows", "cross-entropy")
def ce_naive(logits, labels):
    return -(logits.softmax(-1) + 1e-7).log().gather(1, labels[:, None]).mean()


@wrong("probabilities clamped at 1e-7", "cross-entropy")
def ce_clamped(logits, labels):
    p = logits.softmax(-1).clamp(1e-7, 1 - 1e-7)
    return -p.log().gather(1, labels[:, None]).mean()


@wrong("divided by the classes too", "cross-entropy")
def ce_mean_all(logits, labels):
    return -(F.one_hot(labels, logits.shape[1]) * logits.log_softmax(-1)).mean()


@wrong("wrong classes counted in", "cross-entropy")
def ce_binary_form(logits, labels):
    hot = F.one_hot(labels, logits.shape[1]).to(logits)
    return F.binary_cross_entropy_with_logits(logits, hot, reduction="none").sum(-1).mean()


@wrong("first row only", "cross-entropy")
def ce_first_row(logits, labels):
    return F.cross_entropy(logits[:1], labels[:1])


@wrong("exponentials without subtracting the maximum", "cross-entropy")
def ce_overflow(logits, labels):
    e = logits.float().exp() ** 4
    p = (e**0.25) / (e**0.25).sum(-1, keepdim=True)
    return -p.log().gather(1, labels[:, None]).mean()


@wrong("accuracy in place of loss", "cross-entropy")
def ce_accuracy(logits, labels):
    return (logits.argmax(-1) == labels).double().mean()


@wrong("no gradient path", "cross-entropy")
def ce_item(logits, labels):
    return F.cross_entropy(logits, labels).item()


@wrong("gradient cut inside", "cross-entropy")
def ce_detached(logits, labels):
    lse = logits.logsumexp(-1).detach()
    return (lse - logits.gather(1, labels[:, None]).squeeze(1)).mean()


@wrong("labels off by one", "cross-entropy")
def ce_labels_from_one(logits, labels):
    return F.cross_entropy(logits, (labels - 1) % logits.shape[1])


# Class weights


@wrong("mean over rows, not over weights", "class-weighted-cross-entropy")
def weighted_plain_mean(logits, labels, weight):
    return (weight[labels] * F.cross_entropy(logits, labels, reduction="none")).mean()


@wrong("weights normalised over the classes", "class-weighted-cross-entropy")
def weighted_normalised(logits, labels, weight):
    w = weight / weight.sum()
    return (w[labels] * F.cross_entropy(logits, labels, reduction="none")).sum() / len(labels)


@wrong("logits weighted, not losses", "class-weighted-cross-entropy")
def weighted_logits(logits, labels, weight):
    return F.cross_entropy(logits * weight, labels)


@wrong("inverse weights", "class-weighted-cross-entropy")
def weighted_inverse(logits, labels, weight):
    return F.cross_entropy(logits, labels, 1 / weight)


@wrong("weights ignored", "class-weighted-cross-entropy")
def weighted_not(logits, labels, weight):
    return F.cross_entropy(logits, labels)


# Focal


def _focal(logits, labels, gamma, alpha, at=None):
    ce = F.cross_entropy(logits, labels, reduction="none")
    pt = torch.exp(-ce)
    return (alpha * (1 - pt) ** gamma * ce).mean()


@wrong("scalar α where α_t is meant", "focal-loss")
def focal_scalar(logits, labels, gamma=2.0, alpha=0.25):
    return _focal(logits, labels, gamma, alpha)


@wrong("α swapped between the classes", "focal-loss")
def focal_alpha_swapped(logits, labels, gamma=2.0, alpha=0.25):
    return _focal(logits, labels, gamma, torch.where(labels == 0, alpha, 1 - alpha))


@wrong("p to the γ, not 1 − p", "focal-loss", alpha="scalar")
def focal_pt_power(logits, labels, gamma=2.0, alpha=0.25):
    ce = F.cross_entropy(logits, labels, reduction="none")
    return (alpha * torch.exp(-ce) ** gamma * ce).mean()


@wrong("γ times, not to the γ", "focal-loss", alpha="scalar")
def focal_times(logits, labels, gamma=2.0, alpha=0.25):
    ce = F.cross_entropy(logits, labels, reduction="none")
    return (alpha * (1 - torch.exp(-ce)) * gamma * ce).mean()


@wrong("p from the mean loss", "focal-loss", alpha="scalar")
def focal_of_mean(logits, labels, gamma=2.0, alpha=0.25):
    ce = F.cross_entropy(logits, labels)
    return alpha * (1 - torch.exp(-ce)) ** gamma * ce


@wrong("p of the predicted class", "focal-loss", alpha="scalar")
def focal_of_prediction(logits, labels, gamma=2.0, alpha=0.25):
    ce = F.cross_entropy(logits, labels, reduction="none")
    return (alpha * (1 - logits.softmax(-1).max(-1).values) ** gamma * ce).mean()


@wrong("α forgotten", "focal-loss", alpha="scalar")
def focal_no_alpha(logits, labels, gamma=2.0, alpha=0.25):
    return _focal(logits, labels, gamma, 1.0)


@wrong("the weight detached from the gradient", "focal-loss", alpha="scalar")
def focal_detached(logits, labels, gamma=2.0, alpha=0.25):
    ce = F.cross_entropy(logits, labels, reduction="none")
    return (alpha * (1 - torch.exp(-ce)).detach() ** gamma * ce).mean()


@wrong("a sum, called a mean over the positives", "focal-loss", form="sigmoid")
def focal_sigmoid_sum(logits, labels, gamma=2.0, alpha=0.25):
    ce = F.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    weight = torch.where(labels > 0, alpha, 1 - alpha)
    return (weight * (1 - torch.exp(-ce)) ** gamma * ce).sum()


# Label smoothing


@wrong("ε/(K−1) where α/K is declared", "label-smoothing")
def smoothing_others(logits, labels, smoothing=0.1):
    k = logits.shape[1]
    t = torch.full_like(logits, smoothing / (k - 1)).scatter(1, labels[:, None], 1 - smoothing)
    return -(t * logits.log_softmax(-1)).sum(-1).mean()


@wrong("targets sum to more than one", "label-smoothing")
def smoothing_unnormalised(logits, labels, smoothing=0.1):
    t = F.one_hot(labels, logits.shape[1]) * (1 - smoothing) + smoothing
    return -(t * logits.log_softmax(-1)).sum(-1).mean()


@wrong("smoothing and its complement swapped", "label-smoothing")
def smoothing_swapped(logits, labels, smoothing=0.1):
    logp = logits.log_softmax(-1)
    return smoothing * F.nll_loss(logp, labels) - (1 - smoothing) * logp.mean()


@wrong("uniform part summed over the classes", "label-smoothing")
def smoothing_sum(logits, labels, smoothing=0.1):
    logp = logits.log_softmax(-1)
    return (1 - smoothing) * F.nll_loss(logp, labels) - smoothing * logp.sum(-1).mean()


@wrong("a fixed 10 classes", "label-smoothing")
def smoothing_ten(logits, labels, smoothing=0.1):
    logp = logits.log_softmax(-1)
    return (1 - smoothing) * F.nll_loss(logp, labels) - smoothing / 10 * logp.sum(-1).mean()


@wrong("the smoothing parameter is dead", "label-smoothing")
def smoothing_dead(logits, labels, smoothing=0.1):
    return F.cross_entropy(logits, labels, label_smoothing=0.1)


@wrong("logits smoothed, not labels", "label-smoothing")
def smoothing_logits(logits, labels, smoothing=0.1):
    return F.cross_entropy(logits * (1 - smoothing), labels)


# Soft targets and mixup


@wrong("averaged over the classes too", "soft-cross-entropy")
def soft_mean_all(logits, target_probs):
    return -(target_probs * logits.log_softmax(-1)).mean()


@wrong("softmax of the target", "soft-cross-entropy")
def soft_softmax_target(logits, target_probs):
    return -(target_probs.softmax(-1) * logits.log_softmax(-1)).sum(-1).mean()


@wrong("KL in place of cross-entropy", "soft-cross-entropy")
def soft_kl(logits, target_probs):
    return F.kl_div(logits.log_softmax(-1), target_probs, reduction="batchmean")


@wrong("hard labels out of soft ones", "soft-cross-entropy")
def soft_argmax(logits, target_probs):
    return F.cross_entropy(logits, target_probs.argmax(-1))


@wrong("λ on the wrong label", "mixup-loss")
def mixup_swapped(logits, y_a, y_b, lam):
    return (1 - lam) * F.cross_entropy(logits, y_a) + lam * F.cross_entropy(logits, y_b)


@wrong("λ never complemented", "mixup-loss")
def mixup_no_complement(logits, y_a, y_b, lam):
    return lam * F.cross_entropy(logits, y_a) + lam * F.cross_entropy(logits, y_b)


@wrong("numpy imported nowhere", "mixup-loss")
def mixup_name_error(logits, y_a, y_b, lam):
    lam = np.float64(lam)  # noqa: F821
    return lam * F.cross_entropy(logits, y_a) + (1 - lam) * F.cross_entropy(logits, y_b)
