"""Transcripts: commands and what they print, checked in, and rewritten with one flag.

A line that begins with `$ ` is a command, one that begins with `# ` a remark; what follows is what
the command prints, its stderr with `! ` before each line, then `[exit N]` where N is not 0.
`vaultkit` runs in this process, everything else in bash. What differs from run to run is replaced:
the folder by /home/me, run ids by RUN-1, RUN-2 …, times by WHEN.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple

from vaultkit.cli import run

_RUN = re.compile(r"\d{8}T\d{6}Z-\d{3}")
_WHEN = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00")


class Answer(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def call(*arguments: str) -> Answer:
    """Run `vaultkit` in this process, as with its output in a pipe."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(list(arguments))
    texts = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return Answer(code, *texts)


def played(script: str, home: Path) -> str:
    """The transcript of a script's commands, run one after the other from the folder `home`."""
    lines: list[str] = []
    runs: dict[str, str] = {}
    folder = home
    for line in script.splitlines():
        if line.startswith("# "):
            lines += ["", line] if lines else [line]
            continue
        if not line.startswith("$ "):
            continue
        lines += ["", line] if lines and not lines[-1].startswith("# ") else [line]
        command = line[2:]
        for name in sorted(runs, key=len, reverse=True):
            command = re.sub(rf"\b{runs[name]}\b", name, command)
        if command.startswith("cd "):
            folder = (folder / command[3:].replace("~", str(home))).resolve()
            continue
        answer = _answer(command, folder, home)
        text = answer.out + "".join(f"! {item}\n" for item in answer.err.splitlines())
        for name in dict.fromkeys(_RUN.findall(text)):
            runs.setdefault(name, f"RUN-{len(runs) + 1}")
        text = _RUN.sub(lambda match: runs[match[0]], text)
        text = _WHEN.sub("WHEN", text).replace(str(home), "/home/me")
        lines += [item.rstrip() for item in text.splitlines()]
        if answer.code:
            lines.append(f"[exit {answer.code}]")
    return "\n".join(lines) + "\n"


def _answer(command: str, folder: Path, home: Path) -> Answer:
    os.chdir(folder)
    if not command.startswith("vaultkit "):
        done = subprocess.run(
            ["bash", "-c", command],
            capture_output=True,
            text=True,
            cwd=folder,
            env={**os.environ, "HOME": str(home)},
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)
    arguments = [
        item.replace("~/", f"{home}/") if item.startswith("~/") else item
        for item in shlex.split(command)
    ]
    return call(*arguments[1:])
