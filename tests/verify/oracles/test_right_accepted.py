"""No right implementation is rejected, whatever its style."""

from __future__ import annotations

import shutil

import pytest
import right_losses  # noqa: F401  (fills the list)
import right_values  # noqa: F401
import torch
from right_implementations import RIGHT, Right
from torch.nn import functional as F  # noqa: N812

from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.judge import judge
from vaultkit.verify.verdict import Level, told


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case.function.__name__)
def test_a_right_implementation_is_accepted(case: Right) -> None:
    verdict = judge(case.function, case.declaration, devices=("cpu",), measured=False)
    assert verdict.level >= Level.AGREES, told(verdict)


def test_styles_are_many_and_cover_every_concept() -> None:
    assert len(RIGHT) >= 20
    assert {case.declaration["implements"] for case in RIGHT} == set(catalogue())


def test_the_fused_functions_are_robust() -> None:
    def soft(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(logits, labels)

    verdict = judge(soft, {"implements": "cross-entropy"}, devices=("cpu",))
    assert verdict.level is Level.ROBUST, told(verdict)


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("c++") or shutil.which("g++")), reason="torch.compile needs a C++ compiler"
)
def test_a_compiled_implementation_is_accepted() -> None:
    @torch.compile(dynamic=True)
    def compiled(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return (logits.logsumexp(1) - logits.gather(1, labels[:, None]).squeeze(1)).mean()

    verdict = judge(
        compiled,
        {"implements": "cross-entropy", "fn": "compiled"},
        devices=("cpu",),
        dtypes=("float64", "float32"),
        examples=0,
        measured=False,
    )
    assert verdict.level >= Level.AGREES, told(verdict)
