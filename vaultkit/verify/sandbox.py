"""The walls around a note's process, closed around a forked child without an exec.

Level `full`: namespaces of its own for processes, mounts, network and IPC, everything but a
private working folder read-only, Landlock on top, no privileges. What of that this machine
allows is found by doing it in a throwaway child, never guessed from version numbers.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vaultkit.verify import kernel, landlock
from vaultkit.verify.job import Limits

NOBODY = 65534
_SPACES = kernel.CLONE_NEWPID | kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/etc", "/opt"),
    *("/sys", "/dev", "/nix/store", "/gnu/store"),
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/dxg")
_SHARED_MEMORY = "/dev/shm"

Fork = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Walls:
    """What holds on this machine.

    namespaces: own processes, mounts, network and IPC; nothing of a note outlives its child.
    landlock:   the ABI in use, 0 without.
    nobody:     the child runs as the user `nobody` (only root can give its own name up).
    missing:    why something is not there, one reason each.
    """

    namespaces: bool = False
    landlock: int = 0
    nobody: bool = False
    missing: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        """`full`, `namespaces`, `landlock` or `limits`."""
        if self.namespaces:
            return "full" if self.landlock else "namespaces"
        return "landlock" if self.landlock else "limits"

    def describe(self) -> str:
        """One line for a person: the level, what it is made of, and what is missing."""
        parts = ["own process, mount, network and IPC namespaces"] if self.namespaces else []
        parts += [f"Landlock ABI {self.landlock}"] if self.landlock else []
        parts += ["user nobody"] if self.nobody else []
        parts += ["limits on time, memory, files and output"]
        why = f"; missing: {'; '.join(self.missing)}" if self.missing else ""
        return f"{self.level} ({', '.join(parts)}){why}"


@dataclass(frozen=True, slots=True)
class Room:
    """Where a child lives.

    work:  its private folder, the only place it may write to; also its HOME and TMPDIR.
    vault: read-only.
    read:  further folders it may read.
    oracles: folders of a person's own oracles; it may read them too.
    """

    work: str
    vault: str
    read: tuple[str, ...] = ()
    oracles: tuple[str, ...] = ()


def probe(room: Room, fork: Fork) -> Walls:
    """What this machine allows, tried in throwaway children; call with one thread only."""
    if sys.platform != "linux":
        return Walls(missing=("namespaces and Landlock exist on Linux only",))
    missing: list[str] = []
    spaces = _tried(fork, lambda: _try_spaces(room, fork))
    if spaces:
        missing.append(f"namespaces: {spaces}")
    version = kernel.landlock_version()
    walled = _tried(fork, lambda: _try_landlock(room, version))
    if walled:
        missing.append(f"Landlock: {walled}")
    nobody = False
    if os.geteuid() == 0:
        refused = _tried(fork, lambda: _try_nobody(room))
        nobody = not refused
        if refused:
            missing.append(f"user nobody: {refused}")
    return Walls(not spaces, 0 if walled else version, nobody, tuple(missing))


def enter(fork: Fork) -> None:
    """Put the calling process into namespaces of its own; it returns in the new first process.

    The process that called waits for that one and ends as it ends. Root needs no user
    namespace as a rule; anybody else gets one in which only their own name exists.
    """
    _leave()
    # In a namespace the kernel ends everything with its first process. Without one, whoever
    # runs the notes must live to see its own parent go, and end them itself.
    kernel.die_with_parent()
    child = fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    kernel.die_with_parent()
    kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
    _mount_proc()
    kernel.forbid_ipc()


def _leave() -> None:
    if os.geteuid() == 0:
        with suppress(PermissionError):  # a container may take root's right to it away
            kernel.unshare(_SPACES)
            return
    user, group = os.geteuid(), os.getegid()
    kernel.unshare(_SPACES | kernel.CLONE_NEWUSER)
    kernel.keep_names(user, group)


def _mount_proc() -> None:
    # Containers mask parts of /proc and then refuse a fresh one: the old one still answers.
    with suppress(OSError):
        flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
        kernel.mount("proc", "/proc", "proc", flags)


class Gate:
    """Everything about the walls that is the same for every child, found out once."""

    def __init__(self, room: Room, walls: Walls) -> None:
        self.walls = walls
        self.shared = _SHARED_MEMORY if Path(_SHARED_MEMORY).is_dir() else ""
        self.no_ipc = walls.namespaces and kernel.ipc_is_forbidden()
        self.processors = os.cpu_count() or 1
        self.rules: tuple[landlock.Rule, ...] = ()
        if walls.landlock:
            self.rules = landlock.rules(readable(room), (*_DEVICES, *accelerators()))

    def close(self, work: str, limits: Limits, memory: int) -> None:
        """Close every wall around this process, for good; raises OSError where one does not.

        work:   the only folder to write to, besides shared memory.
        memory: bytes this process may map in all, or 0 for no such limit.
        """
        walls = self.walls
        os.setsid()
        if walls.namespaces:
            # Where no IPC object can be made at all, there is none to hide from each other.
            apart = 0 if self.no_ipc else kernel.CLONE_NEWIPC
            kernel.unshare(kernel.CLONE_NEWNS | apart)
            self._own_folders(work, limits)
            _mount_proc()
        if walls.landlock:
            write = filter(None, (work, self.shared))
            landlock.restrict(self.rules, ("/proc",), write, walls.landlock)
        self._limit(limits, memory)
        if walls.nobody:
            _become_nobody()
        if walls.namespaces or walls.landlock:
            kernel.no_new_privileges()
            with suppress(OSError):  # an architecture whose number we do not know
                kernel.drop_capabilities()
            kernel.keep_dumpable()

    def _own_folders(self, work: str, limits: Limits) -> None:
        user = NOBODY if self.walls.nobody else os.geteuid()
        flags = kernel.MS_NOSUID | kernel.MS_NODEV
        size = f"size={limits.disk},nr_inodes=65536,uid={user}"
        kernel.mount("tmpfs", work, "tmpfs", flags, f"{size},mode=700")
        if self.shared:
            kernel.mount("tmpfs", self.shared, "tmpfs", flags, f"{size},mode=1777")

    def _limit(self, limits: Limits, memory: int) -> None:
        wanted = [
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, limits.disk),
            (resource.RLIMIT_CPU, int(limits.note) * self.processors + 60),
        ]
        if memory:
            wanted.append((resource.RLIMIT_AS, memory))
        if self.walls.namespaces or self.walls.nobody:  # else a person's own would count
            wanted.append((resource.RLIMIT_NPROC, limits.processes))
        for kind, value in wanted:
            hard = resource.getrlimit(kind)[1]
            bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (bound, bound))


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def readable(room: Room) -> tuple[str, ...]:
    """Every folder a child may read: the system, the interpreter, its packages, the vault."""
    interpreter = str(Path(sys.executable).resolve().parent)
    paths = (sys.prefix, sys.base_prefix, sys.exec_prefix, interpreter, *sys.path)
    return (*_SYSTEM, *(p for p in paths if p), room.vault, *room.read, *room.oracles)


def accelerators() -> tuple[str, ...]:
    """The device files through which a GPU is used."""
    names = ("nvidia", "kfd", "dri")
    found: list[str] = []
    with suppress(OSError):
        found = sorted(n for n in os.listdir("/dev") if n.startswith(names))  # noqa: PTH208
    return tuple(f"/dev/{name}" for name in found)


def _try_spaces(room: Room, fork: Fork) -> None:
    _leave()
    if reason := _tried(fork, lambda: _try_mounts(room, fork)):
        raise OSError(reason)


def _try_mounts(room: Room, fork: Fork) -> None:
    kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
    _mount_proc()
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    kernel.make_read_only("/")
    kernel.setns(own, kernel.CLONE_NEWPID)
    kernel.unshare(kernel.CLONE_NEWPID)
    if reason := _tried(
        fork, lambda: Gate(room, Walls(namespaces=True)).close(room.work, Limits(), 0)
    ):
        raise OSError(reason)


def _try_landlock(room: Room, version: int) -> None:
    if version == 0:
        raise OSError("not in this kernel")
    landlock.restrict(landlock.rules(readable(room), _DEVICES), (), (room.work,), version)


def _try_nobody(room: Room) -> None:
    _become_nobody()
    needed = [*sys.path, os.__file__, room.vault, *room.read, *room.oracles]
    needed.append(str(Path(sys.executable).resolve()))
    for path in needed:
        # Ask for what lies below, not for the path itself: a closed parent hides it.
        if path and not os.access(path, os.R_OK) and not _is_absent(path):
            raise OSError(f"{path} cannot be read by it")


def _is_absent(path: str) -> bool:
    try:
        os.stat(path)  # noqa: PTH116 (only the error matters)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _tried(fork: Fork, action: Callable[[], None]) -> str:
    """Why `action` fails in a throwaway child, or "" when it does not."""
    reader, writer = os.pipe()
    child = fork()
    if child == 0:
        code = 1
        try:
            os.close(reader)
            action()
            code = 0
        except OSError as error:
            os.write(writer, json.dumps(error.strerror or str(error)).encode())
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        told = stream.read()
    _, status = os.waitpid(child, 0)
    if status == 0:
        return ""
    return str(json.loads(told)) if told else "the attempt ended without a word"
