"""Right implementations in as many styles as people write them."""

from __future__ import annotations

import math
from collections.abc import Callable
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
