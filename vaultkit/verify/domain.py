"""What arguments may hold: each kind draws itself for the grid and as a Hypothesis strategy.

Hypothesis mixes constants it finds in loaded modules into integers and floats, so what it draws
would depend on which modules happen to be loaded. Booleans are free of this: every strategy here
is built from booleans, so the same seed gives the same examples everywhere, and shrinking
(booleans towards False) drives numbers towards zero and sizes towards one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

FLOOR = 1e-6
"""No drawn probability lies below this, so float32 does not turn it into a zero."""


class Flavour(NamedTuple):
    """How the grid draws one case: the spread of scores, and whether they or the labels tie."""

    scale: float = 1.0
    ties: bool = False
    same_label: bool = False


def whole(bits: int) -> Any:
    """A strategy for the integers 0 … 2**bits − 1."""
    from hypothesis import strategies

    return strategies.tuples(*[strategies.booleans()] * bits).map(
        lambda flags: sum(flag << place for place, flag in enumerate(reversed(flags)))
    )


def _array(element: Any, shape: tuple[int, ...]) -> Any:
    from hypothesis import strategies

    count = int(np.prod(shape))
    return strategies.tuples(*[element] * count).map(lambda cells: np.array(cells).reshape(shape))


def _shape(dims: tuple[str, ...], sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sizes[name] for name in dims)


@dataclass(frozen=True, slots=True)
class Reals:
    """Finite real numbers; `limit` bounds the spread where an exponential would overflow."""

    dims: tuple[str, ...]
    limit: float = 30.0
    tensor: bool = True
    integer: bool = False

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Flavour) -> Any:
        shape = _shape(self.dims, sizes)
        if flavour.ties:
            return np.zeros(shape)
        return rng.standard_normal(shape) * min(flavour.scale, self.limit)

    def strategy(self, sizes: Mapping[str, int]) -> Any:
        from hypothesis import strategies

        half = whole(4).map(lambda k: (k >> 1) / 2 * (-1 if k & 1 else 1))
        cells = _array(half, _shape(self.dims, sizes))
        wide = min(10.0, self.limit / 3)
        return strategies.tuples(cells, strategies.booleans()).map(
            lambda drawn: drawn[0] * wide if drawn[1] else drawn[0]
        )


@dataclass(frozen=True, slots=True)
class Logits(Reals):
    """Raw scores whose last dimension is the class axis."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Class indices 0 … C−1, int64."""

    dims: tuple[str, ...] = ("B",)
    classes: str = "C"
    tensor: bool = True
    integer: bool = True

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Flavour) -> Any:
        shape = _shape(self.dims, sizes)
        drawn = rng.integers(0, sizes[self.classes], shape)
        return np.full(shape, drawn.flat[0]) if flavour.same_label and drawn.size else drawn

    def strategy(self, sizes: Mapping[str, int]) -> Any:
        count = sizes[self.classes]
        return _array(whole(3).map(lambda k: k % count), _shape(self.dims, sizes))


@dataclass(frozen=True, slots=True)
class TwoValued:
    """Labels of two classes as floats: `low` and `high` are 0 and 1, or −1 and +1."""

    low: float
    high: float
    dims: tuple[str, ...] = ("B",)
    tensor: bool = True
    integer: bool = False

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Flavour) -> Any:
        drawn = rng.random(_shape(self.dims, sizes)) < 0.5
        if flavour.same_label:
            drawn = np.ones_like(drawn)
        return np.where(drawn, self.high, self.low)

    def strategy(self, sizes: Mapping[str, int]) -> Any:
        from hypothesis import strategies

        cell = strategies.booleans().map(lambda flag: self.low if flag else self.high)
        return _array(cell, _shape(self.dims, sizes))


def _simplex(weights: Any) -> Any:
    weights = np.asarray(weights, dtype=np.float64)
    total = weights.sum(axis=-1, keepdims=True)
    return np.where(total > 0, weights, 1.0) / np.where(total > 0, total, weights.shape[-1])


@dataclass(frozen=True, slots=True)
class Distribution:
    """Rows of probabilities that sum to one; `zeros` admits exact zeros and one-hot rows."""

    dims: tuple[str, ...] = ("B", "C")
    zeros: bool = False
    tensor: bool = True
    integer: bool = False

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Flavour) -> Any:
        *outer, last = _shape(self.dims, sizes)
        if flavour.ties:
            return np.full((*outer, last), 1.0 / last)
        if self.zeros and flavour.same_label:
            return np.eye(last)[rng.integers(0, last, tuple(outer))]
        concentration = 0.3 if flavour.scale > 1 else 1.0
        drawn = rng.dirichlet(np.full(last, concentration), tuple(outer))
        return _simplex(np.maximum(drawn, FLOOR))

    def strategy(self, sizes: Mapping[str, int]) -> Any:
        least = 0 if self.zeros else 1
        return _array(whole(3).map(lambda k: k + least), _shape(self.dims, sizes)).map(_simplex)


@dataclass(frozen=True, slots=True)
class LogDistribution:
    """Logarithms of rows of probabilities."""

    dims: tuple[str, ...] = ("B", "C")
    tensor: bool = True
    integer: bool = False

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Flavour) -> Any:
        return np.log(Distribution(self.dims).draw(rng, sizes, flavour))

    def strategy(self, sizes: Mapping[str, int]) -> Any:
        return Distribution(self.dims).strategy(sizes).map(np.log)


@dataclass(frozen=True, slots=True)
class Positive:
    """Numbers in [low, high]; without dimensions a single number."""

    low: float
    high: float
    dims: tuple[str, ...] = ()
    tensor: bool = True
    integer: bool = False

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Flavour) -> Any:
        shape = _shape(self.dims, sizes)
        if flavour.ties:
            return np.full(shape, self.low + (self.high - self.low) / 4)
        return np.asarray(rng.uniform(self.low, self.high, shape))

    def strategy(self, sizes: Mapping[str, int]) -> Any:
        step = (self.high - self.low) / 16
        return _array(whole(4).map(lambda k: self.low + step * k), _shape(self.dims, sizes))


@dataclass(frozen=True, slots=True)
class Choice:
    """A hyperparameter: a plain number out of a short list, the usual one first."""

    options: tuple[float, ...]
    dims: tuple[str, ...] = ()
    tensor: bool = False
    integer: bool = False

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Flavour) -> Any:
        return self.options[int(rng.integers(0, len(self.options)))]

    def strategy(self, sizes: Mapping[str, int]) -> Any:
        return whole(3).map(lambda k: self.options[k % len(self.options)])
