"""Right implementations in as many styles as people write them."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812


class Right(NamedTuple):
    style: str
    declaration: dict[str, str]
    function: Callable[..., Any]


RIGHT: list[Right] = []


def right(style: str, concept: str, **conventions: str) -> Callable[..., Any]:
    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        declaration = {"implements": concept, "fn": function.__name__, **conventions}
        RIGHT.append(Right(style, declaration, function))
        return function

    return keep


@right("one-hot and log-softmax", "cross-entropy")
def ce_one_hot(logits, labels):
    hot = F.one_hot(labels, logits.shape[1]).to(logits)
    return -(hot * logits.log_softmax(1)).sum(1).mean()


@right("gather", "cross-entropy")
def ce_gather(logits, labels):
    return -logits.log_softmax(-1).gather(1, labels.unsqueeze(1)).squeeze(1).mean()


@right("fancy index and logsumexp", "cross-entropy")
def ce_logsumexp(logits, labels):
    return (logits.logsumexp(1) - logits[torch.arange(len(labels)), labels]).mean()


@right("einsum", "cross-entropy")
def ce_einsum(logits, labels):
    hot = F.one_hot(labels, logits.shape[1]).to(logits)
    return -torch.einsum("bc,bc->", hot, logits.log_softmax(1)) / len(labels)


@right("the maximum subtracted by hand", "cross-entropy")
def ce_by_hand(logits, labels):
    z = logits - logits.max(dim=1, keepdim=True).values
    lse = z.exp().sum(1).log()
    return (lse - z.gather(1, labels[:, None]).squeeze(1)).mean()


@right("upcast to float32", "cross-entropy")
def ce_upcast(logits, labels):
    return F.cross_entropy(logits.float(), labels)


@right("upcast where it is half", "cross-entropy")
def ce_upcast_half(logits, labels):
    wide = logits.float() if logits.dtype in (torch.float16, torch.bfloat16) else logits
    return F.cross_entropy(wide, labels).to(logits.dtype)


@right("a loop over the rows", "cross-entropy")
def ce_loop(logits, labels):
    losses = [row.logsumexp(0) - row[y] for row, y in zip(logits, labels, strict=True)]
    return torch.stack(losses).mean()


@right("labels first", "cross-entropy", args="labels,logits")
def ce_labels_first(y_true, y_pred):
    return F.cross_entropy(y_pred, y_true)


@right("one value per row", "cross-entropy", reduction="none")
def ce_rows(logits, labels):
    return F.cross_entropy(logits, labels, reduction="none")


@right("bits", "cross-entropy", base="2")
def ce_bits(logits, labels):
    return F.cross_entropy(logits, labels) / math.log(2)


@right("NumPy", "cross-entropy", backend="numpy")
def ce_numpy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -logp[np.arange(len(labels)), labels].mean()


@right("plain Python", "cross-entropy", backend="python")
def ce_python(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels, strict=True):
        top = max(row)
        total += top + math.log(sum(math.exp(z - top) for z in row)) - row[label]
    return total / len(labels)


@right("a pair, the loss first", "cross-entropy", returns="0")
def ce_pair(logits, labels):
    return F.cross_entropy(logits, labels), (logits.argmax(1) == labels).double().mean()


@right("a module", "cross-entropy")
class CrossEntropy(nn.Module):
    def forward(self, logits, labels):
        return F.cross_entropy(logits, labels)


@right("log-softmax, then nll_loss", "cross-entropy")
def ce_nll(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=-1), labels)


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


@right("xlogy", "kl-divergence")
def kl_xlogy(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1).mean()


@right("torch.distributions", "kl-divergence", reduction="none")
def kl_distributions(p, q):
    make = torch.distributions.Categorical
    return torch.distributions.kl_divergence(make(probs=p), make(probs=q))


@right("entr", "entropy", reduction="none")
def entropy_entr(p):
    return torch.special.entr(p).sum(-1)


@right(
    "plain Python, bits, one distribution", "entropy", shape="single", base="2", backend="python"
)
def entropy_python(p):
    return -sum(x * math.log2(x) for x in p if x > 0)


@right("negative mean of picked", "nll")
def nll_picked(log_probs, labels):
    return -log_probs[range(len(labels)), labels].mean()


@right("the maximum taken out", "log-sum-exp")
def lse_by_hand(x, dim=-1):
    top = x.max(dim=dim, keepdim=True).values
    return top.squeeze(dim) + (x - top).exp().sum(dim).log()


@right("a dot product", "mse")
def mse_dot(prediction, target):
    gap = (prediction - target).flatten()
    return gap @ gap / gap.numel()


@right("nn.L1Loss", "mae", reduction="sum")
def mae_module(prediction, target):
    return nn.L1Loss(reduction="sum")(prediction, target)


@right("relu", "hinge")
def hinge_relu(scores, labels):
    return torch.relu(1 - labels * scores).mean()


@right("labels 0 and 1, turned into ±1", "hinge", labels="binary", squared="yes")
def hinge_binary(scores, labels):
    return ((1 - (2 * labels - 1) * scores).clamp(min=0) ** 2).mean()


@right("exp", "exponential")
def exponential(scores, labels):
    return torch.exp(-labels * scores).mean()


@right("logsigmoid", "logistic")
def logistic(scores, labels):
    return -F.logsigmoid(labels * scores).mean()


@right("argmax", "zero-one", form="argmax")
def error_rate(logits, labels):
    return 1 - (logits.argmax(-1) == labels).to(logits).mean()


@right("plain numbers", "competence")
def competence(loss, confidence, entropy):
    return 0.4 * (1 - loss) + 0.35 * confidence + 0.25 * (1 - entropy)


@right("clipped", "competence", clip="unit", backend="python")
def competence_clipped(loss, confidence, entropy):
    return min(1.0, max(0.0, 0.4 * (1 - loss) + 0.35 * confidence + 0.25 * (1 - entropy)))


@right("a pair", "zpd-window")
def zpd(ppl):
    return ppl * 1.1, ppl * 1.3
