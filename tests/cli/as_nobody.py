"""Answers requests to run a command as somebody who is not root; started by its test.

Each line of stdin is `[arguments, folder]`, each of stdout `[code, stdout, stderr]`. The command
runs in a fork that has given up its rights after everything it may import was imported: the
interpreter itself may lie where nobody may look.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback  # noqa: F401  (what an unforeseen end is told with)
from pathlib import Path

from transcript import call

_NOBODY = 65534


def warm_up() -> None:
    """Have every command import what it imports."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "S.md").write_bytes(b"---\nup: '[[a_b]]'\n---\n[[a_b]] [[x.png]]\n")
        (root / "a b.md").write_bytes(b"---\na: b: c\n---\n")
        (root / "B.canvas").write_bytes(b"{")
        (root / "vaultkit.toml").write_bytes(b"")
        for arguments in (
            ["links", folder, "--format", "json"],
            ["lint", folder],
            ["reconcile", folder, "--save", f"{folder}/plan.json"],
            ["apply", f"{folder}/plan.json", "--vault", folder],
            ["apply", f"{folder}/plan.json", "--vault", folder],
            ["history", folder],
            ["undo", "--vault", folder],
            ["undo", "nothing", "--vault", folder],
            ["links", f"{folder}/gone"],
            ["lnks"],
        ):
            call(*arguments)


def answered(arguments: list[str], folder: str) -> str:
    """The answer of a fork without rights, as a line of JSON."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        os.chdir(folder)
        code, out, err = call(*arguments)
        with open(writing, "w", encoding="utf-8") as pipe:  # noqa: PTH123
            json.dump([int(code), out, err], pipe)
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123
        text = pipe.read()
    os.waitpid(child, 0)
    return text


if __name__ == "__main__":
    warm_up()
    for line in sys.stdin:
        print(answered(*json.loads(line)), flush=True)
