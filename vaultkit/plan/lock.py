"""One run at a time in a vault: a lock that its owner's death opens.

The kernel's own lock on `.vaultkit.lock` is what counts; it ends with its process, however
that ends. The file says who holds it, for the message. On file systems without such locks
what the file says is checked instead: host, boot, process id and that process's start.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vaultkit.errors import ConflictError
from vaultkit.plan.disk import Disk
from vaultkit.plan.sound import LOCK

_NO_SUCH_LOCKS = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOLCK, errno.EINVAL}
_UNSIGNED = 10  # seconds


@contextlib.contextmanager
def locked(root: Path, command: str, when: str, disk: Disk) -> Iterator[None]:
    """Hold the lock of a vault; ConflictError, naming the holder, when another run has it."""
    path = root / LOCK
    descriptor = _take(path, disk)
    try:
        with contextlib.suppress(OSError):  # a full disk must not keep a run from being undone
            disk.sign_lock(descriptor, json.dumps(_me(command, when)).encode("ascii"))
        yield
    finally:
        try:
            with contextlib.suppress(OSError):  # unlocked in any case, and the run has ended
                disk.remove(path)
        finally:
            os.close(descriptor)


def _take(path: Path, disk: Disk) -> int:
    """An open descriptor of the lock file that holds the lock."""
    while True:
        descriptor, made = disk.open_lock(path)
        try:
            if not _kernel_lock(descriptor) and not made:
                if _alive(descriptor):
                    raise BlockingIOError
                disk.remove(path)  # stale; whoever makes it anew has the lock
                continue
            with contextlib.suppress(FileNotFoundError):
                # The last holder may have removed the file between our open and our lock.
                if os.path.samestat(os.fstat(descriptor), path.lstat()):
                    held, descriptor = descriptor, -1
                    return held
        except BlockingIOError:
            raise _held(path, _owner(descriptor)) from None
        finally:
            if descriptor >= 0:
                os.close(descriptor)


def _kernel_lock(descriptor: int) -> bool:
    """Take the kernel's lock; False where the file system has none, BlockingIOError when held."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno in _NO_SUCH_LOCKS:
            return False
        raise
    return True


def _held(path: Path, owner: dict[str, Any]) -> ConflictError:
    who = "another run"
    if owner:
        what = "`{command}` (process {pid} on {host}, since {when})"
        who = what.format_map(owner)
    return ConflictError(
        f"{who} is changing this vault; nothing was written",
        f"wait until it has ended; if it has, remove {path}",
    )


def _owner(descriptor: int) -> dict[str, Any]:
    """What the lock file says, or nothing where it does not say it whole."""
    try:
        owner = json.loads(os.pread(descriptor, 4096, 0))
    except (OSError, ValueError):
        return {}
    if not isinstance(owner, dict) or owner.keys() != _me("", "").keys():
        return {}
    return owner if isinstance(owner["pid"], int) else {}


def _me(command: str, when: str) -> dict[str, Any]:
    return {
        "command": command,
        "when": when,
        "host": socket.gethostname(),
        "boot": _boot(),
        "pid": os.getpid(),
        "started": _started(os.getpid()),
    }


def _alive(descriptor: int) -> bool:
    """Whether the process that signed the lock file still runs; from another host: yes."""
    owner = _owner(descriptor)
    if not owner:  # made this moment and not signed yet, or cut off in between
        return time.time() - os.fstat(descriptor).st_mtime < _UNSIGNED
    if owner["host"] != socket.gethostname():
        return True
    if owner["boot"] != _boot() or owner["started"] != _started(owner["pid"]):
        return False
    try:
        os.kill(owner["pid"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _boot() -> str:
    """This start of the machine, where the system names it; a process id means nothing after it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_bytes().decode("ascii").strip()
    except OSError:
        return ""


def _started(pid: int) -> str:
    """When a process began, in the system's own count; another value means another process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return ""
    return stat.rpartition(b")")[2].split()[19].decode("ascii")  # field 22 of proc(5)
