"""The lower levels and the walls of an ordinary user, in a user namespace of the test's own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPT = """
import json, os, sys
from pathlib import Path
from vaultkit.verify import kernel
user, group = os.geteuid(), os.getegid()
kernel.unshare(kernel.CLONE_NEWUSER)
Path("/proc/self/setgroups").write_text("deny")
Path("/proc/self/uid_map").write_text(f"1000 {user} 1")
Path("/proc/self/gid_map").write_text(f"1000 {group} 1")
if "none" in sys.argv:
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
from vaultkit.verify.job import Block, Job, Limits
from vaultkit.verify.runner import Runner
vault = sys.argv[1]
codes = [
    "import os\\nprint(os.getuid())",
    f"open({vault!r} + '/new.md', 'w')",
    f"assert open({vault!r} + '/note.md').read()",
    "open('mine', 'w').write('x')",
    "import os\\nos.listdir(os.path.dirname(%r))" % vault,
    "import socket\\nsocket.create_connection(('127.0.0.1', 9), 2)",
    "import os\\npid = os.fork()\\nif pid == 0:\\n    os.setsid()\\n    if os.fork() == 0:\\n"
    "        import time; time.sleep(30)\\n    os._exit(0)\\nos.waitpid(pid, 0)",
    "import os\\nos.setuid(0)",
]
blocks = tuple(Block(n, n * 10, code + "\\n") for n, code in enumerate(codes, 1))
job = Job(1, "n.md", vault + "/n.md", blocks, limits=Limits(block=5, memory=1 << 28))
try:
    with Runner(Path(vault), jobs=1) as runner:
        (made,) = runner.run([job])
        print(json.dumps({
            "level": runner.ready.walls.level,
            "missing": runner.ready.walls.missing,
            "types": [o.failure and o.failure.type for o in made.outcomes],
            "messages": [o.failure and o.failure.message for o in made.outcomes],
            "left": [p.name for p in runner.work.iterdir()],
        }))
except Exception as error:
    print(json.dumps({"error": repr(error)}))
"""


def _as_user(vault: Path, *more: str) -> dict[str, list[str]]:
    made = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(vault), *more],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "unshare" in made.stderr or "Operation not permitted" in made.stderr:
        pytest.skip("this machine gives tests no user namespace")
    assert made.returncode == 0, made.stderr
    told: dict[str, list[str]] = json.loads(made.stdout.splitlines()[-1])
    return told


def test_an_ordinary_user_reaches_the_full_level(vault: Path) -> None:
    told = _as_user(vault)
    if told["level"] != "full":  # type: ignore[comparison-overlap]
        pytest.skip(f"no nested user namespace here: {told['missing']}")
    types = told["types"]
    assert types[0] is None
    assert types[1] in ("OSError", "PermissionError")
    assert types[2:4] == [None, None]
    assert types[4] == "PermissionError"
    assert types[5] in ("OSError", "PermissionError")
    assert types[6] is None
    assert types[7] in ("OSError", "PermissionError")
    assert told["left"] == []


def test_without_namespaces_landlock_still_holds(vault: Path) -> None:
    told = _as_user(vault, "none")
    if told["level"] == "limits":  # type: ignore[comparison-overlap]
        pytest.skip(f"no Landlock here: {told['missing']}")
    assert told["level"] == "landlock"
    assert any(reason.startswith("namespaces:") for reason in told["missing"])
    types = told["types"]
    assert types[1] == "PermissionError"
    assert types[2:5] == [None, None, "PermissionError"]
    assert types[5] in ("PermissionError", "ConnectionRefusedError")
    assert told["left"] == []
