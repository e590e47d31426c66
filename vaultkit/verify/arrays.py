"""Arrays to tensors and back: the rounding a dtype does is part of the question, not an error."""

from __future__ import annotations

from typing import Any

import numpy as np

from vaultkit.verify.concept import Argument, Case, Values

DTYPES = ("float64", "float32", "bfloat16", "float16")
REGULAR_DTYPES = ("float64", "float32")


def eps(dtype: str) -> float:
    """The distance from 1 to the next number of this dtype."""
    import torch

    return float(torch.finfo(getattr(torch, dtype)).eps)


def tensor(value: Any, dtype: str, device: str, *, integer: bool, strided: bool = False) -> Any:
    """A tensor on the device; integers become int64; `strided` leaves gaps between the cells."""
    import torch

    kind = torch.int64 if integer else getattr(torch, dtype)
    made = torch.tensor(np.ascontiguousarray(value)).reshape(np.shape(value)).to(kind).to(device)
    if strided and made.ndim:
        wide = torch.stack([made, torch.ones_like(made)], dim=-1)
        made = wide[..., 0]
    return made


def tensors(arguments: tuple[Argument, ...], case: Case, dtype: str, device: str) -> Values:
    """Every tensor argument as a tensor, plain numbers as they are."""
    return {
        a.name: tensor(
            case.values[a.name], dtype, device, integer=a.kind.integer, strided=case.strided
        )
        if a.kind.tensor
        else case.values[a.name]
        for a in arguments
    }


def rounded(arguments: tuple[Argument, ...], values: Values, dtype: str) -> Values:
    """The values as the dtype can hold them, in float64 again: what the definition is asked."""
    if dtype == "float64":
        return values
    return values | {
        a.name: to_array(tensor(values[a.name], dtype, "cpu", integer=False))
        for a in arguments
        if a.kind.tensor and not a.kind.integer
    }


class NotComparableError(TypeError):
    """A result that is no number and no array of numbers."""


def to_array(result: Any) -> Any:
    """A result as a float64 array: a tensor, an array, a number, or a tuple of these.

    Raises NotComparableError for anything else.
    """
    import torch

    if isinstance(result, torch.Tensor):
        if result.is_complex():
            raise NotComparableError("complex numbers")
        if result.is_meta or result.layout is not torch.strided:
            raise NotComparableError("a tensor without plain numbers in it")
        return result.detach().to("cpu").to(torch.float64).numpy()
    if isinstance(result, tuple | list) and result:
        parts = [to_array(part) for part in result]
        if len({part.shape for part in parts}) == 1:
            return np.stack(parts)
        raise NotComparableError(f"a {type(result).__name__} of arrays of several shapes")
    if isinstance(result, int | float | np.ndarray | np.generic):
        array = np.asarray(result)
        if array.dtype.kind in "biuf":
            return array.astype(np.float64)
    raise NotComparableError(f"a {type(result).__name__}")


def precision_of(result: Any) -> str | None:
    """The dtype a result was computed in, or None for a plain number."""
    import torch

    if isinstance(result, tuple | list) and result:
        result = result[0]
    if isinstance(result, torch.Tensor) and result.is_floating_point():
        return str(result.dtype).removeprefix("torch.")
    if isinstance(result, np.ndarray | np.floating) and result.dtype.kind == "f":
        return str(result.dtype)
    return None
