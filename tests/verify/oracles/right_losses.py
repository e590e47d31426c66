"""Right losses over classes, tokens and bins, in other styles."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import torch
from right_implementations import right
from torch import nn
from torch.nn import functional as F  # noqa: N812


@right("softplus", "binary-cross-entropy")
def bce_softplus(logits, labels):
    return (labels * F.softplus(-logits) + (1 - labels) * F.softplus(logits)).mean()


@right("max and log1p", "binary-cross-entropy")
def bce_by_hand(logits, labels):
    return (logits.clamp(min=0) - logits * labels + (-logits.abs()).exp().log1p()).mean()


@right("gathered weights", "class-weighted-cross-entropy")
def weighted_gather(logits, labels, class_weights):
    w = class_weights[labels]
    return (w * F.cross_entropy(logits, labels, reduction="none")).sum() / w.sum()


@right("one_hot @ weights, an optional parameter between", "class-weighted-cross-entropy")
def weighted_one_hot(logits, labels, eps=0.0, weight=None):
    w = F.one_hot(labels, logits.shape[1]).to(weight) @ weight
    return (w * F.cross_entropy(logits, labels, reduction="none")).sum() / (w.sum() + eps)


@right("expm1", "focal-loss", alpha="scalar")
def focal_expm1(logits, targets, alpha=0.25, gamma=2):
    ce = F.cross_entropy(logits, targets, reduction="none")
    return (alpha * (-torch.expm1(-ce)) ** gamma * ce).mean()


@right("α_t by where", "focal-loss")
def focal_alpha_t(logits, labels, gamma=2.0, alpha=0.25):
    logp = logits.log_softmax(-1).gather(1, labels[:, None]).squeeze(1)
    at = torch.where(labels > 0, alpha, 1 - alpha).to(logits)
    return (-at * (1 - logp.exp()) ** gamma * logp).mean()


@right("a module, a weight per class", "focal-loss", alpha="classes")
class FocalLoss(nn.Module):
    def __init__(self, alpha, gamma=2.0):
        super().__init__()
        self.alpha, self.gamma = alpha, gamma

    def forward(self, logits, labels):
        ce = F.cross_entropy(logits, labels, reduction="none")
        return (self.alpha[labels] * (1 - torch.exp(-ce)) ** self.gamma * ce).mean()


@right("sigmoid form, one loss per score", "focal-loss", form="sigmoid", reduction="none")
def focal_per_score(logits, labels, gamma=2.0, alpha=0.25):
    margin = torch.where(labels == 1, logits, -logits)
    weight = torch.where(labels == 1, alpha, 1 - alpha)
    return -weight * (gamma * F.logsigmoid(-margin)).exp() * F.logsigmoid(margin)


@right(
    "sigmoid form, summed over the positives", "focal-loss", form="sigmoid", reduction="positives"
)
def focal_sigmoid(logits, labels, alpha=0.25, gamma=2.0):
    p = logits.sigmoid()
    ce = F.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    pt = p * labels + (1 - p) * (1 - labels)
    at = alpha * labels + (1 - alpha) * (1 - labels)
    return (at * (1 - pt) ** gamma * ce).sum() / labels.sum().clamp(min=1)


@right("scatter", "label-smoothing")
def smoothing_scatter(logits, labels, num_classes, smoothing=0.1):
    t = torch.full_like(logits, smoothing / num_classes)
    t.scatter_(1, labels[:, None], 1 - smoothing + smoothing / num_classes)
    return -(t * logits.log_softmax(1)).sum(1).mean()


@right("ε over the others", "label-smoothing", spread="others")
def smoothing_others(logits, labels, epsilon=0.1):
    logp, k = logits.log_softmax(1), logits.shape[1]
    own = logp.gather(1, labels[:, None]).squeeze(1)
    return -((1 - epsilon) * own + epsilon / (k - 1) * (logp.sum(1) - own)).mean()


@right("fixed at 0.2 inside", "label-smoothing", smoothing="0.2")
def smoothing_fixed(logits, labels):
    return F.cross_entropy(logits, labels, label_smoothing=0.2)


@right("matrix product", "soft-cross-entropy")
def soft_matmul(logits, target_probs):
    return -torch.trace(target_probs @ logits.log_softmax(-1).T) / len(logits)


@right("F.kl_div on probabilities, cross_entropy", "distillation")
def kd_kl_div(student, teacher, labels, T=4.0, alpha=0.7):  # noqa: N803
    soft = F.kl_div(
        F.log_softmax(student / T, dim=-1),
        F.softmax(teacher / T, dim=-1).detach(),
        reduction="batchmean",
    )
    return alpha * soft * T * T + (1 - alpha) * F.cross_entropy(student, labels)


@right("soft cross-entropy, temperature by its long name", "distillation", soft="cross-entropy")
def kd_soft(student, teacher, labels, temperature=4.0, alpha=0.7):
    with torch.no_grad():
        p = (teacher / temperature).softmax(-1)
    soft = -(p * (student / temperature).log_softmax(-1)).sum(-1).mean() * temperature**2
    return alpha * soft + (1 - alpha) * F.cross_entropy(student, labels)


@right("mixed one-hot", "mixup-loss")
def mixup_one_hot(logits, y_a, y_b, lam):
    k = logits.shape[1]
    t = lam * F.one_hot(y_a, k).to(logits) + (1 - lam) * F.one_hot(y_b, k).to(logits)
    return F.cross_entropy(logits, t)


@right("from a criterion applied twice", "mixup-loss")
def mixup_criterion(logits, y_a, y_b, lam):
    criterion = nn.CrossEntropyLoss()
    return lam * criterion(logits, y_a) + (1 - lam) * criterion(logits, y_b)


@right("transpose", "next-token-loss")
def next_transpose(logits, input_ids):
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), input_ids[:, 1:])


@right("a model", "next-token-loss")
def next_model(model, input_ids):
    logits = model(input_ids).logits
    return F.cross_entropy(logits[:, :-1].flatten(0, 1), input_ids[:, 1:].flatten())


@right("a plain number", "perplexity")
def ppl_item(logits, input_ids):
    table = logits[:, :-1].double().reshape(-1, logits.shape[-1])
    return math.exp(F.cross_entropy(table, input_ids[:, 1:].reshape(-1)).item())


@right("of a loss", "perplexity", of="loss")
def ppl_of_loss(loss):
    return torch.exp(loss)


@right("a loop over the bins", "ece")
def ece_loop(logits, labels, n_bins=10):
    confidence, prediction = logits.softmax(1).max(1)
    hit = prediction.eq(labels).to(confidence)
    bounds = torch.linspace(0, 1, n_bins + 1)
    error = torch.zeros(1)
    for low, high in pairwise(bounds.tolist()):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            gap = (hit[inside].mean() - confidence[inside].mean()).abs()
            error = error + gap * inside.to(gap).mean()
    return error.item()


@right("NumPy, histogram of bins", "ece", backend="numpy")
def ece_numpy(logits, labels, n_bins=10):
    e = np.exp(logits - logits.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    confidence = p.max(1)
    place = np.clip(np.ceil(confidence * n_bins).astype(int), 1, n_bins) - 1
    gap = np.bincount(place, (p.argmax(1) == labels) - confidence, n_bins)
    return np.abs(gap).sum() / len(labels)
