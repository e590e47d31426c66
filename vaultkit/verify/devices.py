"""Where code runs, and whether two devices agree on what it computed.

A note's code asks `os.environ["VAULTKIT_DEVICE"]` (`cpu` or `cuda`) or, under pytest, the
fixture `device`. On a run for the CPU no GPU is visible, so the usual
`"cuda" if torch.cuda.is_available() else "cpu"` follows the run as well.
"""

from __future__ import annotations

import math
import re
from typing import Any

VARIABLE = "VAULTKIT_DEVICE"
_ASKS = re.compile(rf"\b({VARIABLE}|cuda)\b|\bdef test_\w*\([^)]*\bdevice\b")
_MOST = 100_000
# (relative, absolute), as torch.testing.assert_close has them.
_TOLERANCE = {
    "float64": (1e-7, 1e-7),
    "complex128": (1e-7, 1e-7),
    "float32": (1.3e-6, 1e-5),
    "complex64": (1.3e-6, 1e-5),
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
}


def asks_for_device(code: str) -> bool:
    """True when a block's code looks at the device it runs on."""
    return _ASKS.search(code) is not None


def encode(name: str, value: Any) -> dict[str, Any]:
    """A value as plain JSON: its kind, shape and every number in it.

    Takes numbers, texts, None, (nested) lists, tuples and dicts of them, NumPy arrays and
    torch tensors. Raises TypeError for anything else, ValueError above 100,000 numbers.
    """
    kind = type(value)
    if value is None or kind in (bool, str):
        return {"kind": kind.__name__, "data": value}
    if kind in (int, float):
        return {"kind": kind.__name__, "data": _number(value)}
    if kind in (list, tuple):
        return {"kind": "list", "data": [encode(name, item) for item in value]}
    if kind is dict:
        return {"kind": "dict", "data": [[str(k), encode(name, v)] for k, v in value.items()]}
    if hasattr(value, "detach") and hasattr(value, "cpu"):
        return _array(name, value.detach().cpu(), str(value.dtype).removeprefix("torch."))
    if hasattr(value, "__array__") and hasattr(value, "dtype"):
        return _array(name, value, str(value.dtype))
    raise TypeError(
        f"result={name} is a {kind.__name__}; what can be compared: numbers, texts, lists, "
        "arrays and tensors"
    )


def _array(name: str, value: Any, dtype: str) -> dict[str, Any]:
    shape = [int(size) for size in value.shape]
    if math.prod(shape) > _MOST:
        raise ValueError(
            f"result={name} has {math.prod(shape)} numbers, more than {_MOST}; "
            "name something smaller, such as its sum"
        )
    if dtype == "bfloat16":  # NumPy has no such type, and tolist() widens it
        value = value.float()
    flat = value.reshape(-1).tolist()
    if "complex" in dtype:
        flat = [part for number in flat for part in (number.real, number.imag)]
    return {"kind": dtype, "shape": shape, "data": [_number(number) for number in flat]}


def _number(value: Any) -> Any:
    # JSON has no infinities and no NaN; as texts they compare exactly.
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value


def difference(name: str, one: Any, other: Any, where: tuple[str, str]) -> str:
    """How two encoded values differ beyond their type's tolerance, or "" when they agree."""
    if one["kind"] != other["kind"]:
        return f"{name} is {one['kind']} on {where[0]}, {other['kind']} on {where[1]}"
    if one.get("shape") != other.get("shape"):
        return f"{name} has shape {one['shape']} on {where[0]}, {other['shape']} on {where[1]}"
    left, right = one["data"], other["data"]
    if one["kind"] in ("list", "dict"):
        if len(left) != len(right):
            return f"{name} has {len(left)} items on {where[0]}, {len(right)} on {where[1]}"
        keyed = one["kind"] == "dict"
        for number, (a, b) in enumerate(zip(left, right, strict=True)):
            key, pair = (a[0], (a[1], b[1])) if keyed else (number, (a, b))
            if told := difference(f"{name}[{key}]", *pair, where):
                return told
        return ""
    if "shape" not in one:
        left, right = [left], [right]
    relative, absolute = _TOLERANCE.get(one["kind"], (0.0, 0.0))
    if one["kind"] == "float":  # a Python float out of .item() was a float32 as a rule
        relative, absolute = _TOLERANCE["float32"]
    for number, (a, b) in enumerate(zip(left, right, strict=True)):
        if not _close(a, b, relative, absolute):
            place = f" at {number}" if len(left) > 1 else ""
            return f"{name} differs{place}: {a!r} on {where[0]}, {b!r} on {where[1]}"
    return ""


def _close(one: Any, other: Any, relative: float, absolute: float) -> bool:
    numbers = (int, float)
    if isinstance(one, numbers) and isinstance(other, numbers) and type(one) is not bool:
        return bool(abs(one - other) <= absolute + relative * abs(other))
    return bool(one == other)
