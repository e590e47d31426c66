"""The first steps of a child, from the fork to the session; it never returns to the parent."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from vaultkit.verify import kernel
from vaultkit.verify.child import Papers
from vaultkit.verify.job import Job
from vaultkit.verify.sandbox import Gate, Room
from vaultkit.verify.session import Session


def live(
    job: Job, work: str, room: Room, gate: Gate, papers: Papers, parent: tuple[int, int]
) -> NoReturn:
    """Close the walls, run the job, end the process.

    parent: the warm parent's number, and the bytes it has mapped, which the limit on memory
            comes on top of.
    """
    number, base = parent
    try:
        _take_streams(papers.output)
        gate.close(
            work, job.limits, 0 if job.device == "cuda" or not base else base + job.limits.memory
        )
        kernel.close_between(3)
        if not gate.walls.namespaces and sys.platform == "linux":
            kernel.die_with_parent()
            if os.getppid() != number:  # it died before it could be tied to
                os._exit(70)
        _settle(job, work)
        Session(job, room.vault, papers.ledger, room.oracles).run()
    except BaseException as error:
        try:
            papers.ledger.add({"refused": f"{type(error).__name__}: {error}"})
        finally:
            os._exit(70)
    os._exit(0)


def _take_streams(output: int) -> None:
    """Nothing on 0, the file that is printed into on 1 and 2."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)


def _settle(job: Job, work: str) -> None:
    """The environment and the folder a note sees."""
    os.environ["VAULTKIT_DEVICE"] = job.device
    os.environ["HOME"] = os.environ["TMPDIR"] = work
    if job.device == "cpu":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.chdir(work)


def open_streams() -> None:
    """Streams on 0, 1 and 2 as every note finds them; the parent makes them once for all."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        made = open(  # noqa: SIM115
            number,
            "w" if number else "r",
            1,
            encoding="utf-8",
            errors="backslashreplace",
            closefd=False,
        )
        setattr(sys, name, made)
        setattr(sys, f"__{name}__", made)
