"""How a note's function takes a concept's arguments.

Tensors go by position in the usual order, hyperparameters by their usual names wherever they
stand, and a required parameter left over takes the next hyperparameter. `args=` in a declaration
says otherwise. A class is built first (hyperparameters to its constructor) and then called.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vaultkit.errors import VaultkitError
from vaultkit.verify.concept import Argument, Values
from vaultkit.verify.declare import LEFT_ALONE, Settings

COUNTS = ("num_classes", "n_classes", "nclasses", "n_class", "num_class", "classes", "vocab_size")
MODELS = ("model", "lm", "net", "network")


class BindingError(VaultkitError):
    """A function whose parameters cannot be matched with the concept's arguments."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter and what it is given.

    source: a concept argument, a convention's keyword, `num_classes` or `model`
    """

    parameter: str
    source: str
    by_keyword: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """The calls to make: `build` for a class, then `call`.

    fixed:  hyperparameters no parameter takes
    counts: parameters that only tell how many classes there are
    """

    call: tuple[Slot, ...]
    build: tuple[Slot, ...] | None = None
    counts: tuple[str, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(slot.source for slot in (*self.call, *(self.build or ())))

    def invoke(self, function: Callable[..., Any], given: Mapping[str, Any]) -> Any:
        """The result of the function on these values, by source name."""
        if self.build is not None:
            function = _apply(function, self.build, given)
        return _apply(function, self.call, given)


def _apply(function: Callable[..., Any], slots: tuple[Slot, ...], given: Mapping[str, Any]) -> Any:
    by_place = [given[slot.source] for slot in slots if not slot.by_keyword]
    by_name = {slot.parameter: given[slot.source] for slot in slots if slot.by_keyword}
    return function(*by_place, **by_name)


def bind(function: Callable[..., Any], settings: Settings) -> Binding:
    """Match a function's parameters with the concept's arguments.

    Raises BindingError where a tensor finds no parameter or a required parameter no value.
    """
    arguments = list(settings.arguments)
    if not inspect.isclass(function):
        slots, left = _match(function, arguments, settings, positions=True)
        return _checked(Binding(slots), left, settings)
    build, left = _match(function, arguments, settings, positions=False)
    names = ("forward", "__call__")
    method = next((vars(k)[n] for n in names for k in function.__mro__ if n in vars(k)), None)
    if method is None:
        raise BindingError(f"`{settings.function}` is a class that cannot be called")
    call, left = _match(method, left, settings, positions=True, skip=1)
    return _checked(Binding(call, build), left, settings)


def fixed(binding: Binding, settings: Settings) -> Values:
    """Hyperparameters the function cannot take, with the values the note or the concept states."""
    return {
        a.name: settings.constants.get(a.name, a.default)
        for a in settings.arguments
        if not a.kind.tensor and (a.name not in binding.sources or a.name in settings.constants)
    }


def _checked(binding: Binding, left: list[Argument], settings: Settings) -> Binding:
    missing = [a.name for a in left if a.kind.tensor]
    if missing:
        names = ", ".join(a.name for a in settings.arguments)
        raise BindingError(
            f"`{settings.function}` takes no {' and no '.join(missing)}",
            f"{settings.concept.id} is called with ({names}); map other orders with `args=`.",
        )
    slots = (*binding.call, *(binding.build or ()))
    return replace(binding, counts=tuple(s.parameter for s in slots if s.source == "num_classes"))


def _parameters(function: Callable[..., Any], skip: int) -> list[inspect.Parameter] | None:
    try:
        return list(inspect.signature(function).parameters.values())[skip:]
    except (TypeError, ValueError):
        return None


def _match(
    function: Callable[..., Any],
    arguments: list[Argument],
    settings: Settings,
    *,
    positions: bool,
    skip: int = 0,
) -> tuple[tuple[Slot, ...], list[Argument]]:
    """(slots, arguments left over). `positions`: tensors may go to parameters of any name."""
    parameters = _parameters(function, skip)
    left = list(arguments)
    if parameters is None:
        tensors = [a for a in left if a.kind.tensor]
        return tuple(Slot(a.name, a.name, False) for a in tensors), []
    slots: list[Slot] = []
    gap = False
    order = list(settings.order) if positions else []
    for parameter in parameters:
        if parameter.kind is parameter.VAR_POSITIONAL and positions:
            rest = [a for a in left if a.kind.tensor]
            slots += [Slot(a.name, a.name, False) for a in rest]
            left = [a for a in left if a not in rest]
            continue
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if order:
            name = order.pop(0)
            source = None if name == LEFT_ALONE else name
        else:
            usual = positions and not settings.order
            source = _source(parameter, parameters, left, settings, usual)
        if source is None:
            if parameter.default is parameter.empty:
                raise BindingError(
                    f"`{settings.function}` needs `{parameter.name}`, which nothing is known for",
                    "Say what it is with `args=`, or give it a default.",
                )
            gap = True
            continue
        # A model stub answers with the logits, so nothing else takes them.
        left = [a for a in left if a.name not in (source, "logits" if source == "model" else "")]
        by_keyword = gap or parameter.kind is parameter.KEYWORD_ONLY
        slots.append(Slot(parameter.name, source, by_keyword))
    return tuple(slots), left


def _source(
    parameter: inspect.Parameter,
    parameters: list[inspect.Parameter],
    left: list[Argument],
    settings: Settings,
    positions: bool,
) -> str | None:
    name = parameter.name
    required = parameter.default is parameter.empty
    names = {p.name for p in parameters}
    for argument in left:
        aliases = () if argument.name in names else argument.aliases
        if not argument.kind.tensor and name in (argument.name, *aliases):
            return argument.name
    taken = {argument.name for argument in settings.arguments}
    for convention in settings.concept.conventions:
        if name == convention.key and name not in taken:
            stated = required or convention.key in settings.explicit
            return convention.keyword if stated else None
    if name in COUNTS:
        return "num_classes"
    tensors = [argument for argument in left if argument.kind.tensor]
    if name in MODELS and positions and any("V" in a.kind.dims for a in tensors):
        return "model"
    if not positions:
        return next((a.name for a in tensors if name in (a.name, *a.aliases)), None)
    if tensors:
        # `def f(logits, labels, eps=1e-8, weight=None)`: eps does not take the weights.
        elsewhere = tensors[0].name in names and name != tensors[0].name
        return None if elsewhere and not required else tensors[0].name
    return left[0].name if left and required else None
