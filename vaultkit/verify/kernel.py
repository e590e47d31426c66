"""The Linux calls that Python does not offer, by ctypes; nothing here starts a process.

Each raises OSError as `os` would, and OSError(ENOSYS) where the platform has no such call.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from functools import cache
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_PR_SET_CHILD_SUBREAPER = 36
_SIGKILL = 9
_MADV_COLLAPSE = 25

# One number on every architecture since Linux 5.
_CLOSE_RANGE, _MOUNT_SETATTR = 436, 442
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_CAPSET = {"x86_64": 126, "aarch64": 91}

_AT_FDCWD, _AT_RECURSIVE, _MOUNT_ATTR_RDONLY = -100, 0x8000, 1


@cache
def _libc() -> ctypes.CDLL:
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, "only Linux has this call")
    return ctypes.CDLL(None, use_errno=True)


def _check(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces that the flags name; the new process namespace is for children."""
    _check(_libc().unshare(flags))


def setns(descriptor: int, flags: int) -> None:
    """Join the namespace behind a descriptor of /proc/PID/ns."""
    _check(_libc().setns(descriptor, flags))


def keep_names(user: int, group: int) -> None:
    """In a new user namespace: one user and one group, called as outside."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


_IPC = {
    "kernel/shmmni": "0",
    "kernel/msgmni": "0",
    "kernel/sem": "0 0 0 0",
    "fs/mqueue/queues_max": "0",
}


def forbid_ipc() -> None:
    """Let nobody in this IPC namespace make a segment, queue or semaphore, as far as allowed.

    Only in a namespace of one's own: elsewhere it would hold for the whole machine.
    """
    for name, none in _IPC.items():
        try:
            descriptor = os.open(f"/proc/sys/{name}", os.O_WRONLY)
        except OSError:
            continue
        try:
            os.write(descriptor, none.encode())
        except OSError:
            continue
        finally:
            os.close(descriptor)


def ipc_is_forbidden() -> bool:
    """Whether `forbid_ipc` has had its way with everything."""
    try:
        return all(
            Path("/proc/sys", name).read_text().split() == none.split()
            for name, none in _IPC.items()
        )
    except OSError:
        return False


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """mount(2); an empty text stands for NULL."""
    _check(
        _libc().mount(
            source.encode() or None,
            os.fsencode(target),
            kind.encode() or None,
            ctypes.c_ulong(flags),
            options.encode() or None,
        )
    )


def make_read_only(path: str) -> None:
    """Make the mount at `path` and every mount below it read-only, in one step (Linux 5.12)."""
    attributes = struct.pack("=QQQQ", _MOUNT_ATTR_RDONLY, 0, 0, 0)
    _check(
        _libc().syscall(_MOUNT_SETATTR, _AT_FDCWD, os.fsencode(path), _AT_RECURSIVE, attributes, 32)
    )


def die_with_parent() -> None:
    """Be killed when the thread that forked this process ends; lost on a change of user."""
    _check(_libc().prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0))


def adopt_orphans() -> None:
    """Descendants whose parent ends become this process's children."""
    _check(_libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))


def keep_dumpable() -> None:
    """Let this process read its own /proc files after it changed its user."""
    _check(_libc().prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0))


def no_new_privileges() -> None:
    """No exec may give this process or its descendants more rights; cannot be undone."""
    _check(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def drop_capabilities() -> None:
    """Give up every capability of this thread."""
    number = _CAPSET.get(os.uname().machine)
    if number is None:
        raise OSError(errno.ENOSYS, "no capset number for this architecture")
    header = struct.pack("=Ii", 0x20080522, 0)
    _check(_libc().syscall(number, header, struct.pack("=6I", *[0] * 6)))


def close_between(lowest: int, highest: int = 0xFFFFFFFF) -> None:
    """Close every descriptor from `lowest` to `highest`."""
    try:
        _check(_libc().syscall(_CLOSE_RANGE, lowest, highest, 0))
    except OSError:
        os.closerange(lowest, min(highest, 4096) + 1)


def merge_pages(start: int, end: int) -> None:
    """Put a range of this process's memory into huge pages, now (Linux 6.1)."""
    _check(_libc().madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_COLLAPSE))


def landlock_version() -> int:
    """The Landlock ABI of this kernel; 0 where it has none or it is switched off."""
    try:
        return _check(_libc().syscall(_LANDLOCK_CREATE, None, 0, 1))
    except OSError:
        return 0


def landlock_create(files: int, network: int, scopes: int, version: int) -> int:
    """A new ruleset's descriptor; the words are the rights it takes away."""
    words = 1 if version < 4 else 2 if version < 6 else 3
    attributes = struct.pack(f"={words}Q", *(files, network, scopes)[:words])
    return _check(_libc().syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0))


def landlock_allow(ruleset: int, rights: int, directory: int) -> None:
    """Give back `rights` on everything below an open directory, or on an open file."""
    _check(_libc().syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, directory), 0))


def landlock_restrict(ruleset: int) -> None:
    """Hold this thread and its descendants to the ruleset; needs no new privileges first."""
    _check(_libc().syscall(_LANDLOCK_RESTRICT, ruleset, 0))
