"""The function on trial, ready to be called on a case on any device in any dtype."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from vaultkit.verify.arrays import NotComparableError, precision_of, tensors, to_array
from vaultkit.verify.binding import Binding, fixed
from vaultkit.verify.cases import edge_cases, regular_cases
from vaultkit.verify.concept import Argument, Case, Values
from vaultkit.verify.declare import Settings
from vaultkit.verify.edges import class_axis


class Answer(NamedTuple):
    """What one call gave.

    value:     a float64 array, or None
    raised:    "NameError: name 'np' is not defined", or ""
    unusable:  why what it returned cannot be compared, or ""
    precision: the dtype it was computed in, or None for a plain number
    """

    value: Any = None
    raised: str = ""
    unusable: str = ""
    precision: str | None = None


class Output:
    """What a model returns: the logits as an attribute, a key, or the first element."""

    def __init__(self, logits: Any) -> None:
        self.logits = logits

    def __getitem__(self, key: Any) -> Any:
        if key in (0, "logits"):
            return self.logits
        raise KeyError(key)

    def __iter__(self) -> Iterator[Any]:
        return iter((self.logits,))


class Model:
    """Stands in for a language model: whatever it is asked, these are its logits."""

    def __init__(self, logits: Any) -> None:
        self.logits = logits
        self.device = getattr(logits, "device", None)

    def __call__(self, *_args: Any, **_kwargs: Any) -> Output:
        return Output(self.logits)

    def eval(self) -> Model:
        return self

    def train(self, _mode: bool = True) -> Model:
        return self

    def to(self, *_args: Any, **_kwargs: Any) -> Model:
        return self


@dataclass(frozen=True, slots=True)
class Subject:
    function: Callable[..., Any]
    binding: Binding
    settings: Settings
    seed: int = 0

    @property
    def only(self) -> Values:
        """Hyperparameters the function cannot take, or the note states."""
        return fixed(self.binding, self.settings)

    def regular(self, *, eps: float = 1e-5, most: int = 64_000) -> list[Case]:
        """The regular grid for this function. See `cases.regular_cases`."""
        settings = self.settings
        return regular_cases(
            settings.concept, settings.conventions, self.seed, only=self.only, eps=eps, most=most
        )

    def edges(self) -> list[Case]:
        """The edge cases for this function."""
        settings = self.settings
        return edge_cases(settings.concept, settings.conventions, self.seed, only=self.only)

    def given(self, case: Case, data: Values) -> dict[str, Any]:
        """What each source gives: the data, the conventions, the number of classes, a model."""
        arguments = self.settings.arguments
        given = dict(self.settings.conventions) | data
        axes = ((class_axis(a), a) for a in arguments)
        for axis, argument in axes:
            if axis is not None:
                given["num_classes"] = int(case.values[argument.name].shape[axis])
                break
        if "model" in self.binding.sources:
            given["model"] = Model(data["logits"])
        return given

    def raw(self, case: Case, data: Values, *, seeded: bool = True, **changed: Any) -> Any:
        """The plain result of one call; every generator seeded first unless told otherwise."""
        if seeded:
            _seed(self.seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.binding.invoke(self.function, self.given(case, data) | changed)

    def __call__(self, case: Case, dtype: str, device: str, **changed: Any) -> Answer:
        """Call the function on fresh copies of the case's values."""
        try:
            data = self.data(case, dtype, device)
            result = self.raw(case, data, **changed)
        except (Exception, SystemExit) as error:
            return Answer(raised=told(error))
        try:
            part = picked(result, self.settings.returns)
            return Answer(to_array(part), precision=precision_of(part))
        except NotComparableError as error:
            return Answer(unusable=str(error))

    def data(self, case: Case, dtype: str, device: str) -> Values:
        """The case's values as the backend takes them, freshly made."""
        arguments = self.settings.arguments
        if self.settings.backend == "torch":
            return tensors(arguments, case, dtype, device)
        return {a.name: self._plain(a, case.values[a.name], dtype) for a in arguments}

    def _plain(self, argument: Argument, value: Any, dtype: str) -> Any:
        if not argument.kind.tensor:
            return value
        kind = np.int64 if argument.kind.integer else np.dtype(dtype)
        array = np.array(value, dtype=kind)
        return array if self.settings.backend == "numpy" else array.tolist()


def _seed(seed: int) -> None:
    import torch

    random.seed(seed)
    np.random.seed(seed)
    # torch.manual_seed records a stack trace for every device that is not there yet.
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        torch.cuda.manual_seed_all(seed)


def told(error: BaseException) -> str:
    """An exception in one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:200] if text else type(error).__name__


def picked(result: Any, part: str) -> Any:
    """The declared part of a result: an index, a key or an attribute; all of it for "".

    Raises NotComparableError where there is no such part.
    """
    if not part:
        return result
    try:
        if part.lstrip("-").isdigit():
            return result[int(part)]
        return result[part] if isinstance(result, Mapping) else getattr(result, part)
    except (LookupError, AttributeError, TypeError) as error:
        raise NotComparableError(f"a {type(result).__name__} without `{part}`") from error
