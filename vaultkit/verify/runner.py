"""The only door through which processes start: a warm parent, and its forks.

The parent is a fresh interpreter, so that nothing of the caller (threads, open files,
tokens in its environment or memory) is there for a note to find.
"""

from __future__ import annotations

import fcntl
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import vaultkit
from vaultkit.errors import UsageError
from vaultkit.verify.channel import Channel, Closed
from vaultkit.verify.job import Job
from vaultkit.verify.outcome import Failure, JobOutcome, Outcome
from vaultkit.verify.sandbox import Room
from vaultkit.verify.setup import Ready, Setup

if TYPE_CHECKING:  # the warm parent imports this module too, and every page of it is forked
    import subprocess

_PREFIX = "vaultkit-run-"
# What a note may see of the caller's environment; everything else may be a secret.
_PASSED = re.compile(
    r"(PATH|LANG|LANGUAGE|LC_\w+|TZ|PYTHONPATH|PYTHONHOME|PYTHONUTF8|VIRTUAL_ENV|CONDA_PREFIX"
    r"|LD_LIBRARY_PATH|CUDA_\w+|NVIDIA_\w+|SSL_CERT_\w+|SYSTEMROOT)\Z"
)
# One thread each: an OpenMP team in the parent would hang its children.
_FIXED = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "Agg",
}
# What judging a function imports; a child that did it itself would do it for every note.
_JUDGING = ("torch", "vaultkit.verify.ahead")


def fork() -> int:
    """Fork this process; the only place where it is done."""
    return os.fork()


def make_folder(path: str, owner: int) -> None:
    """Make a child's working folder; owner -1 leaves it to this process's user."""
    os.mkdir(path, 0o700)  # noqa: PTH102
    if owner >= 0:
        os.chown(path, owner, owner)


def remove_folder(path: str | Path) -> None:
    """Take a working folder away with all that is in it."""
    import shutil

    shutil.rmtree(path, ignore_errors=True)


def write_file(path: str, text: str) -> None:
    """Write a file into a child's working folder, for the child itself."""
    Path(path).write_text(text, encoding="utf-8")


class Runner:
    """A warm parent and what it runs; use it as a context manager.

    Raises UsageError at the start when `mode` is `require` and the level is not `full`.
    """

    def __init__(
        self,
        vault: Path,
        modules: Iterable[str] = (),
        mode: str = "auto",
        jobs: int = 0,
        read: Iterable[str] = (),
        oracles: Iterable[str] = (),
        judges: bool = False,
    ) -> None:
        if os.name != "posix":
            raise UsageError("notes can be run on POSIX systems only", "use Linux, or WSL")
        self.vault, self.mode = vault.resolve(), mode
        self.read, self.oracles = tuple(read), tuple(oracles)
        self.modules = tuple(dict.fromkeys(modules))
        self.ahead = _JUDGING if judges else ()
        self.jobs = jobs or len(os.sched_getaffinity(0))
        self.work, self._lock = _make_work()
        self._cold: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self.ready = self._start()
        except BaseException:
            self.close()
            raise
        if mode == "require" and self.ready.walls.level != "full":
            self.close()
            raise UsageError(
                f"the sandbox reaches only the level {self.ready.walls.describe()}",
                "run on a system that allows namespaces and Landlock, or choose --sandbox auto",
            )

    def run(self, jobs: Iterable[Job]) -> Iterator[JobOutcome]:
        """The outcome of every job, in the order in which they end."""
        waiting = iter(jobs)  # the next is made while others run
        running: dict[int, Job] = {}
        alone: list[Job] = []  # ran when the parent died: each gets one more try, by itself
        tried: set[int] = set()
        while True:
            room = 1 if alone or (running.keys() & tried) else self.jobs * 2
            while len(running) < room:
                job = alone.pop() if alone else next(waiting, None)
                if job is None:
                    break
                running[job.id] = job
                self._send(job)
            if not running:
                return
            try:
                outcome: JobOutcome = self._channel.receive()
            except Closed:
                suspects = list(running.values())
                running.clear()
                self._restart()
                if len(suspects) == 1 and (self.jobs == 1 or suspects[0].id in tried):
                    yield _killed_the_parent(suspects[0])
                else:
                    tried |= {job.id for job in suspects}
                    alone += suspects
                continue
            del running[outcome.id]
            yield outcome

    def close(self) -> None:
        """End the parent and every child, and take the working folder away."""
        self._stop()
        remove_folder(self.work)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Runner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, job: Job) -> None:
        with suppress(Closed):  # told by the next receive
            self._channel.send(job)

    def _start(self) -> Ready:
        while True:
            self._process, self._channel = _launch()
            modules, ahead = (
                tuple(m for m in some if m not in self._cold) for some in (self.modules, self.ahead)
            )
            room = Room(str(self.work), str(self.vault), self.read, self.oracles)
            try:
                self._channel.send(Setup(room, self.mode, modules, self.jobs, ahead))
                ready: Ready = self._channel.receive()
            except Closed:
                code = self._process.wait()
                raise RuntimeError(f"the warm parent ended at its start, with {code}") from None
            if not ready.threaded:
                return ready
            self._cold.add(ready.threaded)
            self._stop()

    def _restart(self) -> None:
        self._stop()
        for left in self.work.iterdir():
            remove_folder(left)
        self.ready = self._start()

    def _stop(self) -> None:
        if self._process is None:
            return
        self._channel.close()  # the parent ends its children and itself when this closes
        from subprocess import TimeoutExpired

        try:
            self._process.wait(timeout=5)
        except TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def _launch() -> tuple[subprocess.Popen[bytes], Channel]:
    import subprocess

    down, up = os.pipe(), os.pipe()
    home = str(Path(vaultkit.__file__).parent.parent)
    program = (
        f"import sys; sys.path.append({home!r})\n"
        "from vaultkit.verify.runner import serve_forever\n"
        f"serve_forever({down[0]}, {up[1]})"
    )
    environment = {k: v for k, v in os.environ.items() if _PASSED.match(k)} | _FIXED
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        stdin=subprocess.DEVNULL,
        env=environment,
        pass_fds=(down[0], up[1]),
        start_new_session=True,
    )
    os.close(down[0])
    os.close(up[1])
    return process, Channel(up[0], down[1])


def serve_forever(reader: int, writer: int) -> None:
    """Be the warm parent; what `_launch` runs."""
    from vaultkit.verify.parent import main

    for descriptor in (reader, writer):
        os.set_inheritable(descriptor, False)
    main(reader, writer)


def _make_work() -> tuple[Path, int]:
    """A fresh folder, locked while this process lives; those of dead runs are taken away."""
    import tempfile

    base = Path(tempfile.gettempdir()).resolve()
    for left in base.glob(_PREFIX + "*"):
        with suppress(OSError):
            lock = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
            try:
                if os.fstat(lock).st_uid == os.geteuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    remove_folder(left)
            finally:
                os.close(lock)
    while True:
        work = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
        with suppress(FileNotFoundError):  # a neighbour took it for a dead run's before the lock
            lock = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if work.exists():
                work.chmod(0o711)
                return work, lock
            os.close(lock)


def _killed_the_parent(job: Job) -> JobOutcome:
    first = next(block.index for block in job.blocks if not block.absent)
    told = Failure("Runner", "the note ended the process that ran it and all its reports")
    return JobOutcome(job.id, (Outcome(first, "crashed", failure=told),), first)
