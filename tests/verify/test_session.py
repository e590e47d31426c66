from __future__ import annotations

from pathlib import Path

import pytest
from conftest import job, outcomes, whole

from vaultkit.verify.job import Block, Job
from vaultkit.verify.runner import Runner


def verdicts(runner: Runner, *codes: str) -> list[str | None]:
    return [outcome.verdict for outcome in outcomes(runner, job(*codes))]


def test_blocks_share_one_namespace_in_order(runner: Runner) -> None:
    made = outcomes(runner, job("x = 1", "y = x + 1", "assert y == 2\nprint('y is', y)"))
    assert [o.verdict for o in made] == ["passed"] * 3
    assert [o.output for o in made] == ["", "", "y is 2\n"]


def test_an_error_names_the_notes_line_and_shows_it(runner: Runner) -> None:
    (made,) = outcomes(runner, job("def f(a):\n    return 1 / a\n\nf(0)"))
    assert made.failure is not None
    assert (made.failure.type, made.failure.message) == ("ZeroDivisionError", "division by zero")
    assert made.failure.line == 101
    assert '"/vault/note.md", line 103, in <module>' in made.failure.trace
    assert "return 1 / a" in made.failure.trace
    assert "session.py" not in made.failure.trace


def test_a_syntax_error_names_the_notes_line(runner: Runner) -> None:
    (made,) = outcomes(runner, job("x = 1\ny = = 2"))
    assert made.failure is not None
    assert (made.failure.type, made.failure.line) == ("SyntaxError", 101)


def test_a_block_that_needs_what_a_failed_one_lost_is_blocked(runner: Runner) -> None:
    made = outcomes(
        runner, job("import math\na = 1\nb = 1 / 0", "print(a, math.pi)", "c = b", "d = c", "e = 1")
    )
    assert [o.verdict for o in made] == ["failed", "passed", None, None, "passed"]
    assert [o.blocked_by for o in made] == [None, None, 1, 3, None]
    assert made[0].missing == ("b",)


def test_what_a_block_bound_before_it_failed_is_there(runner: Runner) -> None:
    assert verdicts(runner, "import math\na = 1\nassert a == 2", "print(a, math.pi)") == [
        "failed",
        "passed",
    ]


def test_a_block_whose_result_cannot_be_told_has_still_run(runner: Runner) -> None:
    blocks = (
        Block(1, 5, "x = object()\n", result=("x",), binds=(("x", 1),)),
        Block(2, 10, "print(x)\n", uses=frozenset({"x"})),
    )
    made = whole(runner, Job(10**6, "n.md", "/vault/n.md", blocks)).outcomes
    assert [o.verdict for o in made] == ["failed", "passed"]


def test_a_name_bound_anew_is_no_longer_missing(runner: Runner) -> None:
    assert verdicts(runner, "b = 1 / 0", "b = 2", "print(b)") == ["failed", "passed", "passed"]


def test_tests_in_a_block_are_called(runner: Runner) -> None:
    made = outcomes(
        runner,
        job(
            "def test_right(): assert True is not None",
            "def test_wrong():\n    assert 1 == 2",
            "def test_device(device): assert device == 'cpu'",
            "def test_more(tmp_path): pass",
        ),
    )
    assert [o.verdict for o in made] == ["passed", "failed", "passed", "failed"]
    assert made[1].failure is not None and made[1].failure.line == 201
    assert made[3].failure is not None and "fixture 'tmp_path'" in made[3].failure.message


def marked(code: str, **marks: object) -> Job:
    return Job(10**6, "n.md", "/vault/n.md", (Block(1, 5, code, **marks),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "marks", "verdict", "failure"),
    [
        ("int('x')\n", {"raises": "ValueError"}, "passed", "ValueError"),
        ("[][1]\n", {"raises": "LookupError"}, "passed", "IndexError"),
        ("int('x')\n", {"raises": "TypeError"}, "failed", "ValueError"),
        ("x = 1\n", {"raises": "ValueError"}, "failed", "DidNotRaise"),
        ("assert 0\n", {"xfail": True}, "passed", "AssertionError"),
        ("assert 1\n", {"xfail": True}, "failed", "DidNotFail"),
        ("x = = 1\n", {"raises": "SyntaxError"}, "passed", "SyntaxError"),
        (">>> 1 + 1\n2\n", {"doctest": True}, "passed", None),
        (">>> 1 + 1\n3\n", {"doctest": True}, "failed", "DoctestFailure"),
        (">>> x = 1\n>>> x / 0\n1\n", {"doctest": True}, "failed", "ZeroDivisionError"),
        (
            ">>> int('x')\nTraceback (most recent call last):\n  ...\n"
            "ValueError: invalid literal for "
            "int() with base 10: 'x'\n",
            {"doctest": True},
            "passed",
            None,
        ),
    ],
)
def test_markers_and_doctests(
    runner: Runner, code: str, marks: dict[str, object], verdict: str, failure: str | None
) -> None:
    (made,) = whole(runner, marked(code, **marks)).outcomes
    assert made.verdict == verdict
    assert (made.failure and made.failure.type) == failure


def test_a_wrong_example_names_its_own_line(runner: Runner) -> None:
    (made,) = whole(runner, marked(">>> x = 1\n>>> x\n1\n>>> x + 1\n3\n", doctest=True)).outcomes
    assert made.failure is not None
    assert made.failure.line == 8
    assert "Expected:\n    3\nGot:\n    2" in made.failure.message


def test_doctests_see_and_make_the_notes_names(runner: Runner) -> None:
    blocks = (
        Block(1, 5, "x = 20\n"),
        Block(2, 10, ">>> x + 1\n21\n>>> y = 3\n", doctest=True),
        Block(3, 20, "assert y == 3\n"),
    )
    made = whole(runner, Job(10**6, "n.md", "/vault/n.md", blocks)).outcomes
    assert [o.verdict for o in made] == ["passed"] * 3


def test_future_imports_hold_for_later_blocks(runner: Runner) -> None:
    code = "def f(x: NotThere) -> None: pass"
    assert verdicts(runner, "from __future__ import annotations", code) == ["passed", "passed"]


def test_seeds_are_fixed_for_each_block(runner: Runner) -> None:
    code = "import random\nprint(random.random())"
    first = [o.output for o in outcomes(runner, job(code, code))]
    second = [o.output for o in outcomes(runner, job(code, code))]
    assert first == second
    assert first[0] != first[1]


def test_pickle_dataclass_and_inspect_work(runner: Runner) -> None:
    code = """
import inspect, pickle
from dataclasses import dataclass

@dataclass
class Point:
    x: int

    def double(self):
        return self.x * 2

def f(a):
    return a + 1

assert pickle.loads(pickle.dumps(Point(1))) == Point(1)
assert pickle.loads(pickle.dumps(f))(1) == 2
assert inspect.getsource(f) == "def f(a):\\n    return a + 1\\n"
assert inspect.getsource(Point).startswith("@dataclass\\nclass Point:")
"""
    assert verdicts(runner, code, "assert inspect.getsource(f)") == ["passed", "passed"]


@pytest.mark.parametrize("guarded", [False, True])
def test_spawned_processes_find_the_notes_functions(runner: Runner, guarded: bool) -> None:
    start = "with mp.get_context('spawn').Pool(1) as pool:\n    print(pool.map(f, [1, 2]))\n"
    if guarded:
        start = "if __name__ == '__main__':\n" + start.replace("with", "    with").replace(
            "    print", "        print"
        )
    code = "import multiprocessing as mp\n\ndef f(x):\n    return x * 10\n\n" + start
    made = outcomes(runner, job("import math", code, limits=_patient()))
    assert [(o.verdict, o.output) for o in made] == [("passed", ""), ("passed", "[10, 20]\n")]


def test_they_do_so_where_the_parent_had_the_module_already(vault: Path) -> None:
    """As with PyTorch, which loads it; the block that starts the process does not name it."""
    make = "import multiprocessing as mp\n\ndef f(x):\n    return x * 10\n"
    make += "\ndef run():\n    with mp.get_context('spawn').Pool(1) as pool:\n"
    make += "        return pool.map(f, [1, 2])\n"
    with Runner(vault, ["multiprocessing.pool"], jobs=1) as warm:
        (made,) = warm.run([job(make, "print(run())", limits=_patient())])
    assert [(o.verdict, o.output) for o in made.outcomes] == [
        ("passed", ""),
        ("passed", "[10, 20]\n"),
    ]


def _patient() -> object:
    from dataclasses import replace

    from conftest import TIGHT

    return replace(TIGHT, block=20.0, memory=1 << 30)


def test_forked_processes_report_nothing_of_their_own(runner: Runner) -> None:
    code = "import os\npid = os.fork()\nif pid:\n    os.waitpid(pid, 0)\n"
    assert verdicts(runner, code, "x = 1") == ["passed", "passed"]


def test_files_of_the_vault_that_a_block_reads_are_told(runner: Runner, vault: Path) -> None:
    (vault / "data.csv").write_text("1,2\n")
    code = f"open({str(vault / 'data.csv')!r}).read()"
    made = outcomes(runner, job(code, "x = 1", f"import os\nos.listdir({str(vault)!r})"))
    assert [o.reads for o in made] == [("data.csv",), (), ("/",)]


def test_what_a_block_prints_is_its_own(runner: Runner) -> None:
    made = outcomes(
        runner,
        job(
            "print('a', end='')", "import os, sys\nos.system('echo b')\nsys.stderr.write('c')", "1"
        ),
    )
    assert [o.output for o in made] == ["a", "b\nc", ""]


def test_results_come_back_as_plain_values(runner: Runner) -> None:
    block = Block(1, 5, "loss = [1, 2.5, float('inf')]\n", result=("loss",))
    (made,) = whole(runner, Job(10**6, "n.md", "/vault/n.md", (block,))).outcomes
    ((name, value),) = made.result
    assert name == "loss"
    assert [item["data"] for item in value["data"]] == [1, 2.5, "inf"]


def test_a_result_that_is_not_there_fails_the_block(runner: Runner) -> None:
    block = Block(1, 5, "x = 1\n", result=("loss",))
    (made,) = whole(runner, Job(10**6, "n.md", "/vault/n.md", (block,))).outcomes
    assert made.verdict == "failed"
