"""What notes can do to anything outside their own process: the vault, secrets, other notes."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest
from conftest import job, processes_of, whole
from hazard import end, told

from vaultkit.verify.runner import Runner


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
