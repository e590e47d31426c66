"""What a function costs beside the fused reference: tensors made, bytes held, seconds.

The count of fresh tensors is the same on every run, so it can be gated on; time and bytes are
reported.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from vaultkit.verify.arrays import tensors
from vaultkit.verify.cases import dims_of, draw
from vaultkit.verify.concept import Case, Values
from vaultkit.verify.domain import Flavour
from vaultkit.verify.subject import Subject, picked
from vaultkit.verify.verdict import Cost

SIZES = {"B": 64, "C": 1000, "T": 32, "V": 1000}
RUNS = 5


def cost(subject: Subject, device: str = "cpu", dtype: str = "float32") -> Cost | None:
    """One forward and backward pass at (64, 1000), or None where there is nothing to measure."""
    settings = subject.settings
    names = dims_of(settings.arguments)
    if settings.backend != "torch" or not names:
        return None
    sizes = {name: SIZES[name] for name in names}
    drawn = draw(settings.concept, settings.arguments, sizes, Flavour(), subject.seed)
    case = Case("cost", drawn | subject.only)

    def ours(data: Values) -> Any:
        return picked(subject.raw(case, data), settings.returns)

    def reference(data: Values) -> Any:
        return settings.concept.reference(**data, **settings.conventions)

    data = tensors(settings.arguments, case, dtype, device)
    leaves = [data[a.name].requires_grad_() for a in settings.arguments if a.gradient == "flows"]
    cells = int(np.prod([sizes[n] for n in names], dtype=np.int64))
    measured = []
    for function in (ours, reference):

        def once(function: Callable[[Values], Any] = function) -> None:
            _pass(function(data), leaves)

        try:
            measured.append((*_counted(once, data, cells, device), _timed(once, device)))
        except Exception:
            return None
    (fresh, peak, seconds), (fused_fresh, fused_peak, fused_seconds) = measured
    shape = f"({', '.join(f'{n}={v}' for n, v in sizes.items())})"
    return Cost(device, shape, fresh, fused_fresh, peak, fused_peak, seconds, fused_seconds)


def _pass(result: Any, leaves: list[Any]) -> None:
    import torch

    if isinstance(result, torch.Tensor) and result.requires_grad:
        torch.autograd.grad(result.sum(), leaves, allow_unused=True)


def _timed(once: Callable[[], None], device: str) -> float:
    import torch

    seconds = []
    for _ in range(RUNS):
        if device.startswith("cuda"):
            torch.cuda.synchronize(device)
        start = perf_counter()
        once()
        if device.startswith("cuda"):
            torch.cuda.synchronize(device)
        seconds.append(perf_counter() - start)
    return median(seconds)


def _counted(once: Callable[[], None], data: Values, cells: int, device: str) -> tuple[int, int]:
    """(fresh tensors of at least so many cells, most bytes held at once)."""
    import torch
    from torch.multiprocessing.reductions import StorageWeakRef
    from torch.utils._python_dispatch import TorchDispatchMode

    class Ledger(TorchDispatchMode):  # type: ignore[no-untyped-call]
        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            given = [v.untyped_storage() for v in data.values() if isinstance(v, torch.Tensor)]
            # Views of the inputs are not fresh, and the inputs are not counted.
            self.held: dict[int, tuple[Any, int]] = {}
            for storage in given:
                self._hold(storage, 0)
            self.fresh = 0
            self.peak = 0

        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            result = func(*args, **(kwargs or {}))
            parts = result if isinstance(result, tuple | list) else (result,)
            for part in parts:
                if isinstance(part, torch.Tensor):
                    self._enter(part)
            return result

        def _enter(self, made: Any) -> None:
            storage = made.untyped_storage()
            self.held = {k: v for k, v in self.held.items() if not v[0].expired()}
            if storage._cdata in self.held:
                return
            self._hold(storage, storage.nbytes())
            self.fresh += int(made.numel() >= cells)
            self.peak = max(self.peak, sum(size for _, size in self.held.values()))

        def _hold(self, storage: Any, size: int) -> None:
            weak = StorageWeakRef(storage)  # type: ignore[no-untyped-call]
            self.held[storage._cdata] = (weak, size)

    if device.startswith("cuda"):
        torch.cuda.reset_peak_memory_stats(device)
        before = torch.cuda.memory_allocated(device)
    with Ledger() as ledger:
        once()
    if device.startswith("cuda"):
        return ledger.fresh, int(torch.cuda.max_memory_allocated(device) - before)
    return ledger.fresh, ledger.peak
