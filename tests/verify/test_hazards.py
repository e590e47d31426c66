"""What notes can do to the process that runs them: each ends with the right report.

The limits are tight enough that a wall that does not hold costs the machine little: a bomb
stops itself, a flood ends, and nothing is asked for that the machine could not give.
"""

from __future__ import annotations

import time

import pytest
from conftest import MIB, TIGHT
from hazard import end, told

from vaultkit.verify.job import Limits
from vaultkit.verify.runner import Runner


@pytest.mark.parametrize(
    "code",
    [
        "while True:\n    pass",
        "sum(range(10**12))",
        "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
        "import time\ntime.sleep(600)",
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)",
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    ],
    ids=["python-loop", "c-loop", "regex", "sleep", "sigterm-ignored", "deadlock"],
)
def test_endless_code_is_timed_out(runner: Runner, code: str) -> None:
    start = time.monotonic()
    assert told(end(runner, code, timeout=0.5)) == ("timeout", "Timeout")
    assert time.monotonic() - start < 30


def test_an_endless_matmul_is_timed_out(runner: Runner) -> None:
    pytest.importorskip("numpy")
    code = "import numpy as np\na = np.ones((1500, 1500))\nfor _ in range(10**6): a = a @ a * 0"
    assert told(end(runner, code, timeout=0.5)) == ("timeout", "Timeout")


@pytest.mark.parametrize(
    ("code", "verdict", "type_"),
    [
        ("import sys\nsys.exit(0)", "failed", "SystemExit"),
        ("raise SystemExit", "failed", "SystemExit"),
        ("import os\nos._exit(0)", "crashed", "ProcessExit"),
        ("import os\nos._exit(3)", "crashed", "ProcessExit"),
        ("import os\nos.abort()", "crashed", "Signal"),
        ("import ctypes\nctypes.string_at(0)", "crashed", "Signal"),
        ("input()", "failed", "EOFError"),
        ("import sys\nassert sys.stdin.read() == ''\n1/0", "failed", "ZeroDivisionError"),
        ("raise KeyboardInterrupt", "failed", "KeyboardInterrupt"),
        ("def f(): f()\nf()", "failed", "RecursionError"),
        ("class E(Exception):\n    def __str__(self): raise E\nraise E", "failed", "E"),
        ("import os\nos.close(1)\nos.close(2)\n1/0", "failed", "ZeroDivisionError"),
        ("import sys\nsys.stdout = None\n1/0", "failed", "ZeroDivisionError"),
        ("import os\nos.closerange(3, 4096)\n1/0", "failed", "ZeroDivisionError"),
    ],
)
def test_ends_of_every_kind(runner: Runner, code: str, verdict: str, type_: str) -> None:
    assert told(end(runner, code)) == (verdict, type_)


def test_a_signal_to_itself_ends_the_note_or_does_nothing(runner: Runner) -> None:
    made = end(runner, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    if runner.ready.walls.namespaces:
        assert made.verdict == "passed"  # the first process of a namespace cannot be killed so
    else:
        assert told(made) == ("crashed", "Signal")


def test_a_huge_allocation_is_a_memory_error(runner: Runner) -> None:
    assert told(end(runner, "x = bytearray(20 << 30)")) == ("failed", "MemoryError")


def test_many_processes_together_are_held_to_the_limit(runner: Runner) -> None:
    code = (
        "import os, time\n"
        "for _ in range(4):\n"
        "    if os.fork() == 0:\n"
        "        x = bytearray(200 << 20)\n"
        "        time.sleep(15)\n"
        "        os._exit(0)\n"
        "time.sleep(15)\n"
    )
    limits = Limits(block=12, note=20, memory=256 * MIB, processes=40)
    assert told(end(runner, code, limits)) == ("failed", "MemoryLimit")


def test_a_fork_bomb_is_stopped(runner: Runner) -> None:
    # Bounded: at most 300 processes that each live three seconds, should nothing stop it.
    code = (
        "import os, time\n"
        "start = time.time()\n"
        "for _ in range(300):\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(3)\n"
        "        os._exit(0)\n"
        "time.sleep(3)\n"
    )
    made = end(runner, code)
    assert told(made) in [("failed", "ProcessLimit"), ("failed", "BlockingIOError")]


def test_threads_that_never_end_do_not_keep_the_note(runner: Runner) -> None:
    code = (
        "import threading, time\n"
        "for _ in range(5): threading.Thread(target=time.sleep, args=(600,)).start()"
    )
    start = time.monotonic()
    assert end(runner, code).verdict == "passed"
    assert time.monotonic() - start < 10


def test_a_flood_of_output_is_cut(runner: Runner) -> None:
    made = end(runner, "for _ in range(100): print('x' * (1 << 20))")
    assert told(made) == ("failed", "OutputLimit")
    assert 0 < len(made.output) <= TIGHT.kept


def test_a_large_output_is_kept_in_part(runner: Runner) -> None:
    made = end(runner, "print('y' * (1 << 20))")
    assert made.verdict == "passed"
    assert made.output == "y" * TIGHT.kept


def test_a_file_larger_than_the_limit_is_an_error(runner: Runner) -> None:
    code = "with open('big', 'wb') as f:\n    for _ in range(40): f.write(b'x' * (1 << 20))"
    assert told(end(runner, code)) == ("failed", "OSError")


def test_many_files_cannot_fill_the_disk(walled: Runner) -> None:
    code = "for n in range(40):\n    with open(f'f{n}', 'wb') as f: f.write(b'x' * (1 << 20))"
    made = end(walled, code)
    assert told(made) == ("failed", "OSError")
    assert made.failure is not None and "No space left" in made.failure.message
