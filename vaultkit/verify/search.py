"""Looking for a counterexample where the grid found none, and for the smallest one where it did."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from vaultkit.verify.arrays import eps
from vaultkit.verify.cases import dims_of
from vaultkit.verify.concept import Argument, Case, Concept, Conventions, Kind, Values
from vaultkit.verify.domain import (
    Choice,
    Distribution,
    Labels,
    LogDistribution,
    Positive,
    Reals,
    whole,
)
from vaultkit.verify.edges import class_axis

MOST_STEPS = 60
SINGLY = 12
LEAST = {"B": 1, "C": 2, "T": 2, "V": 2}


def inputs(
    concept: Concept,
    how: Conventions,
    *,
    only: Mapping[str, Any] | None = None,
    dtype: str = "float64",
) -> Any:
    """A Hypothesis strategy for the regular domain: up to 3 rows and 4 classes.

    only: hyperparameters fixed by the function or the note
    """
    from hypothesis import strategies

    arguments = concept.arguments(how)
    names = dims_of(arguments)
    sizes = strategies.tuples(*[whole(2) for _ in names]).map(
        lambda drawn: {n: LEAST[n] + k % 3 for n, k in zip(names, drawn, strict=True)}
    )

    def values(shape: dict[str, int]) -> Any:
        return strategies.fixed_dictionaries({a.name: a.kind.strategy(shape) for a in arguments})

    def finished(drawn: Values) -> Values:
        drawn = drawn | {k: v for k, v in (only or {}).items() if k in drawn}
        return concept.tidy(drawn, eps(dtype)) if concept.tidy else drawn

    return sizes.flatmap(values).map(finished)


def find(strategy: Any, fails: Callable[[Values], bool], seed: int, examples: int) -> Values | None:
    """The smallest drawn values that fail, or None where none of so many examples does."""
    import random

    import hypothesis
    from hypothesis.errors import NoSuchExample

    settings = hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        found: Values = hypothesis.find(
            strategy, fails, settings=settings, random=random.Random(seed)
        )
    except NoSuchExample:
        return None
    return found


def reduced(
    arguments: tuple[Argument, ...],
    case: Case,
    fails: Callable[[Values], bool],
    *,
    fixed: Container[str] = (),
    numbers: bool = True,
) -> Case:
    """A failing case made smaller while it still fails: rows, classes, settings, then numbers.

    fixed: hyperparameters to leave as they are; numbers: whether scores may be rounded
    """
    values = case.values
    free = tuple(a for a in arguments if a.name not in fixed) if numbers else ()
    for _ in range(MOST_STEPS):
        found = next((c for c in _smaller(arguments, free, values) if fails(c)), None)
        if found is None:
            break
        values = found
    return replace(case, values=values)


def _smaller(
    arguments: tuple[Argument, ...], free: tuple[Argument, ...], values: Values
) -> Iterator[Values]:
    """Values a little simpler than these, the boldest change first."""
    yield from _fewer_rows(arguments, values)
    yield from _fewer_classes(arguments, values)
    for argument in free:
        value = values[argument.name]
        for plainer in _plainer(argument.kind, value):
            if not np.array_equal(plainer, value):
                yield values | {argument.name: plainer}


def _fewer_rows(arguments: tuple[Argument, ...], values: Values) -> Iterator[Values]:
    names = [a.name for a in arguments if "B" in a.kind.dims]
    rows = len(values[names[0]]) if names else 0
    if rows > 1:
        for keep in (slice(0, rows // 2), slice(rows // 2, None), slice(1, None), slice(0, -1)):
            yield values | {name: values[name][keep] for name in names}


def _fewer_classes(arguments: tuple[Argument, ...], values: Values) -> Iterator[Values]:
    """Without some classes that are nobody's label; the labels are renumbered."""
    axes = [(a, axis) for a in arguments if (axis := class_axis(a)) is not None]
    if not axes or any(isinstance(a.kind, LogDistribution) for a, _ in axes):
        return
    count = values[axes[0][0].name].shape[axes[0][1]]
    labels = [a.name for a in arguments if isinstance(a.kind, Labels)]
    needed = np.unique([label for name in labels for label in values[name].flat])
    for kept in _subsets(count):
        chosen = np.union1d(kept, needed[needed >= 0]).astype(np.int64)
        if not 2 <= len(chosen) < count:
            continue
        fewer = {a.name: values[a.name].take(chosen, axis) for a, axis in axes}
        yield (
            values
            | {a.name: _normalised(fewer[a.name]) for a, _ in axes if _sums_to_one(a.kind)}
            | {a.name: fewer[a.name] for a, _ in axes if not _sums_to_one(a.kind)}
            | {name: _renumbered(values[name], chosen) for name in labels}
        )


def _subsets(count: int) -> Iterator[Any]:
    """Shares of 0 … count − 1 worth trying: halves, most of them, all but one."""
    every = np.arange(count)
    yield every[: count // 2]
    yield every[count // 2 :]
    yield from (every[: count * parts // 8] for parts in (6, 7))
    yield from (np.delete(every, place) for place in (every if count <= SINGLY else every[-1:]))


def _sums_to_one(kind: Kind) -> bool:
    return isinstance(kind, Distribution)


def _renumbered(labels: Any, chosen: Any) -> Any:
    """Labels by their place among the chosen classes; an ignored label stays."""
    return np.where(labels >= 0, np.searchsorted(chosen, labels), labels)


def _plainer(kind: Kind, value: Any) -> Iterator[Any]:
    """The same argument in rounder numbers; every step is final, so the steps come to an end."""
    if isinstance(kind, Choice):
        yield kind.options[0]
    elif isinstance(kind, Labels):
        yield np.zeros_like(value)
    elif isinstance(kind, Distribution):
        if not np.allclose(value * 8, np.round(value * 8)):
            for parts in (2, 4, 8):
                yield _normalised(np.maximum(np.round(value * parts), 1.0))
    elif isinstance(kind, Reals):
        for plain in (np.zeros_like(value), np.round(value), np.round(value, 1)):
            if np.count_nonzero(plain) <= np.count_nonzero(value):
                yield plain
        for place in np.ndindex(value.shape) if value.size <= SINGLY else ():
            zeroed = value.copy()
            zeroed[place] = 0.0
            yield zeroed
    elif isinstance(kind, Positive):
        yield from (np.maximum(np.round(value, d), kind.low) for d in (0, 1))


def _normalised(weights: Any) -> Any:
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.where(total > 0, total, 1.0)
