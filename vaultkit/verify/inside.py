"""The first steps of a child, from the fork to the session; it never returns to the parent."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from typing import Any, NoReturn

from vaultkit.verify import kernel, sandbox
from vaultkit.verify.child import Pipes
from vaultkit.verify.job import Job
from vaultkit.verify.sandbox import Room, Walls
from vaultkit.verify.session import Session

_RECORDS = 200  # far from the numbers that a note's own files get


def live(job: Job, room: Room, walls: Walls, pipes: Pipes, base: int) -> NoReturn:
    """Close the walls, run the job, end the process.

    base: bytes the warm parent has mapped, which the limit on memory comes on top of.
    """
    records = -1
    try:
        records = _take_descriptors(pipes)
        memory = 0 if job.device == "cuda" or not base else base + job.limits.memory
        sandbox.confine(room, walls, job.limits, memory)
        if not walls.namespaces and sys.platform == "linux":
            kernel.die_with_parent()
        _settle(job, room)
        encode = json.JSONEncoder(ensure_ascii=True).encode

        def send(record: dict[str, Any]) -> None:
            data = memoryview(encode(record).encode() + b"\n")
            while data:
                data = data[os.write(records, data) :]

        Session(job, room.vault, send, pipes.mark).run()
    except BaseException as error:
        told = {"refused": f"{type(error).__name__}: {error}"}
        try:
            os.write(records, json.dumps(told).encode() + b"\n")
        finally:
            os._exit(70)
    os._exit(0)


def _take_descriptors(pipes: Pipes) -> int:
    """Nothing on 0, the output pipe on 1 and 2, the record pipe out of the way, all else closed."""
    records = fcntl.fcntl(pipes.records_in, fcntl.F_DUPFD_CLOEXEC, _RECORDS)
    os.dup2(pipes.output_in, 1)
    os.dup2(pipes.output_in, 2)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    kernel.close_between(3, records - 1)
    kernel.close_between(records + 1)
    return records


def _settle(job: Job, room: Room) -> None:
    """The environment, the folder and the streams a note sees."""
    os.environ["VAULTKIT_DEVICE"] = job.device
    os.environ["HOME"] = os.environ["TMPDIR"] = room.work
    if job.device == "cpu":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.chdir(room.work)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    for name in ("stdout", "stderr"):
        stream = open(  # noqa: SIM115
            1 if name == "stdout" else 2,
            "w",
            buffering=1,
            encoding="utf-8",
            errors="backslashreplace",
            closefd=False,
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
