"""Plausible mistakes in divergences, margins and scores."""

from __future__ import annotations

from torch.nn import functional as F  # noqa: N812
from wrong_classification import wrong

# Divergences and entropy


@wrong("arguments of F.kl_div the wrong way round", "kl-divergence")
def kl_swapped(p, q):
    return F.kl_div(p.log(), q, reduction="batchmean")


@wrong("averaged over the classes too", "kl-divergence")
def kl_elements(p, q):
    return (p * (p / q).log()).mean()


@wrong("symmetrised", "kl-divergence")
def kl_symmetric(p, q):
    return ((p - q) * (p / q).log()).sum(-1).mean() / 2


@wrong("an added −p + q", "kl-divergence", reduction="none")
def kl_extra(p, q):
    return (p * (p / q).log() - 2 * p + 2 * q * q).sum(-1)


@wrong("bits where nats are declared", "entropy")
def entropy_bits(p):
    return -(p * p.log2()).sum(-1).mean()


@wrong("sign forgotten", "entropy")
def entropy_sign(p):
    return (p * p.log()).sum(-1).mean()


# Binary and margin losses


@wrong("sigmoid twice", "binary-cross-entropy")
def bce_double_sigmoid(logits, labels):
    return F.binary_cross_entropy_with_logits(logits.sigmoid(), labels)


@wrong("only the positive half", "binary-cross-entropy")
def bce_half(logits, labels):
    return -(labels * F.logsigmoid(logits)).mean()


@wrong("probability clamped at 1e-7", "binary-cross-entropy")
def bce_clamped(logits, labels):
    p = logits.sigmoid().clamp(1e-7, 1 - 1e-7)
    return -(labels * p.log() + (1 - labels) * (1 - p).log()).mean()


@wrong("labels 0 and 1 taken for ±1", "hinge", labels="binary")
def hinge_zero_one(scores, labels):
    return (1 - labels * scores).clamp(min=0).mean()


@wrong("no margin", "hinge")
def hinge_perceptron(scores, labels):
    return (-labels * scores).clamp(min=0).mean()


@wrong("sign of the margin", "exponential")
def exponential_sign(scores, labels):
    return (labels * scores).exp().mean()


@wrong("labels ±1 fed to a loss of 0 and 1", "logistic")
def logistic_bce(scores, labels):
    return F.binary_cross_entropy_with_logits(scores, labels)


@wrong("accuracy, not error", "zero-one")
def zero_one_accuracy(scores, labels):
    return (scores * labels > 0).double().mean()


# The rest


@wrong("probabilities where logarithms belong", "nll")
def nll_exponentiated(log_probs, labels):
    return F.nll_loss(log_probs.exp(), labels)


@wrong("sum of logs for log of the sum", "log-sum-exp")
def lse_order(logits):
    return logits.exp().log().sum(-1)


@wrong("the maximum subtracted, never added again", "log-sum-exp")
def lse_no_return(logits):
    return (logits - logits.max(-1, keepdim=True).values).exp().sum(-1).log()


@wrong("root taken", "mse")
def mse_root(prediction, target):
    return ((prediction - target) ** 2).mean().sqrt()


@wrong("a sum called a mean", "mae")
def mae_sum(prediction, target):
    return (prediction - target).abs().sum(-1).mean()


@wrong("loss where 1 − loss belongs", "competence")
def competence_loss(loss, confidence, entropy):
    return 0.4 * loss + 0.35 * confidence + 0.25 * (1 - entropy)


@wrong("signs of loss and entropy dropped", "competence")
def competence_sum(loss, confidence, entropy):
    return loss + confidence + entropy


@wrong("window around the loss", "zpd-window")
def zpd_loss(ppl):
    return 1.1 * ppl.log(), 1.3 * ppl.log()


@wrong("bounds the wrong way round", "zpd-window")
def zpd_reversed(ppl):
    return 1.3 * ppl, 1.1 * ppl
