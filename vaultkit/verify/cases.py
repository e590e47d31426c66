"""The deterministic grid: regular cases, smallest first, and the edge cases built from a few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any
from zlib import crc32

import numpy as np

from vaultkit.verify.concept import Argument, Case, Concept, Conventions, Values
from vaultkit.verify.domain import Choice, Distribution, Flavour, Reals

GRIDS: dict[tuple[str, ...], tuple[tuple[int, ...], ...]] = {
    (): ((),) * 10,
    ("B",): ((1,), (2,), (3,), (7,), (64,)) * 2,
    ("C",): ((2,), (3,), (10,), (1000,)) * 2,
    ("B", "C"): (
        *((1, 2), (2, 2), (2, 3), (1, 3), (7, 2), (2, 10), (7, 3), (7, 10), (1, 10)),
        *((64, 2), (64, 3), (64, 10), (2, 1000), (64, 1000)),
    ),
    ("B", "T", "V"): (
        *((1, 2, 2), (1, 2, 3), (2, 3, 2), (2, 3, 5), (1, 8, 5), (7, 2, 10), (7, 8, 3)),
        *((7, 8, 50), (2, 3, 1000)),
    ),
}
SMALL: dict[tuple[str, ...], tuple[tuple[int, ...], ...]] = {
    (): ((), ()),
    ("B",): ((1,), (2,), (7,)),
    ("C",): ((2,), (3,), (10,)),
    ("B", "C"): ((1, 3), (2, 3), (7, 10)),
    ("B", "T", "V"): ((1, 2, 3), (2, 3, 4), (3, 5, 10)),
}
FLAVOURS = (
    Flavour(1.0),
    Flavour(30.0),
    Flavour(0.1, same_label=True),
    Flavour(1.0, same_label=True),
    Flavour(1.0, ties=True),
    Flavour(30.0, same_label=True),
    Flavour(3.0),
)


def dims_of(arguments: tuple[Argument, ...]) -> tuple[str, ...]:
    """The dimensions the arguments use, in the order they first appear."""
    seen: dict[str, None] = {}
    for argument in arguments:
        seen.update(dict.fromkeys(argument.kind.dims))
    return tuple(seen)


def _settings(arguments: tuple[Argument, ...], only: Mapping[str, Any]) -> list[Values]:
    """Every combination of the hyperparameters, the usual values first; `only` fixes some."""
    choices = {
        argument.name: (only[argument.name],) if argument.name in only else argument.kind.options
        for argument in arguments
        if isinstance(argument.kind, Choice)
    }
    return [dict(zip(choices, drawn, strict=True)) for drawn in product(*choices.values())]


def draw(
    concept: Concept,
    arguments: tuple[Argument, ...],
    sizes: Mapping[str, int],
    flavour: Flavour,
    seed: int,
) -> Values:
    """One drawn set of inputs; the same seed and sizes give the same values."""
    key = f"{concept.id} {sorted(sizes.items())} {flavour}"
    rng = np.random.default_rng([seed, crc32(key.encode())])
    return {a.name: a.kind.draw(rng, sizes, flavour) for a in arguments}


def _tidied(concept: Concept, values: Values, eps: float) -> Values:
    return concept.tidy(values, eps) if concept.tidy else values


def regular_cases(
    concept: Concept,
    how: Conventions,
    seed: int,
    *,
    only: Mapping[str, Any] | None = None,
    eps: float = 1e-5,
    most: int = 64_000,
) -> list[Case]:
    """The grid over the regular domain, small shapes first.

    only: hyperparameters a function cannot take, fixed; eps: the dtype's own, for `tidy`;
    most: the largest number of cells in a case.
    """
    arguments = concept.arguments(how)
    names = dims_of(arguments)
    settings = _settings(arguments, only or {})
    cases = [
        Case("worked example", values | {k: v for k, v in (only or {}).items() if k in values})
        for values in concept.worked(how)
    ]
    place = 0
    for index, shape in enumerate(GRIDS[names]):
        sizes = dict(zip(names, shape, strict=True))
        if np.prod(shape, dtype=np.int64) > most:
            continue
        for turn in range(2):
            flavour = FLAVOURS[(2 * index + turn) % len(FLAVOURS)]
            values = draw(concept, arguments, sizes, flavour, seed)
            # 7 is prime to the number of combinations, so every combination has its turn.
            values |= settings[(7 * place) % len(settings)]
            place += 1
            label = ", ".join(f"{k}={v}" for k, v in sizes.items())
            name = f"{label}, spread {flavour.scale:g}{', ties' if flavour.ties else ''}"
            cases.append(Case(name, _tidied(concept, values, eps)))
    if place < len(settings):
        cases.extend(_remaining(concept, arguments, settings, seed, eps))
    return cases


def _remaining(
    concept: Concept,
    arguments: tuple[Argument, ...],
    settings: list[Values],
    seed: int,
    eps: float,
) -> Iterator[Case]:
    names = dims_of(arguments)
    sizes = dict(zip(names, SMALL[names][1], strict=True))
    for number, setting in enumerate(settings):
        values = draw(concept, arguments, sizes, Flavour(), seed + 1 + number) | setting
        yield Case(f"setting {number}", _tidied(concept, values, eps))


def edge_cases(
    concept: Concept, how: Conventions, seed: int, *, only: Mapping[str, Any] | None = None
) -> list[Case]:
    """Every topic of the edge domain, smallest inputs first; numbers rounded to halves."""
    arguments = concept.arguments(how)
    names = dims_of(arguments)
    settings = _settings(arguments, only or {})
    bases: list[Values] = []
    for index, shape in enumerate(SMALL[names]):
        sizes = dict(zip(names, shape, strict=True))
        drawn = draw(concept, arguments, sizes, Flavour(), seed)
        # The middle shape meets every setting, the others the usual one.
        if index < 2:
            drawn = {a.name: _readable(a, drawn[a.name]) for a in arguments}
        bases += [drawn | setting for setting in (settings if index == 1 else settings[:1])]
    return [
        Case(
            edge.topic,
            built,
            edge.topic,
            edge.refuses,
            edge.may_raise,
            edge.strided,
            edge.host_only,
        )
        for edge in concept.edges
        for base in bases
        if (built := edge.build(arguments, base, how)) is not None
        # A hyperparameter the function cannot take is not asked for at its edges either.
        and all(built[name] is value for name, value in (only or {}).items() if name in built)
    ]


def _readable(argument: Argument, value: Any) -> Any:
    """Scores in halves and probabilities in eighths read well; the rest as it is."""
    if isinstance(argument.kind, Reals):
        return np.round(value * 2) / 2
    if isinstance(argument.kind, Distribution):
        eighths = np.maximum(1.0, np.round(value * 8))
        return eighths / eighths.sum(axis=-1, keepdims=True)
    return value


def gradient_cases(
    concept: Concept, how: Conventions, seed: int, *, only: Mapping[str, Any] | None = None
) -> list[Case]:
    """Small cases away from extremes, where finite differences are to be trusted.

    Every setting of the hyperparameters has its turn, up to 8.
    """
    arguments = concept.arguments(how)
    names = dims_of(arguments)
    settings = _settings(arguments, only or {})
    step = max(1, len(settings) // 8)
    cases = []
    for place, setting in enumerate(settings[::step][:8]):
        sizes = dict(zip(names, SMALL[names][place % 2], strict=True))
        drawn = draw(concept, arguments, sizes, Flavour(), seed + place) | setting
        for argument in arguments:
            if isinstance(argument.kind, Distribution):
                # Not below 0.1 of the even share: a step of 1e-6 must stay small beside it.
                even = 1.0 / drawn[argument.name].shape[-1]
                drawn[argument.name] = 0.9 * drawn[argument.name] + 0.1 * even
        cases.append(Case(f"gradient {place}", drawn))
    return cases
