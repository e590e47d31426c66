"""The edge domain: how an ordinary case becomes an empty batch, a masked class, a NaN, …

Each builder takes (arguments, values, conventions) and answers changed values, or None where the
topic does not apply to this concept, these sizes or these conventions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from vaultkit.verify.concept import Argument, Conventions, Edge, Values
from vaultkit.verify.domain import Distribution, Labels, LogDistribution, Logits, Reals

TABLES = (Logits, LogDistribution, Distribution)
CLASS_DIMS = ("C", "V")


def class_axis(argument: Argument) -> int | None:
    """Where an argument's class axis lies, or None."""
    dims = argument.kind.dims
    return next((dims.index(name) for name in CLASS_DIMS if name in dims), None)


def _named(arguments: tuple[Argument, ...], kind: type) -> list[str]:
    return [argument.name for argument in arguments if isinstance(argument.kind, kind)]


def _empty(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    batched = [argument.name for argument in arguments if "B" in argument.kind.dims]
    return values | {name: values[name][:0] for name in batched} if batched else None


def _one_class(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    changed: Values = {}
    for argument in arguments:
        kind, value = argument.kind, values[argument.name]
        if isinstance(kind, Labels):
            changed[argument.name] = np.zeros_like(value)
        elif (axis := class_axis(argument)) is not None:
            value = value.take([0], axis=axis)
            if isinstance(kind, Distribution | LogDistribution):
                value = np.full_like(value, 1.0 if isinstance(kind, Distribution) else 0.0)
            changed[argument.name] = value
    return values | changed if changed else None


def _ignore(
    places: Callable[[Any], Any],
) -> Callable[[tuple[Argument, ...], Values, Conventions], Values | None]:
    """Puts ignore_index at some places of the labels; None where those places are none."""

    def build(arguments: tuple[Argument, ...], values: Values, how: Conventions) -> Values | None:
        index = how.get("ignore_index")
        names = _named(arguments, Labels)
        if index is None or not names:
            return None
        changed = {name: values[name].copy() for name in names}
        if not all(places(labels).size for labels in changed.values()):
            return None
        for labels in changed.values():
            places(labels)[...] = index
        return values | changed

    return build


def _all(labels: Any) -> Any:
    return labels


def _last_half(labels: Any) -> Any:
    flat = labels.reshape(-1)
    return flat[(flat.size + 1) // 2 :] if labels.ndim == 1 else labels[:, -1:]


def _large(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    names = [a.name for a in arguments if isinstance(a.kind, Reals) and a.kind.limit >= 30]
    changed = {}
    for name in names:
        peak = np.abs(values[name]).max(initial=0.0)
        changed[name] = values[name] * (1e4 / peak) if peak else values[name]
    return values | changed if names else None


def _masked_class(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    """The last class is masked in every score, and is nobody's label and nobody's target."""
    if not _named(arguments, Logits):
        return None
    changed: Values = {}
    for argument in arguments:
        kind, value = argument.kind, np.array(values[argument.name])
        if isinstance(kind, Logits):
            if value.shape[-1] < 3:
                return None
            value[..., -1] = -np.inf
        elif isinstance(kind, Labels):
            value %= 2
        elif isinstance(kind, Distribution):
            value[..., -1] = 0.0
            value[..., 0] += 1.0 - value.sum(axis=-1)
        changed[argument.name] = value if kind.tensor else values[argument.name]
    return changed


def _masked_label(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    """The first row's own label is masked: its probability is exactly 0."""
    scores = [a for a in arguments if isinstance(a.kind, TABLES)]
    labels = _named(arguments, Labels)
    if not labels or not scores:
        return None
    name, table = scores[0].name, values[scores[0].name].copy()
    label = values[labels[0]]
    nothing = 0.0 if isinstance(scores[0].kind, Distribution) else -np.inf
    if table.ndim == 3:
        table[0, 0, label[0, 1]] = nothing
    elif table.ndim == 2:
        table[0, label[0]] = nothing
    return values | {name: table}


def _masked_row(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    names = [a.name for a in arguments if isinstance(a.kind, Logits) and class_axis(a) is not None]
    if not names:
        return None
    table = values[names[0]].copy()
    table[0] = -np.inf
    return values | {names[0]: table}


def _nan(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    name = next(a.name for a in arguments if a.kind.tensor and not a.kind.integer)
    table = np.array(values[name], dtype=np.float64)
    table.reshape(-1)[0] = np.nan
    return values | {name: table}


def _same(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    return values if any(a.kind.dims for a in arguments if a.kind.tensor) else None


def _extended(
    axis: int, length: int | None
) -> Callable[[tuple[Argument, ...], Values, Conventions], Values | None]:
    """Tables (B, C) become (B, C, d) or (B, d, C), labels (B) become (B, d).

    length: d, or None for as many as classes, so that no shape gives a wrong axis away
    """

    def build(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
        tables = [a.name for a in arguments if isinstance(a.kind, TABLES)]
        if not tables:
            return None  # one score per sample has no class axis to extend
        classes = values[tables[0]].shape[1] if tables else 0
        if classes in (0, length):
            return None
        places = np.arange(length or classes)
        changed: Values = {}
        for argument in arguments:
            value = values[argument.name]
            if argument.name in tables:
                layers = [np.roll(value, j, axis=1) * (1 + j / 4) for j in places]
                changed[argument.name] = np.stack(layers, axis=axis)
            elif isinstance(argument.kind, Labels):
                changed[argument.name] = (value[:, None] + places) % classes
        return values | changed

    return build


def _outside(arguments: tuple[Argument, ...], values: Values, _: Conventions) -> Values | None:
    names = _named(arguments, Labels)
    if not names:
        return None
    scores = next(a for a in arguments if class_axis(a) is not None)
    labels = values[names[0]].copy()
    labels.reshape(-1)[-1] = values[scores.name].shape[class_axis(scores)]
    return values | {names[0]: labels}


def only(edge: Edge, key: str, value: Any) -> Edge:
    """The edge, under one value of a convention."""

    def build(arguments: tuple[Argument, ...], values: Values, how: Conventions) -> Values | None:
        return edge.build(arguments, values, how) if how[key] == value else None

    return replace(edge, build=build)


def setting(name: str, value: Any) -> Any:
    """A builder that sets one argument to a value."""

    def build(_a: tuple[Argument, ...], values: Values, _c: Conventions) -> Values | None:
        return values | {name: value} if name in values else None

    return build


EMPTY_BATCH = Edge("empty batch", _empty)
ONE_CLASS = Edge("one class", _one_class)
IGNORED_SOME = Edge("ignore_index", _ignore(_last_half))
IGNORED_ALL = Edge("all ignored", _ignore(_all))
LARGE = Edge("scores of ±1e4", _large)
MASKED_CLASS = Edge("−inf mask", _masked_class)
MASKED_LABEL = Edge("−inf at the label", _masked_label)
MASKED_ROW = Edge("a row of −inf", _masked_row)
NAN = Edge("NaN", _nan)
STRIDED = Edge("non-contiguous", _same, strided=True)
DENSE = Edge("extra axis (B, C, C)", _extended(2, None), may_raise=True)
DENSE_PAIR = Edge("extra axis (B, C, 2)", _extended(2, 2), may_raise=True)
SEQUENCE = Edge("sequence (B, C, C)", _extended(1, None), may_raise=True)
SEQUENCE_PAIR = Edge("sequence (B, 2, C)", _extended(1, 2), may_raise=True)
OUTSIDE = Edge("label out of range", _outside, refuses=True, host_only=True)

ROWS = (EMPTY_BATCH, LARGE, NAN, STRIDED)
CLASSES = (ONE_CLASS, MASKED_CLASS, MASKED_ROW)
LABELS = (IGNORED_SOME, IGNORED_ALL, MASKED_LABEL, OUTSIDE)
