"""Which files a child may touch, by Landlock: a second wall that needs no privilege."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from vaultkit.verify import kernel

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
# How many file rights each ABI knows; an ABI above the last knows at least as many.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP = 0b11
_SCOPES = 0b11  # abstract sockets and signals to processes outside

READ = _EXECUTE | _READ_FILE | _READ_DIR


def restrict(read: Iterable[str], write: Iterable[str], devices: Iterable[str]) -> None:
    """From now on, only these: `read` and below readable, `write` and below all rights.

    devices: single files that may be read, written and asked (`/dev/null`, `/dev/nvidia0`).
    A path that does not exist is passed over. TCP is off from ABI 4, signals outward from
    ABI 6. Raises OSError where Landlock is not to be had.
    """
    version = kernel.landlock_version()
    if version == 0:
        raise OSError("no Landlock in this kernel")
    every = (1 << _RIGHTS[min(version, max(_RIGHTS))]) - 1
    ruleset = kernel.landlock_create(
        every, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0, version
    )
    for path in read:
        _allow(ruleset, path, READ & every)
    for path in write:
        _allow(ruleset, path, every)
    for path in devices:
        _allow(ruleset, path, (_READ_FILE | _WRITE_FILE | _IOCTL | _TRUNCATE) & every)
    kernel.no_new_privileges()
    kernel.landlock_restrict(ruleset)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not os.path.isdir(path):  # noqa: PTH112 (one stat, on a path the caller made)
                rights &= _FILE_RIGHTS
            kernel.landlock_allow(ruleset, rights, descriptor)
        finally:
            os.close(descriptor)
