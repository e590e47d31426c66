"""Plausible mistakes in distillation, language models and calibration."""

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
