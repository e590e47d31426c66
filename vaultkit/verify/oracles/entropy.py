"""Entropy of a distribution: how uncertain an answer is.

    H(p) = mean_i −Σ_c p_ic log p_ic,   0 · log 0 = 0

Shapes: p (B, C), rows summing to one → a number, (B) unreduced; shape=single: (C).
Units: nats, unless base says otherwise.
Errors: DomainError for a negative probability.
Source: Shannon, A Mathematical Theory of Communication, 1948, section 6.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import log_softmax

from vaultkit.verify import edges
from vaultkit.verify.concept import (
    Argument,
    Concept,
    Convention,
    Conventions,
    DomainError,
    Edge,
    Invariant,
    Values,
)
from vaultkit.verify.domain import Distribution, Logits
from vaultkit.verify.laws import close, same_after
from vaultkit.verify.oracles.kl_divergence import SHAPE
from vaultkit.verify.reduction import BASE, EMPTY, LOG_OF_BASE, REDUCTION, reduce

GIVEN = Convention("given", {"probabilities": "rows that sum to one", "logits": "raw scores"})


def define(p: Any, *, reduction: str, base: str, shape: str, given: str, empty: str) -> Any:
    if given == "logits":
        logs = log_softmax(p, axis=-1)
        p = np.exp(logs)
    else:
        if np.any(p < 0):
            raise DomainError("a negative probability")
        logs = np.log(p)
    rows = -np.where(p == 0, 0.0, p * logs).sum(axis=-1) / LOG_OF_BASE[base]
    return reduce(rows, np.ones(rows.shape, dtype=bool), reduction, empty)


def reference(p: Any, *, reduction: str, base: str, shape: str, given: str, empty: str) -> Any:
    import torch

    if given == "logits":
        p = torch.softmax(p, dim=-1)
    rows = torch.special.entr(p).sum(dim=-1) / LOG_OF_BASE[base]
    if shape == "single" or reduction == "none":
        return rows
    if reduction == "sum" or (empty == "zero" and not len(rows)):
        return rows.sum()
    return rows.mean()


def _bounds(define: Any, values: Values, how: Conventions) -> bool:
    rows = define(**values, **how | {"reduction": "none"})
    most = np.log(values["p"].shape[-1]) / LOG_OF_BASE[how["base"]]
    return bool(np.all(rows >= 0) and np.all(rows <= most + 1e-12))


def _uniform(define: Any, values: Values, how: Conventions) -> bool:
    classes = values["p"].shape[-1]
    flat = {"p": np.full_like(values["p"], 1.0 / classes)}
    rows = define(**flat, **how | {"reduction": "none"})
    return close(rows, np.full(rows.shape, np.log(classes) / LOG_OF_BASE[how["base"]]))


def _sure(define: Any, values: Values, how: Conventions) -> bool:
    sure = np.zeros_like(values["p"])
    sure[..., 0] = 1.0
    scores = np.where(sure > 0, 0.0, -np.inf) if how["given"] == "logits" else sure
    return close(define(p=scores, **how | {"reduction": "sum"}), 0.0)


def _bag(define: Any, values: Values, how: Conventions) -> bool:
    """A bag of balls, 0.8/0.1/0.1: 0.639032 nats, 0.921928 bits, 0.277528 hartleys."""
    p = np.array([0.8, 0.1, 0.1])
    given = np.log(p) if how["given"] == "logits" else p
    expected = {"e": 0.639032, "2": 0.921928, "10": 0.277528}[how["base"]]
    return close(define(p=given, **how | {"shape": "single", "reduction": "sum"}), expected, 1e-5)


def _rows_apart(define: Any, values: Values, how: Conventions) -> bool | None:
    """The sum over the rows is each row's own; the mean divides it by their number."""
    if how["shape"] == "single":
        return None
    rows = [define(p=row, **how | {"shape": "single"}) for row in values["p"]]
    found = [define(**values, **how | {"reduction": r}) for r in ("none", "sum", "mean")]
    expected = (rows, np.sum(rows), np.mean(rows))
    return all(close(a, b) for a, b in zip(found, expected, strict=True))


def _swapped(values: Values) -> Values:
    return {"p": np.roll(values["p"], 1, axis=-1)}


def _zero(_a: Any, values: Values, how: Conventions) -> Values | None:
    if how["given"] == "logits":
        return None
    p = values["p"].copy()
    p[..., -1] += p[..., 0]
    p[..., 0] = 0.0
    return {"p": p}


def arguments(how: Conventions) -> tuple[Argument, ...]:
    dims = ("C",) if how["shape"] == "single" else ("B", "C")
    kind = Logits(dims) if how["given"] == "logits" else Distribution(dims)
    return (Argument("p", kind, gradient="flows"),)


CONCEPT = Concept(
    id="entropy",
    title="Entropy",
    formula="mean_i −Σ_c p_ic log p_ic",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(REDUCTION, BASE, SHAPE, GIVEN, EMPTY),
    edges=(
        edges.EMPTY_BATCH,
        edges.NAN,
        edges.STRIDED,
        edges.ONE_CLASS,
        Edge("zero probability", _zero),
        edges.only(edges.LARGE, "given", "logits"),
        edges.only(edges.MASKED_CLASS, "given", "logits"),
    ),
    refusals=(
        edges.only(
            Edge("negative", lambda _a, values, _c: {"p": values["p"] - 1.0}, refuses=True),
            "given",
            "probabilities",
        ),
    ),
    gradient="optional",
    invariants=(
        Invariant("between 0 and log C", _bounds),
        Invariant("each row is its own", _rows_apart),
        same_after("classes may be permuted", _swapped),
    ),
    limits=(
        Invariant("log C where all are alike", _uniform),
        Invariant("0 for a sure answer", _sure),
        Invariant("0.639 nats, 0.922 bits for 0.8/0.1/0.1", _bag),
    ),
    names=("entropy", "shannon"),
)
