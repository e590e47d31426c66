"""A concept: one definition, what it takes, what may differ by convention, and what must hold.

An oracle file builds one `Concept` and names it `CONCEPT`. Everything the judge does, from the
inputs it draws to the sentences it prints, is read off this value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

Values: TypeAlias = dict[str, Any]
"""Arguments by name: float64 or int64 arrays, and plain numbers for hyperparameters."""

Conventions: TypeAlias = dict[str, Any]
Definition: TypeAlias = "Callable[..., Array]"


class DomainError(ValueError):
    """The definition has no value for these inputs (a label outside the classes, s > 1, …)."""


class Kind(Protocol):
    """What an argument may hold, and how to draw it. See `domain.py` for all kinds."""

    @property
    def dims(self) -> tuple[str, ...]: ...

    @property
    def tensor(self) -> bool: ...

    @property
    def integer(self) -> bool: ...

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int], flavour: Any) -> Any: ...

    def strategy(self, sizes: Mapping[str, int]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument in its usual place.

    aliases:  other usual names of a hyperparameter (`temperature` for `T`)
    default:  what a hyperparameter is when a function has no such parameter
    gradient: flows (it must be right), stops (none may reach this argument), free (not looked at)
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    default: float | None = None
    gradient: Literal["flows", "stops", "free"] = "free"


@dataclass(frozen=True, slots=True)
class Convention:
    """A choice the definition leaves open.

    key:     how a declaration names it
    choices: value → what it means; the first is the default
    number:  an integer (or `none`) is allowed beside the choices
    name:    the definition's keyword, where it differs from `key`
    """

    key: str
    choices: Mapping[str, str]
    number: bool = False
    name: str = ""

    @property
    def keyword(self) -> str:
        return self.name or self.key

    @property
    def default(self) -> Any:
        return self.parse(next(iter(self.choices)))

    def parse(self, text: str) -> Any:
        """The value a declaration means. Raises ValueError where it is none of the choices."""
        if self.number:
            return None if text == "none" else int(text)
        if text not in self.choices:
            raise ValueError(text)
        return text

    def values(self) -> tuple[Any, ...]:
        """Every choice, and None where a number may be turned off."""
        chosen = tuple(self.parse(choice) for choice in self.choices)
        return (*chosen, None) if self.number else chosen


@dataclass(frozen=True, slots=True)
class Case:
    """One set of inputs.

    topic:     None on the regular domain, else what is special about it ("ignore_index", …)
    refuses:   the definition has no value here; a function should raise or answer NaN
    may_raise: an error is as good as the right value; only a wrong value is a divergence
    strided:   tensors are handed over non-contiguous
    host_only: never on an accelerator (a failed device assertion would poison its context)
    """

    name: str
    values: Values
    topic: str | None = None
    refuses: bool = False
    may_raise: bool = False
    strided: bool = False
    host_only: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A topic of the edge domain: how an ordinary case becomes a special one.

    build: (arguments, values, conventions) → changed values, or None where it does not apply
    """

    topic: str
    build: Callable[[tuple[Argument, ...], Values, Conventions], Values | None]
    refuses: bool = False
    may_raise: bool = False
    strided: bool = False
    host_only: bool = False


@dataclass(frozen=True, slots=True)
class Invariant:
    """A law of the definition.

    check: (definition, values, conventions) → held?, or None where the law says nothing
    """

    text: str
    check: Callable[[Definition, Values, Conventions], bool | None]


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept with its definition and everything needed to judge an implementation.

    definition:  float64, NumPy and SciPy only, written from the formula
    reference:   the fused PyTorch form, or the best composition where none is fused
    arguments:   in the usual order; may depend on the conventions
    worked:      examples of the regular domain worth having in every grid
    gradient:    required, or optional (a plain number is a right answer), or none (a step function)
    logarithmic: compare logarithms, because the value is the exponential of a sum
    scale:       the size of the largest term added up, where it is not the value's own
    tidy:        moves drawn values off the places where the definition jumps
    blind:       topic → why the fused reference is wrong there and is not asked
    excludes:    why these conventions do not go together, or ""
    names:       words in a function's name that hint at this concept
    """

    id: str
    title: str
    formula: str
    about: str
    definition: Definition
    reference: Callable[..., Any]
    arguments: Callable[[Conventions], tuple[Argument, ...]]
    conventions: tuple[Convention, ...] = ()
    edges: tuple[Edge, ...] = ()
    refusals: tuple[Edge, ...] = ()
    worked: Callable[[Conventions], tuple[Values, ...]] = lambda _: ()
    invariants: tuple[Invariant, ...] = ()
    limits: tuple[Invariant, ...] = ()
    gradient: Literal["required", "optional", "none"] = "required"
    logarithmic: bool = False
    scale: Callable[[Values], float] = lambda _: 1.0
    tidy: Callable[[Values, float], Values] | None = None
    blind: Mapping[str, str] = field(default_factory=dict)
    excludes: Callable[[Conventions], str] = lambda _: ""
    names: tuple[str, ...] = ()

    def defaults(self) -> dict[str, Any]:
        return {convention.keyword: convention.default for convention in self.conventions}
