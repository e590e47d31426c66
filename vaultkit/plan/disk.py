"""Every effect a run has on a file system, one method each: the store writes through nothing else.

A test hands in another `Disk` that counts, fails or kills the process at a step of its choice.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

# O_NOFOLLOW: a link that appeared since the preflight is refused by the kernel itself.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# What a file system that cannot do something answers; ownership and attributes are then left.
_NOT_HERE = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}
_THREADS, _WORTH_THREADS = 8, 16


class Disk:
    """The real file system. Every method raises OSError where the system refuses."""

    def make_folder(self, path: Path) -> None:
        """Make one folder; its parent must be there, itself not."""
        path.mkdir()

    def create(
        self,
        path: Path,
        content: bytes | Callable[[BinaryIO], object],
        *,
        mode: int | None = None,
        like: Path | None = None,
        mtime_ns: int | None = None,
    ) -> None:
        """Make a file that was not there, not yet synced.

        content:  the bytes, or a function that writes them into the open file.
        mode:     permission bits; without them, what the umask leaves of 0o666.
        like:     a file whose owner and extended attributes are taken over where allowed.
        mtime_ns: time of the last change; without it, now.
        """
        descriptor = os.open(path, _NEW, 0o666 if mode is None else 0o600)
        with (
            _naming(path),
            os.fdopen(descriptor, "wb", 0 if isinstance(content, bytes) else -1) as file,
        ):
            if isinstance(content, bytes):
                _write_whole(descriptor, content)
            else:
                content(file)
                file.flush()
            if like is not None:
                _take_over(descriptor, like)
            if mode is not None:  # after the owner: chown clears the set-id bits
                os.fchmod(descriptor, mode)
            if mtime_ns is not None:
                os.utime(descriptor, ns=(time.time_ns(), mtime_ns))

    def sync(self, path: Path) -> None:
        """Wait until a file's bytes, or a folder's names, are on the device."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            with _naming(path):
                os.fsync(descriptor)
        except OSError as error:
            # Some network and FUSE systems cannot sync a folder; a failed device answers EIO.
            if error.errno not in _NOT_HERE:
                raise
        finally:
            os.close(descriptor)

    def sync_all(self, paths: Sequence[Path]) -> None:
        """Wait for many files at once: the system then commits its journal once for several."""
        if len(paths) < _WORTH_THREADS:
            for path in paths:
                self.sync(path)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_THREADS) as pool:
            for _ in pool.map(self.sync, paths):
                pass

    def rename(self, source: Path, target: Path) -> None:
        """Give a file another name in one step; a file of that name is replaced."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Take a file's name away."""
        path.unlink()

    def remove_folder(self, path: Path) -> None:
        """Take an empty folder away."""
        path.rmdir()

    def open_lock(self, path: Path) -> tuple[int, bool]:
        """A descriptor of the lock file, and whether this call made it."""
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        try:
            return os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o644), True
        except FileExistsError:
            return os.open(path, flags | os.O_CREAT, 0o644), False

    def sign_lock(self, descriptor: int, owner: bytes) -> None:
        """Write into the lock file who holds it."""
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, owner, 0)


def _write_whole(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors about a descriptor name no file: give them the name."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def _take_over(descriptor: int, like: Path) -> None:
    """Owner, group and extended attributes of another file, as far as the system lets us."""
    try:
        theirs, ours = like.lstat(), os.fstat(descriptor)
    except FileNotFoundError:
        return  # vanished since it was read; the check before the rename will tell
    if (theirs.st_uid, theirs.st_gid) != (ours.st_uid, ours.st_gid):
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, theirs.st_uid, theirs.st_gid)
    if not hasattr(os, "listxattr"):
        return
    try:
        for name in os.listxattr(like, follow_symlinks=False):
            os.setxattr(descriptor, name, os.getxattr(like, name, follow_symlinks=False))
    except OSError as error:
        if error.errno not in _NOT_HERE | {errno.ENODATA, errno.ENOENT}:
            raise
