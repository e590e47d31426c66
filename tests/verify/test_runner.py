from __future__ import annotations

import os
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import job, outcomes, whole

from vaultkit.verify.ledger import SIZE, Ledger
from vaultkit.verify.runner import Runner, _make_work


def test_a_module_that_starts_threads_is_left_to_the_notes(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "busy_module.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")
    with Runner(vault, ["json", "busy_module", "math"], jobs=1) as made:
        code = (
            "import sys\nassert 'json' in sys.modules and 'math' in sys.modules\n"
            "assert 'busy_module' not in sys.modules\nimport busy_module\n"
        )
        assert [o.verdict for o in outcomes(made, job(code))] == ["passed"]


def test_modules_are_imported_once_and_failures_are_left_to_the_notes(vault: Path) -> None:
    modules = ["no_such_module_at_all", "string"]
    with Runner(vault, modules, jobs=1) as made:
        (found,) = whole(made, job("import sys\nassert 'string' in sys.modules")).outcomes
        assert found.verdict == "passed"
        (missing,) = whole(made, job("import no_such_module_at_all")).outcomes
        assert missing.failure is not None
        assert missing.failure.type == "ModuleNotFoundError"


def test_the_parent_has_one_thread_even_with_numpy(vault: Path) -> None:
    pytest.importorskip("numpy")
    with Runner(vault, ["numpy"], jobs=1) as made:
        code = "import sys, threading, os\nassert 'numpy' in sys.modules\n"
        code += "assert len(os.listdir('/proc/self/task')) == 1\n"
        (found,) = whole(made, job(code)).outcomes
        assert found.verdict == "passed", found.failure


def test_torch_computes_in_children(vault: Path) -> None:
    """OpenMP threads do not survive a fork: a parent that had computed would hang its children."""
    pytest.importorskip("torch")
    code = (
        "import torch\na = torch.randn(300, 300, requires_grad=True)\n"
        "(a @ a).exp().mean().backward()\nassert a.grad is not None\nprint(torch.rand(1).item())\n"
    )
    with Runner(vault, ["torch"], jobs=2) as made:
        wanted = [job(code) for _ in range(4)]
        found = [o.outcomes[0] for o in made.run(wanted)]
    assert {o.verdict for o in found} == {"passed"}
    assert len({o.output for o in found}) == 1  # the same seed, the same draw, in every child


def test_jobs_run_beside_each_other(vault: Path, tmp_path: Path) -> None:
    """Two notes that wait for each other: run one after the other, neither would end."""
    code = (
        "import os, time\nopen({mine!r}, 'w')\n"
        "while not os.path.exists({other!r}): time.sleep(0.01)\n"
    )
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    wanted = [job(code.format(mine=one, other=two)), job(code.format(mine=two, other=one))]
    with Runner(vault, mode="off", jobs=2) as made:
        found = [o.outcomes[0].verdict for o in made.run(wanted)]
    assert found == ["passed", "passed"]


def test_more_jobs_than_a_pipe_holds(vault: Path) -> None:
    text = "x = '" + "a" * 100_000 + "'"
    with Runner(vault, jobs=2) as made:
        found = list(made.run([job(text, "print(x[:50000])") for _ in range(20)]))
    assert all(o.verdict == "passed" for one in found for o in one.outcomes)


def test_work_folders_of_dead_runs_go_and_those_of_the_living_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    living, lock = _make_work()
    dead = tmp_path / "vaultkit-run-dead"
    dead.mkdir()
    (dead / "left").write_text("x")
    other, second = _make_work()
    assert living.exists() and other.exists() and not dead.exists()
    os.close(lock)
    os.close(second)


def test_many_runs_may_start_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    barrier = threading.Barrier(8)

    def make(_: int) -> tuple[Path, int]:
        barrier.wait()
        return _make_work()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))
    assert all(work.exists() for work, _ in made)
    assert len({work for work, _ in made}) == 8
    for _, lock in made:
        os.close(lock)


def test_a_ledger_that_is_full_says_so() -> None:
    ledger = Ledger()
    ledger.begin(3)
    assert ledger.running()[0] == 3
    assert ledger.add({"end": "a"})
    assert ledger.running()[0] == 0
    assert not ledger.add({"end": "x" * SIZE})
    assert ledger.records() == [{"end": "a"}]
    ledger.close()


def test_a_result_too_large_to_report_fails_its_block(vault: Path) -> None:
    from dataclasses import replace

    made = job("x = ['\\U0001f600' * 1000] * 2000")
    made = replace(made, blocks=(replace(made.blocks[0], result=("x",)),))
    with Runner(vault, jobs=1) as runner:
        (found,) = whole(runner, made).outcomes
    assert found.failure is not None
    assert found.failure.type == "ReportLimit"


def test_what_judging_needs_is_imported_once_for_all(vault: Path) -> None:
    pytest.importorskip("torch")
    look = "import sys\nassert {'torch', 'scipy', 'hypothesis'} <= sys.modules.keys()\n"
    look += "assert 'vaultkit.verify.oracles.mae' in sys.modules"
    with Runner(vault, mode="off", jobs=1, judges=True) as runner:
        assert whole(runner, job(look)).outcomes[0].verdict == "passed"
        # It is ours: what a report says of packages are those that the notes import.
        assert [name for name, _ in runner.ready.versions] == ["python"]


def test_a_ledger_is_true_between_any_two_writes() -> None:
    """The parent looks at any time, and kills at any time."""
    seen: list[tuple[int, bool, int]] = []

    class Watched(bytearray):
        def __setitem__(self, place: object, value: object) -> None:
            super().__setitem__(place, value)  # type: ignore[index, assignment]
            index, since = ledger.running()
            seen.append((index, since > 0, len(ledger.records())))

    ledger = Ledger()
    ledger._memory = Watched(ledger._memory[:])  # type: ignore[assignment]
    for index in (1, 2):
        ledger.begin(index)
        assert ledger.add({"end": index})
    assert all(since for index, since, _ in seen if index)
    assert [records for _, _, records in seen] == sorted(records for _, _, records in seen)
    assert {index for index, _, _ in seen} == {0, 1, 2}
    assert ledger.records() == [{"end": 1}, {"end": 2}]
