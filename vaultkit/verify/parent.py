"""The warm parent: imports once what the notes import, then forks a child for each job.

It has one thread, computes nothing, never touches a GPU and never runs a note's code.
`runner.py` starts it in a process of its own; when that process goes away, so does this one,
and with it every child.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import sys
from pathlib import Path
from time import monotonic
from typing import NoReturn

from vaultkit.verify import kernel, pages, sandbox
from vaultkit.verify.channel import Channel, Closed
from vaultkit.verify.child import Child, Papers
from vaultkit.verify.inside import live, open_streams
from vaultkit.verify.job import Job
from vaultkit.verify.memory import address_space, usage_of
from vaultkit.verify.outcome import Failure
from vaultkit.verify.runner import fork, make_folder, remove_folder
from vaultkit.verify.sandbox import Gate, Walls
from vaultkit.verify.setup import Ready, Setup

_LOOK = 0.1  # seconds between two looks at what the children hold


def serve(channel: Channel) -> None:
    """Answer jobs with outcomes until the runner goes away."""
    setup: Setup = channel.receive()
    walls = Walls(missing=("switched off",))
    if setup.mode != "off":
        walls = sandbox.probe(setup.room, fork)
        if walls.namespaces:
            sandbox.enter(fork)
    if not walls.namespaces and sys.platform == "linux":
        kernel.adopt_orphans()
    threaded = _import_all((*setup.modules, *setup.ahead))
    if threaded:
        channel.send(Ready(walls, threaded))
        return
    channel.send(Ready(walls, cuda=_cuda_device(), versions=_versions(setup.modules)))
    if walls.namespaces:
        own = os.open("/proc/self/ns/pid", os.O_RDONLY)
        kernel.make_read_only("/")
    else:
        own = -1
    open_streams()
    gc.collect()
    gc.freeze()
    _Loop(channel, setup, walls, own).run()


def _import_all(modules: tuple[str, ...]) -> str:
    """Import what can be imported; the first module after which there are threads, or ""."""
    quiet = os.open(os.devnull, os.O_RDWR)
    kept = os.dup(1), os.dup(2)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    try:
        for name in modules:
            with contextlib.suppress(BaseException):
                importlib.import_module(name)
            if name == "torch" and "torch" in sys.modules:
                sys.modules["torch"].set_num_threads(1)
            if "numpy" in sys.modules:  # loads itself at its first use, which is in every child
                importlib.import_module("numpy.random")
            if _threads() > 1:
                return name
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for descriptor in (quiet, *kept):
            os.close(descriptor)
    return ""


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except OSError:
        import threading

        return threading.active_count()


def _versions(modules: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = [("python", sys.version.split(maxsplit=1)[0])]
    for name in sorted({module.partition(".")[0] for module in modules}):
        version = getattr(sys.modules.get(name), "__version__", None)
        if isinstance(version, str):  # PyTorch's is a class of its own, whose pickle imports it
            found.append((name, str(version)))
    return tuple(found)


def _cuda_device() -> str:
    """The first CUDA device's name, asked in a throwaway child: no context may begin here."""
    nodes = sandbox.accelerators()
    if "torch" not in sys.modules or not any(node.startswith("/dev/nvidia") for node in nodes):
        return ""
    reader, writer = os.pipe()
    child = fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            cuda = sys.modules["torch"].cuda
            if cuda.is_available():
                os.write(writer, cuda.get_device_name(0).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        name = stream.read().decode("utf-8", "replace")
    os.waitpid(child, 0)
    return name


class _Loop:
    def __init__(self, channel: Channel, setup: Setup, walls: Walls, own: int) -> None:
        self.channel, self.setup, self.walls, self.own = channel, setup, walls, own
        self.gate = Gate(setup.room, walls)
        self.pid, self.base = os.getpid(), address_space()
        self.waiting: list[Job] = []
        self.children: dict[int, Child] = {}
        self.by_pidfd: dict[int, Child] = {}
        self.watch = select.poll()
        self.watch.register(channel.reader, select.POLLIN)
        self.looked, self.forks = 0.0, 0

    def run(self) -> None:
        while True:
            try:
                self._step()
            except Closed:
                if not self.walls.namespaces:  # else the kernel ends them with this process
                    for child in self.children.values():
                        child.end_group()
                    for pid in self.children:
                        os.waitpid(pid, 0)  # then all that it started is ours to end
                    self.children.clear()
                    self._reap_strays()
                return

    def _step(self) -> None:
        while self.waiting and len(self.children) < self.setup.jobs:
            self._start(self.waiting.pop(0))
        for descriptor, _ in self.watch.poll(self._patience()):
            if descriptor == self.channel.reader:
                self.waiting += self.channel.ready()
            else:
                self._finish(self.by_pidfd[descriptor])
        for child in [c for c in self.children.values() if c.pidfd < 0]:
            self._finish(child)
        self._look()

    def _patience(self) -> float | None:
        """Milliseconds until something is to be looked at, or None while nothing runs."""
        if not self.children:
            return None
        if len(self.by_pidfd) < len(self.children):
            return 10
        due = min(child.due() for child in self.children.values())
        return max(0.0, min(due - monotonic(), _LOOK)) * 1000 + 1

    def _start(self, job: Job) -> None:
        self.forks += 1
        if self.forks == pages.MANY:
            pages.merge_pages()
        papers = Papers()
        work = self._work(job)
        if self.walls.namespaces:
            kernel.setns(self.own, kernel.CLONE_NEWPID)
            kernel.unshare(kernel.CLONE_NEWPID)
        pid = fork()
        if pid == 0:
            for other in self.children.values():
                other.papers.ledger.close()  # what other notes report is nothing to this one
            live(job, work, self.setup.room, self.gate, papers, (self.pid, self.base))
        child = self.children[pid] = Child(job, pid, papers, work)
        if child.pidfd >= 0:
            self.by_pidfd[child.pidfd] = child
            self.watch.register(child.pidfd, select.POLLIN)

    def _work(self, job: Job) -> str:
        if self.walls.namespaces:
            return self.setup.room.work  # every child mounts its own folder over it
        work = f"{self.setup.room.work}/{job.id}"
        make_folder(work, sandbox.NOBODY if self.walls.nobody else -1)
        return work

    def _finish(self, child: Child) -> None:
        ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None:
            return
        if not self.walls.namespaces:
            child.end_group()  # while the number is still its own: it is not waited for yet
        pid, status, usage = os.wait4(child.pid, 0)
        del self.children[pid]
        if child.pidfd >= 0:
            del self.by_pidfd[child.pidfd]
            self.watch.unregister(child.pidfd)
        if not self.walls.namespaces:
            self._reap_strays()
        outcome = child.finish(status, usage)
        child.close()
        if not self.walls.namespaces:
            remove_folder(child.work)
        self.channel.send(outcome)

    def _reap_strays(self) -> None:
        """Without a process namespace: end what a finished child left behind."""
        for _ in range(100):
            strays = [pid for pid in _own_children() if pid not in self.children]
            if not strays:
                return
            for pid in strays:
                with contextlib.suppress(OSError):
                    os.kill(pid, 9)
                with contextlib.suppress(OSError):
                    os.waitpid(pid, 0)

    def _look(self) -> None:
        now = monotonic()
        for child in self.children.values():
            if now >= child.due():
                child.enforce()
        if now - self.looked < _LOOK:
            return
        self.looked = now
        for child in self.children.values():
            child.enforce()
            if now - child.started < _LOOK or child.killed:
                continue
            limits = child.job.limits
            threads, memory = usage_of(child.pid, 2 * limits.memory)
            if memory > 2 * limits.memory:
                told = f"its processes held more than {2 * limits.memory >> 20} MiB together"
                child.kill(Failure("MemoryLimit", told))
            elif threads > limits.processes:
                told = f"had more than {limits.processes} processes and threads at once"
                child.kill(Failure("ProcessLimit", told))


def _own_children() -> list[int]:
    try:
        text = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def main(reader: int, writer: int) -> NoReturn:
    """Serve on two inherited pipe ends; ends the process."""
    with contextlib.suppress(Closed, BrokenPipeError):
        serve(Channel(reader, writer))
    os._exit(0)
