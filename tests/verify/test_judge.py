"""From a function and its declaration to a verdict."""

from __future__ import annotations

import pickle
import random

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from vaultkit.errors import UsageError
from vaultkit.verify.judge import judge
from vaultkit.verify.verdict import REGULAR, Level, lowest, told

CE = {"implements": "cross-entropy", "fn": "ce"}


def ce(logits, labels):
    return F.cross_entropy(logits, labels)


def quick(function, declaration=CE, **options):
    """A judgement in double precision, without costs or a search."""
    usual = {"devices": ("cpu",), "dtypes": ("float64",), "measured": False, "examples": 0}
    return judge(function, declaration, **usual | options)


@pytest.fixture(scope="module")
def robust():
    return judge(ce, CE, seed=5)


def test_a_verdict_is_plain_and_picklable(robust) -> None:
    assert pickle.loads(pickle.dumps(robust)) == robust
    assert robust.level is Level.ROBUST
    assert robust.conventions[:2] == (("reduction", "mean"), ("ignore_index", "-100"))
    assert (robust.seed, robust.divergences, robust.counterexample) == (5, (), None)


def test_same_seed_same_verdict(robust) -> None:
    assert judge(ce, CE, seed=5) == robust


def test_the_verdict_does_not_hang_on_the_callers_random_state(robust) -> None:
    random.seed(99)
    np.random.seed(99)
    torch.manual_seed(99)
    assert judge(ce, CE, seed=5) == robust


def test_a_device_that_is_not_there_is_skipped_and_named(robust) -> None:
    missing = [cell for cell in robust.cells if cell.device == "cuda"]
    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device")
    assert [cell.dtype for cell in missing] == ["float64", "float32", "bfloat16", "float16"]
    assert {(cell.level, cell.skipped) for cell in missing} == {(None, "no device")}
    assert told(robust).count("skipped: no device") == 4


def test_every_device_and_dtype_has_a_cell_with_its_errors(robust) -> None:
    cells = {cell.dtype: cell for cell in robust.cells if cell.device == "cpu"}
    assert all(cell.level is Level.ROBUST for cell in cells.values())
    assert cells["float64"].error < 1e-13 < cells["float32"].error < 1e-3
    assert cells["float32"].error < cells["bfloat16"].error
    assert cells["float64"].cases >= 20
    assert all(cell.reference_error == 0 for cell in cells.values())


def test_two_devices_are_compared_with_each_other() -> None:
    verdict = quick(ce, devices=("cpu", "cpu:0"))
    first, second = verdict.cells
    assert (first.device_gap, second.device_gap) == (None, 0.0)
    # A job for one device alone asks the CPU for its answers itself.
    assert [cell.device_gap for cell in quick(ce, devices=("cpu:0",)).cells] == [0.0]
    drifting = iter(range(10**6))

    def drifts(logits, labels):
        return F.cross_entropy(logits, labels) + next(drifting) * 1e-12

    assert quick(drifts, devices=("cpu", "cpu:0")).cells[1].device_gap > 0


def test_a_function_that_always_raises_is_only_executed() -> None:
    def broken(logits, labels):
        return undefined(logits)  # noqa: F821

    verdict = quick(broken)
    assert verdict.level is Level.EXECUTED
    assert "NameError: name 'undefined' is not defined" in verdict.explanation


def test_a_function_of_other_parameters_is_only_executed() -> None:
    verdict = quick(lambda logits: logits.sum())
    assert verdict.level is Level.EXECUTED
    assert "takes no labels" in verdict.explanation


def test_an_answer_that_cannot_be_compared_is_only_called() -> None:
    verdict = quick(lambda logits, labels: None)
    assert verdict.level is Level.CALLED
    assert "a NoneType" in verdict.explanation
    pair = quick(lambda logits, labels: (F.cross_entropy(logits, labels), logits))
    assert pair.level is Level.CALLED


@pytest.mark.parametrize("part", ["0", "loss"])
def test_the_note_says_which_part_of_an_answer_counts(part: str) -> None:
    def several(logits, labels):
        loss = F.cross_entropy(logits, labels)
        return (loss, logits) if part == "0" else {"loss": loss, "logits": logits}

    assert quick(several, CE | {"returns": part}).level >= Level.AGREES


def test_an_error_on_some_inputs_is_a_divergence() -> None:
    def picky(logits, labels):
        if len(labels) == 7:
            raise ValueError("seven rows")
        return F.cross_entropy(logits, labels)

    verdict = quick(picky)
    assert verdict.level is Level.DIVERGES
    assert verdict.counterexample.got == "ValueError: seven rows"


def test_leaving_the_process_is_an_error_too() -> None:
    def leaves(logits, labels):
        raise SystemExit(0)

    assert "SystemExit" in quick(leaves).explanation


def test_a_rare_mistake_is_found_by_the_search() -> None:
    """Wrong for one exact score alone, which no case of the grid has."""

    def rare(logits, labels):
        loss = F.cross_entropy(logits, labels)
        return loss * 2 if (logits == 2.5).any() else loss

    assert quick(rare).level >= Level.AGREES
    verdict = quick(rare, examples=60)
    assert verdict.level is Level.DIVERGES
    assert "2.5" in verdict.counterexample.call


def test_large_inputs_alone_shrink_to_what_fails() -> None:
    def wide(logits, labels):
        loss = F.cross_entropy(logits, labels)
        return loss + 1 if logits.shape[1] > 500 else loss

    shown = quick(wide).counterexample
    assert "of shape (1, 50" in shown.call


def test_a_loss_without_a_gradient_diverges_unless_it_is_declared_a_metric() -> None:
    def number(logits, labels):
        return F.cross_entropy(logits, labels).item()

    refused = quick(number)
    assert refused.level is Level.DIVERGES
    assert "no gradient path" in refused.counterexample.got
    assert quick(number, CE | {"gradient": "none"}).level is Level.ROBUST


def test_a_wrong_gradient_behind_right_values_diverges() -> None:
    def straight_through(logits, labels):
        loss = F.cross_entropy(logits, labels)
        return loss.detach() + logits.mean() - logits.mean().detach()

    verdict = quick(straight_through)
    assert verdict.level is Level.DIVERGES
    assert verdict.cells[0].level is Level.DIVERGES
    assert verdict.counterexample.topic == REGULAR
    assert "Jacobian mismatch" in verdict.counterexample.got


def test_declared_ignored_rows_belong_to_the_regular_domain() -> None:
    def crashes(logits, labels):
        return -logits.log_softmax(-1).gather(1, labels[:, None]).mean()

    assert quick(crashes).level is Level.AGREES
    assert quick(crashes, CE | {"ignore_index": "-100"}).level is Level.DIVERGES
    assert "ignore_index" not in {
        d.topic for d in quick(crashes, CE | {"ignore_index": "none"}).divergences
    }


def test_half_precision_alone_never_refutes() -> None:
    def coarse(logits, labels):
        loss = F.cross_entropy(logits, labels)
        return loss * 1.5 if logits.dtype == torch.bfloat16 else loss

    verdict = quick(coarse, dtypes=("float64", "bfloat16"))
    assert verdict.level is Level.AGREES
    assert verdict.cells[1].level is Level.DIVERGES
    assert verdict.divergences[0].topic == "half precision"


def test_half_precision_is_not_asked_of_what_is_refuted() -> None:
    verdict = quick(lambda x, y: -ce(x, y), dtypes=("float64", "float16"))
    assert verdict.cells[1].skipped == "refuted on the regular domain"


def test_only_half_precision_is_no_proof() -> None:
    assert quick(ce, dtypes=("bfloat16",)).level is Level.CALLED


def test_remarks_decide_nothing() -> None:
    def in_place(logits, labels, num_classes):
        logits += 1
        return F.cross_entropy(logits, labels) + 0 * torch.rand(())

    def noisy(logits, labels):
        return F.cross_entropy(logits, labels) + 1e-12 * torch.rand(())

    remarks = " | ".join(quick(in_place, CE | {"gradient": "none"}).remarks)
    assert "changes its argument `logits` in place" in remarks
    assert "`num_classes` is a dead argument" in remarks
    verdict = quick(noisy)
    assert verdict.level >= Level.AGREES
    assert any("draws random numbers" in remark for remark in verdict.remarks)
    assert quick(lambda x, y: ce(x.float(), y)).remarks == (
        "computes in float32 even on float64 inputs, and was judged as float32",
    )


def test_a_declaration_that_makes_no_sense_is_the_notes_mistake() -> None:
    with pytest.raises(UsageError):
        judge(ce, {"implements": "cross-entrpy"})


def test_the_lowest_verdict_is_the_blocks() -> None:
    good, bad = quick(ce), quick(lambda x, y: -ce(x, y))
    assert lowest([good, bad]) is Level.DIVERGES
    assert lowest([]) is None
    assert good.meets("agrees")
    assert good.meets("robust")
    assert not bad.meets("executed")


def test_a_verdict_reads_as_text() -> None:
    text = told(quick(lambda x, y: -ce(x, y)))
    assert "cross-entropy: diverges" in text
    assert "always -1 times the definition" in text
    assert "(logits=[[0, 0]], labels=[0])" in text
    assert "gives -0.693147, right is 0.693147" in text


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_cpu_and_cuda_are_both_judged_and_compared() -> None:
    verdict = judge(ce, CE)
    assert verdict.level is Level.ROBUST
    cuda = [cell for cell in verdict.cells if cell.device == "cuda"]
    assert all(cell.level is Level.ROBUST for cell in cuda)
    assert all(cell.device_gap is not None for cell in cuda)
