"""Kullback–Leibler divergence of two distributions: the extra cost of coding p with q's code.

    KL(p‖q) = mean_i Σ_c p_ic log(p_ic / q_ic),   0·log(0/q) = 0,   p·log(p/0) = ∞

Shapes: p, q (B, C), rows summing to one → a number, (B) unreduced; shape=single: both (C).
Units: nats, unless base says otherwise.
Errors: DomainError for a negative probability.
Source: Kullback, Leibler, On Information and Sufficiency, 1951; Cover, Thomas, 2006, eq. 2.26.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import rel_entr

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
from vaultkit.verify.domain import Distribution, LogDistribution
from vaultkit.verify.laws import close, same_after
from vaultkit.verify.reduction import BASE, EMPTY, LOG_OF_BASE, reduce

PER_SAMPLE = Convention(
    "reduction",
    {
        "mean": "summed over the classes, averaged over the rows (batchmean)",
        "sum": "summed over everything",
        "none": "one value per row",
        "elements": "averaged over rows and classes alike: 1/C of the divergence",
    },
)
SHAPE = Convention("shape", {"rows": "(B, C), a row per sample", "single": "(C), one distribution"})
GIVEN = Convention(
    "given",
    {
        "probabilities": "p and q are probabilities",
        "log-q": "q comes as log-probabilities, as F.kl_div takes it, here as the second argument",
    },
)


def define(p: Any, q: Any, *, reduction: str, base: str, shape: str, given: str, empty: str) -> Any:
    if np.any(p < 0) or (given == "probabilities" and np.any(q < 0)):
        raise DomainError("a negative probability")
    costs = rel_entr(p, np.exp(q) if given == "log-q" else q) / LOG_OF_BASE[base]
    if shape == "single":
        costs = costs[None]
    if reduction == "elements":
        return reduce(costs, np.ones(costs.shape, dtype=bool), "mean", empty)
    rows = costs.sum(axis=1)
    value = reduce(rows, np.ones(rows.shape, dtype=bool), reduction, empty)
    return value[0] if shape == "single" and reduction == "none" else value


def reference(
    p: Any, q: Any, *, reduction: str, base: str, shape: str, given: str, empty: str
) -> Any:
    from torch.nn import functional

    log_q = q if given == "log-q" else q.log()
    if shape == "single":
        p, log_q = p[None], log_q[None]
    if empty == "zero" and not p.numel():
        value = p.sum() if reduction != "none" else p.sum(-1)
    elif reduction == "none":
        value = functional.kl_div(log_q, p, reduction="none").sum(-1)
    else:
        kind = "batchmean" if reduction == "mean" else "sum"
        value = functional.kl_div(log_q, p, reduction=kind)
        if reduction == "elements":
            value = value / p.numel()
    value = value / LOG_OF_BASE[base]
    return value[0] if shape == "single" and reduction == "none" else value


def _pinsker(define: Any, values: Values, how: Conventions) -> bool:
    q = np.exp(values["q"]) if how["given"] == "log-q" else values["q"]
    bound = 0.5 * np.abs(values["p"] - q).sum(axis=-1) ** 2 / LOG_OF_BASE[how["base"]]
    return bool(np.all(define(**values, **how | {"reduction": "none"}) >= bound - 1e-12))


def _zero_when_equal(define: Any, values: Values, how: Conventions) -> bool:
    p = values["p"]
    same = {"p": p, "q": np.log(p) if how["given"] == "log-q" else p}
    return close(define(**same, **how), 0.0 * define(**values, **how))


def _difference(define: Any, values: Values, how: Conventions) -> bool:
    """KL = cross-entropy − entropy, both spelled out."""
    p, q = values["p"], values["q"]
    log_q = q if how["given"] == "log-q" else np.log(q)
    expected = (-(p * log_q).sum(axis=-1) + (p * np.log(p)).sum(axis=-1)) / LOG_OF_BASE[how["base"]]
    return close(define(**values, **how | {"reduction": "none"}), expected)


def _bag(define: Any, values: Values, how: Conventions) -> bool:
    """A bag of balls, 0.8/0.1/0.1 guessed as 0.2/0.2/0.6, and the other way round."""
    p, q = np.array([0.8, 0.1, 0.1]), np.array([0.2, 0.2, 0.6])
    plain = how | {"reduction": "sum", "base": "e", "given": "probabilities", "shape": "single"}
    there, back = define(p=p, q=q, **plain), define(p=q, q=p, **plain)
    return close(there, 0.860545, 1e-6) and close(back, 0.936426, 1e-6)


def _bits(define: Any, values: Values, how: Conventions) -> bool:
    """A sure answer guessed at one half costs one bit."""
    p, q = np.array([1.0, 0.0]), np.array([0.5, 0.5])
    plain = how | {"reduction": "sum", "base": "2", "given": "probabilities", "shape": "single"}
    return close(define(p=p, q=q, **plain), 1.0)


def _swap_classes(values: Values) -> Values:
    return {name: np.roll(table, 1, axis=-1) for name, table in values.items()}


def _zero_in(*names: str) -> Any:
    def build(_a: Any, values: Values, how: Conventions) -> Values | None:
        changed = {}
        for name in names:
            table = values[name].copy()
            if name == "q" and how["given"] == "log-q":
                table[..., 0] = -np.inf
            else:
                table[..., -1] += table[..., 0]
                table[..., 0] = 0.0
            changed[name] = table
        return values | changed

    return build


def arguments(how: Conventions) -> tuple[Argument, ...]:
    dims = ("C",) if how["shape"] == "single" else ("B", "C")
    q = LogDistribution(dims) if how["given"] == "log-q" else Distribution(dims)
    return (Argument("p", Distribution(dims)), Argument("q", q, gradient="flows"))


CONCEPT = Concept(
    id="kl-divergence",
    title="Kullback–Leibler divergence",
    formula="mean_i Σ_c p_ic log(p_ic / q_ic)",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=arguments,
    conventions=(PER_SAMPLE, BASE, SHAPE, GIVEN, EMPTY),
    edges=(
        edges.EMPTY_BATCH,
        edges.ONE_CLASS,
        edges.NAN,
        edges.STRIDED,
        Edge("zero in p", _zero_in("p")),
        Edge("zero in q", _zero_in("q")),
        Edge("zero in both", _zero_in("p", "q")),
    ),
    refusals=(
        Edge("negative", lambda _a, values, _c: values | {"p": values["p"] - 1.0}, refuses=True),
        edges.only(
            Edge("negative q", lambda _a, v, _c: v | {"q": v["q"] - 1.0}, refuses=True),
            "given",
            "probabilities",
        ),
    ),
    gradient="optional",
    invariants=(
        Invariant("at least ½‖p − q‖₁² (Pinsker)", _pinsker),
        Invariant("0 when p = q", _zero_when_equal),
        Invariant("cross-entropy minus entropy", _difference),
        same_after("classes may be permuted", _swap_classes),
    ),
    limits=(
        Invariant("0.8605 one way, 0.9364 the other: not symmetric", _bag),
        Invariant("one bit for a sure answer guessed at one half", _bits),
    ),
    blind={"zero in both": "F.kl_div multiplies 0 by log 0 = −inf and answers NaN"},
    names=("kl", "kld", "kldiv"),
)
