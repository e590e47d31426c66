"""What notes can do to the process that runs them: each ends with the right report.

The limits are tight enough that a wall that does not hold costs the machine little: a bomb
stops itself, a flood ends, and nothing is asked for that the machine could not give.
"""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest
from conftest import MIB, TIGHT, job, outcomes, processes_of, whole

from vaultkit.verify.job import Limits
from vaultkit.verify.outcome import Outcome
from vaultkit.verify.runner import Runner


def end(runner: Runner, code: str, limits: Limits = TIGHT, timeout: float | None = None) -> Outcome:
    """What became of a hazard between two harmless blocks, the first of which is kept."""
    timeouts = {2: timeout} if timeout else None
    made = outcomes(runner, job("before = 1", code, "after = 1", limits=limits, timeouts=timeouts))
    assert made[0].verdict == "passed"
    return made[1]


def told(outcome: Outcome) -> tuple[str | None, str]:
    assert outcome.failure is not None
    return outcome.verdict, outcome.failure.type


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


def traits(file: Path) -> tuple[int, ...]:
    """Everything about a file but the time of its last reading."""
    found = file.stat()
    return found.st_mode, found.st_ino, found.st_nlink, found.st_size, found.st_mtime_ns


@pytest.mark.parametrize(
    "code",
    [
        "open({vault!r} + '/new.md', 'w')",
        "open({vault!r} + '/note.md', 'a')",
        "import os\nos.remove({vault!r} + '/note.md')",
        "import os\nos.chmod({vault!r} + '/note.md', 0o777)",
        "import os\nos.utime({vault!r} + '/note.md', (0, 0))",
        "import os\nos.rename({vault!r} + '/note.md', {vault!r} + '/other.md')",
        "import os\nos.symlink('/etc/passwd', {vault!r} + '/link.md')",
    ],
)
def test_the_vault_cannot_be_changed(walled: Runner, vault: Path, code: str) -> None:
    before = traits(vault / "note.md")
    made = end(walled, code.format(vault=str(vault)))
    assert made.failure is not None
    assert made.failure.type in ("PermissionError", "OSError")
    assert (vault / "note.md").read_text() == "# A note\n"
    assert traits(vault / "note.md") == before
    assert sorted(p.name for p in vault.glob("*.md")) == ["note.md"]


@pytest.mark.parametrize(
    "code",
    [
        "open('/proc/self/status').read()",
        "open('/dev/null', 'w').write('x')",
        "open('/dev/urandom', 'rb').read(8)",
        "import tempfile\ntempfile.TemporaryFile().write(b'x')",
        "import tempfile\nopen(tempfile.mkdtemp() + '/x', 'w').write('x')",
        "open('here', 'w').write('x')\nassert open('here').read() == 'x'",
        "from pathlib import Path\n(Path.home() / 'x').write_text('x')",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import json'], check=True)",
        "import multiprocessing\nmultiprocessing.Lock()",
        "from multiprocessing.shared_memory import SharedMemory\n"
        "s = SharedMemory(create=True, size=10)\ns.close()\ns.unlink()",
        "import asyncio\nasync def f(): return 1\nassert asyncio.run(f()) == 1",
    ],
)
def test_what_ordinary_code_needs_is_there(runner: Runner, code: str) -> None:
    made = end(runner, code)
    assert made.verdict == "passed", made.failure


def test_the_vault_can_be_read(runner: Runner, vault: Path) -> None:
    code = f"assert open({str(vault)!r} + '/note.md').read() == '# A note\\n'"
    assert end(runner, code).verdict == "passed"


def test_a_home_full_of_secrets_cannot_be_read(
    walled: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / ".ssh" / "id_ed25519"
    secret.parent.mkdir()
    secret.write_text("secret")
    assert told(end(walled, f"open({str(secret)!r}).read()")) == ("failed", "PermissionError")
    home = os.path.expanduser("~/.ssh")  # noqa: PTH111
    made = end(walled, f"import os\nos.listdir({home!r})")
    assert made.failure is not None
    assert made.failure.type in ("PermissionError", "FileNotFoundError")


def test_the_callers_environment_is_not_passed_on(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULTKIT_TEST_TOKEN", "secret-value")
    code = (
        "import os\n"
        "assert 'secret-value' not in str(dict(os.environ))\n"
        "try:\n    told = open('/proc/self/environ').read()\n"
        "except OSError:\n    told = ''\n"
        "assert 'secret-value' not in told\n"
    )
    with Runner(vault, mode="off") as made:
        assert end(made, code).verdict == "passed"


def test_no_network(walled: Runner) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        code = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)"
        made = end(walled, code)
    assert made.failure is not None
    assert made.failure.type in ("PermissionError", "OSError", "ConnectionRefusedError")
    udp = "import socket\ns = socket.socket(type=socket.SOCK_DGRAM)\ns.connect(('192.0.2.1', 9))"
    assert told(end(walled, udp)) == ("failed", "OSError")


def test_the_parents_group_is_out_of_reach(walled: Runner) -> None:
    code = (
        "import os, signal\n"
        "for target in (os.getppid(), 1, -1):\n"
        "    try: os.kill(target, signal.SIGKILL)\n"
        "    except OSError: pass\n"
        "os.killpg(0, signal.SIGTERM)\n"
    )
    before = walled.ready
    end(walled, code)
    assert walled.ready is before  # the warm parent was never started anew


def test_a_note_that_kills_the_parent_is_found_and_the_rest_runs(vault: Path) -> None:
    killer = job("import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(5)")
    others = [job("x = 1") for _ in range(5)]
    with Runner(vault, mode="off", jobs=2) as made:
        found = {o.id: o for o in made.run([*others[:2], killer, *others[2:]])}
    assert len(found) == 6
    assert told(found[killer.id].outcomes[0]) == ("crashed", "Runner")
    assert all(found[o.id].outcomes[0].verdict == "passed" for o in others)


def test_a_daemon_does_not_outlive_its_note(runner: Runner) -> None:
    code = (
        "import os, sys, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(60)\n"
        "    os._exit(0)\n"
        "time.sleep(0.2)\n"
    )
    assert end(runner, code).verdict == "passed"
    assert runner._process is not None
    first = 1 if runner.ready.walls.namespaces else 0  # the process that waits for the parent
    deadline = time.monotonic() + 5
    while len(processes_of(runner._process.pid)) > first and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(processes_of(runner._process.pid)) == first


LEAKS = [
    ("import os\nos.environ['LEAK'] = '1'", "import os\nassert 'LEAK' not in os.environ"),
    ("import builtins\nbuiltins.leak = 1", "import builtins\nassert not hasattr(builtins, 'leak')"),
    ("import os\nos.chdir('/')", "import os\nassert os.getcwd() != '/'"),
    ("open('leak', 'w').write('x')", "import os\nassert not os.path.exists('leak')"),
    ("import json\njson.leak = 1", "import json\nassert not hasattr(json, 'leak')"),
    ("leak = 1", "assert 'leak' not in globals()"),
    ("import sys\nsys.path.append('/leak')", "import sys\nassert '/leak' not in sys.path"),
    (
        "import random\nrandom.seed(99)",
        "import random\nr = random.Random(1)\nassert random.random() == r.random()",
    ),
    (
        "import tempfile\nopen(tempfile.gettempdir() + '/leak', 'w')",
        "import os, tempfile\nassert not os.path.exists(tempfile.gettempdir() + '/leak')",
    ),
]


@pytest.mark.parametrize(("leak", "check"), LEAKS)
def test_nothing_leaks_from_note_to_note(runner: Runner, leak: str, check: str) -> None:
    assert whole(runner, job(leak)).outcomes[0].verdict == "passed"
    made = whole(runner, job(check)).outcomes[0]
    assert made.verdict == "passed", made.failure
