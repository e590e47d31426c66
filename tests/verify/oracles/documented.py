"""Implementations with the habits of widely copied snippets, weaknesses included.

Written for these tests; each shows what is documented of its kind.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812


def focal(logits, labels, gamma=2.0, alpha=0.25):
    """A constant α, p by exp(−CE), the mean over every row."""
    cost = F.cross_entropy(logits, labels, reduction="none")
    likelihood = torch.exp(-cost)
    return (alpha * (1 - likelihood) ** gamma * cost).mean()


def smoothing(logits, labels, num_classes, smoothing=0.1):
    """By gather; `num_classes` is taken and not used."""
    logs = F.log_softmax(logits, dim=-1)
    own = logs.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    return (-(1 - smoothing) * own - smoothing * logs.mean(-1)).mean()


def smoothing_builtin(logits, labels, smoothing=0.1):
    return F.cross_entropy(logits, labels, label_smoothing=smoothing)


def next_token(logits, input_ids):
    """Shifted, flattened, every token counted."""
    early, late = logits[:, :-1, :], input_ids[:, 1:]
    return F.cross_entropy(early.reshape(-1, early.size(-1)), late.reshape(-1))


def perplexity(logits, input_ids):
    return torch.exp(next_token(logits, input_ids))


def distillation(student, teacher, labels, T=4.0, alpha=0.7):  # noqa: N803
    """batchmean times T², the teacher not detached."""
    soft = F.kl_div(
        F.log_softmax(student / T, dim=-1), F.softmax(teacher / T, dim=-1), reduction="batchmean"
    )
    return alpha * soft * (T * T) + (1 - alpha) * F.cross_entropy(student, labels)


def ece(logits, labels, n_bins=10):
    """Bins (lo, hi] one after the other, in float32, a Python number at the end."""
    confidence, prediction = F.softmax(logits, dim=-1).max(dim=-1)
    hit = prediction.eq(labels)
    bounds = torch.linspace(0, 1, n_bins + 1)
    total = 0
    for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            gap = (hit[inside].float().mean() - confidence[inside].float().mean()).abs()
            total = total + gap * inside.float().sum() / len(labels)
    return total.item()


def ece_phantom(logits, labels, n_bins=10):
    """Bins [lo, hi), and one bin more for a confidence of exactly 1."""
    confidence, prediction = F.softmax(logits, dim=-1).max(dim=-1)
    bounds = torch.linspace(0, 1, n_bins + 1, dtype=torch.float64)
    place = torch.bucketize(confidence.double(), bounds, right=True) - 1
    gap = prediction.eq(labels).double() - confidence.double()
    return torch.zeros(n_bins + 1).double().index_add(0, place, gap).abs().sum() / len(labels)


def soft_cross_entropy(logits, target_probs):
    return -(target_probs * F.log_softmax(logits, dim=-1)).sum(dim=-1).mean()


def mixup_loss(logits, y_a, y_b, lam):
    return lam * F.cross_entropy(logits, y_a) + (1 - lam) * F.cross_entropy(logits, y_b)


def weighted(logits, labels, weight):
    return F.cross_entropy(logits, labels, weight=weight)


def binary(logits, labels):
    return F.binary_cross_entropy_with_logits(logits, labels)


def multiclass(logits, labels):
    return F.cross_entropy(logits, labels)


def mixup(x, y, alpha=0.2):
    """The share from NumPy's generator, the order from PyTorch's."""
    lam = np.random.beta(alpha, alpha)
    order = torch.randperm(len(x))
    return lam * x + (1 - lam) * x[order], y, y[order], lam
