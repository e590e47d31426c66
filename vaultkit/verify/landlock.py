"""Which files a child may touch, by Landlock: a second wall that needs no privilege."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from vaultkit.verify import kernel

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
# How many file rights each ABI knows; an ABI above the last knows at least as many.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP = 0b11
_SCOPES = 0b11  # abstract sockets and signals to processes outside
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_USE = _READ_FILE | _WRITE_FILE | _IOCTL | _TRUNCATE


class Rule(NamedTuple):
    """Rights on an open file, or on an open folder and all below it."""

    descriptor: int
    rights: int


def rules(read: Iterable[str], devices: Iterable[str]) -> tuple[Rule, ...]:
    """What every child may touch, opened once: `read` and below, and single device files.

    A path that does not exist is passed over, and one that lies below another.
    """
    found: list[Rule] = []
    kept: list[str] = []
    for path in sorted({os.path.realpath(path) for path in read}):
        if not any(path == other or path.startswith(f"{other}/") for other in kept):
            kept.append(path)
            found += _rule(path, _READ)
    for path in devices:
        found += _rule(path, _USE)
    return tuple(found)


def restrict(
    rules: Iterable[Rule], read: Iterable[str], write: Iterable[str], version: int
) -> None:
    """From now on only this: the rules, `read` and below readable, all rights below `write`.

    A rule holds for the file system it was opened in, not for one mounted over it since.

    TCP is off from ABI 4, signals to processes outside from ABI 6. Raises OSError.
    """
    every = (1 << _RIGHTS[min(version, max(_RIGHTS))]) - 1
    network, scopes = (_TCP if version >= 4 else 0), (_SCOPES if version >= 6 else 0)
    ruleset = kernel.landlock_create(every, network, scopes, version)
    for rule in rules:
        kernel.landlock_allow(ruleset, rule.rights & every, rule.descriptor)
    for paths, rights in ((read, _READ & every), (write, every)):
        for path in paths:
            for rule in _rule(path, rights):
                kernel.landlock_allow(ruleset, rule.rights, rule.descriptor)
                os.close(rule.descriptor)
    kernel.no_new_privileges()
    kernel.landlock_restrict(ruleset)
    os.close(ruleset)


def _rule(path: str, rights: int) -> list[Rule]:
    with suppress(OSError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        return [Rule(descriptor, rights if folder else rights & _FILE_RIGHTS)]
    return []
