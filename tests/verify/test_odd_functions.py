"""Whatever a function does, the judge answers with a verdict."""

from __future__ import annotations

import sys
from functools import partial

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.judge import judge
from vaultkit.verify.suggest import suggest
from vaultkit.verify.verdict import Level, told


class Odd:
    def __call__(self, logits, labels):
        return F.cross_entropy(logits, labels)


def mutates(logits, labels):
    labels.zero_()
    return F.cross_entropy(logits, labels)


ODD = {
    "nothing": lambda x, y: None,
    "text": lambda x, y: "loss",
    "an empty list": lambda x, y: [],
    "an empty dict": lambda x, y: {},
    "a generator": lambda x, y: (z for z in x),
    "a truth": lambda x, y: True,
    "a complex number": lambda x, y: 1j,
    "a complex tensor": lambda x, y: torch.ones(()) * 1j,
    "an integer tensor": lambda x, y: y.sum(),
    "the labels": lambda x, y: y,
    "the logits": lambda x, y: x,
    "a ragged list": lambda x, y: [x, y],
    "an object array": lambda x, y: np.array([None, 1]),
    "an empty tensor": lambda x, y: torch.zeros(0),
    "a sparse tensor": lambda x, y: x.to_sparse(),
    "a meta tensor": lambda x, y: torch.empty((), device="meta"),
    "a function": lambda x, y: print,
    "NaN": lambda x, y: float("nan"),
    "infinity": lambda x, y: x.sum() / 0,
    "a half": lambda x, y: F.cross_entropy(x, y).half(),
    "an exit": lambda x, y: sys.exit(0),
    "a division": lambda x, y: 1 / 0,
    "changed labels": mutates,
    "an instance": Odd(),
    "a class": Odd,
    "a builtin": max,
    "a library function": F.cross_entropy,
    "a partial": partial(F.cross_entropy, reduction="mean"),
}


@pytest.mark.parametrize("name", ODD)
def test_a_verdict_comes_out(name: str) -> None:
    verdict = judge(
        ODD[name], {"implements": "cross-entropy", "fn": "f"}, devices=("cpu",), measured=False
    )
    right = name in ("an instance", "a class", "a library function", "a partial")
    assert (verdict.level >= Level.AGREES) is right
    assert told(verdict)
    assert verdict.cells or verdict.explanation


@pytest.mark.parametrize("name", ["nothing", "a ragged list", "an exit", "a class", "a builtin"])
def test_a_suggestion_or_none_comes_out(name: str) -> None:
    assert isinstance(suggest(ODD[name], "f"), tuple)
