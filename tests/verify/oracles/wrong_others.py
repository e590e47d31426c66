"""Plausible mistakes in distillation, language models, calibration, divergences and margins."""

from __future__ import annotations

import torch
from torch.nn import functional as F  # noqa: N812
from wrong_classification import wrong

# Distillation


def _distil(student, teacher, labels, soft, alpha):
    return alpha * soft + (1 - alpha) * F.cross_entropy(student, labels)


def _kl(student, teacher, T, reduction="batchmean"):  # noqa: N803
    return F.kl_div((student / T).log_softmax(-1), (teacher / T).softmax(-1), reduction=reduction)


@wrong("T in place of T²", "distillation")
def kd_t_once(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    soft = _kl(student_logits, teacher_logits, T) * T
    return _distil(student_logits, teacher_logits, labels, soft, alpha)


@wrong("no T² at all", "distillation")
def kd_no_t(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    soft = _kl(student_logits, teacher_logits, T)
    return _distil(student_logits, teacher_logits, labels, soft, alpha)


@wrong("reduction='mean' divides by the classes", "distillation")
def kd_mean(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    soft = _kl(student_logits, teacher_logits, T, "none").mean() * T * T
    return _distil(student_logits, teacher_logits, labels, soft, alpha)


@wrong("student and teacher swapped in the divergence", "distillation")
def kd_reverse(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    soft = _kl(teacher_logits, student_logits, T) * T * T
    return _distil(student_logits, teacher_logits, labels, soft, alpha)


@wrong("α on the labels", "distillation")
def kd_alpha_swapped(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    soft = _kl(student_logits, teacher_logits, T) * T * T
    return _distil(student_logits, teacher_logits, labels, soft, 1 - alpha)


@wrong("the teacher is not softened", "distillation")
def kd_teacher_hot(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    logs = (student_logits / T).log_softmax(-1)
    soft = F.kl_div(logs, teacher_logits.softmax(-1), reduction="batchmean") * T * T
    return _distil(student_logits, teacher_logits, labels, soft, alpha)


@wrong("the labels meet softened scores", "distillation")
def kd_soft_hard(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    soft = _kl(student_logits, teacher_logits, T) * T * T
    return _distil(student_logits / T, teacher_logits, labels, soft, alpha)


@wrong("probabilities where log-probabilities belong", "distillation")
def kd_not_log(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):  # noqa: N803
    probabilities = (student_logits / T).softmax(-1)
    soft = F.kl_div(probabilities, (teacher_logits / T).softmax(-1), reduction="batchmean")
    return _distil(student_logits, teacher_logits, labels, soft * T * T, alpha)


# Language models


@wrong("not shifted", "next-token-loss")
def next_unshifted(logits, input_ids):
    return F.cross_entropy(logits.flatten(0, 1), input_ids.flatten())


@wrong("shifted by two", "next-token-loss")
def next_two(logits, input_ids):
    ahead = torch.roll(input_ids, -2, dims=1)[:, :-1]
    return F.cross_entropy(logits[:, :-1].flatten(0, 1), ahead.flatten())


@wrong("shifted the wrong way: yesterday's token", "next-token-loss")
def next_backwards(logits, input_ids):
    return F.cross_entropy(logits[:, 1:].flatten(0, 1), input_ids[:, :-1].flatten())


@wrong("flattened before the shift: sequences run into each other", "next-token-loss")
def next_flat(logits, input_ids):
    return F.cross_entropy(logits.flatten(0, 1)[:-1], input_ids.flatten()[1:])


@wrong("padding token 0 is counted", "next-token-loss", ignore_index="0")
def next_padding(logits, input_ids):
    return F.cross_entropy(logits[:, :-1].flatten(0, 1), input_ids[:, 1:].flatten())


@wrong("2 to the power of nats", "perplexity")
def ppl_base_two(logits, input_ids):
    loss = F.cross_entropy(logits[:, :-1].flatten(0, 1), input_ids[:, 1:].flatten())
    return 2**loss


@wrong("exp of the sum", "perplexity")
def ppl_sum(logits, input_ids):
    table = logits[:, :-1].flatten(0, 1)
    return F.cross_entropy(table, input_ids[:, 1:].flatten(), reduction="sum").exp()


@wrong("mean of the perplexities", "perplexity")
def ppl_mean_of_exp(logits, input_ids):
    table = logits[:, :-1].flatten(0, 1)
    return F.cross_entropy(table, input_ids[:, 1:].flatten(), reduction="none").exp().mean()


# Calibration


def _ece(logits, labels, n_bins, *, side="right", weigh=True):
    probabilities = logits.softmax(-1)
    confidence, prediction = probabilities.max(-1)
    hit = (prediction == labels).to(confidence)
    error = 0.0
    for m in range(n_bins):
        low, high = m / n_bins, (m + 1) / n_bins
        if side == "right":
            inside = (confidence > low) & (confidence <= high)
        else:
            inside = (confidence >= low) & (confidence < high)
        if side == "left, 1 in the last" and m == n_bins - 1:
            inside = confidence >= low
        if inside.any():
            share = inside.double().mean() if weigh else 1 / n_bins
            error = error + share * (hit[inside].mean() - confidence[inside].mean()).abs()
    return error


@wrong("bins [lo, hi)", "ece")
def ece_left(logits, labels, n_bins=10):
    return _ece(logits, labels, n_bins, side="left, 1 in the last")


@wrong("bins [lo, hi), a confidence of 1 in none", "ece")
def ece_left_open(logits, labels, n_bins=10):
    return _ece(logits, labels, n_bins, side="left")


@wrong("a bin of its own for a confidence of 1", "ece", side="left")
def ece_phantom(logits, labels, n_bins=10):
    return (
        _ece(logits, labels, n_bins + 0, side="left")
        + (logits.softmax(-1).max(-1).values == 1).double().mean()
        * (logits.argmax(-1) != labels).double().mean()
    )


@wrong("bins not weighted by their size", "ece")
def ece_unweighted(logits, labels, n_bins=10):
    return _ece(logits, labels, n_bins, weigh=False)


@wrong("signed gaps cancel", "ece")
def ece_signed(logits, labels, n_bins=10):
    confidence, prediction = logits.softmax(-1).max(-1)
    return (confidence - (prediction == labels).to(confidence)).mean()


@wrong("ten bins whatever is asked", "ece")
def ece_dead_bins(logits, labels, n_bins=10):
    return _ece(logits, labels, 10)


@wrong("largest logit for confidence", "ece")
def ece_logit(logits, labels, n_bins=10):
    confidence, prediction = logits.sigmoid().max(-1)
    place = (confidence * n_bins).ceil().long().clamp(1, n_bins) - 1
    gap = (prediction == labels).to(confidence) - confidence
    return torch.zeros(n_bins).to(gap).index_add(0, place, gap).abs().sum() / len(labels)


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
