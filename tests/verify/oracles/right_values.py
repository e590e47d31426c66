"""Right divergences, margins and scores, in other styles."""

from __future__ import annotations

import math

import torch
from right_implementations import right
from torch import nn
from torch.nn import functional as F  # noqa: N812


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
