"""Disks that count, kill the process, or refuse at a step of the test's choice."""

from __future__ import annotations

import errno
import io
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from vaultkit.plan.disk import Disk

Content = bytes | Callable[[BinaryIO], object]


class SteppedDisk(Disk):
    """Calls `stop` right before each effect, with its number, its name and its first path."""

    def __init__(self, stop: Callable[[int, str, Path | None], None] | None = None) -> None:
        self.steps: list[tuple[str, Path | None]] = []
        self._stop = stop

    def _step(self, name: str, path: Path | None) -> None:
        self.steps.append((name, path))
        if self._stop is not None:
            self._stop(len(self.steps) - 1, name, path)

    def make_folder(self, path: Path) -> None:
        self._step("make_folder", path)
        super().make_folder(path)

    def create(self, path: Path, content: Content, **traits: Any) -> None:
        self._step("create", path)
        super().create(path, content, **traits)

    def sync(self, path: Path) -> None:
        self._step("sync", path)
        super().sync(path)

    def sync_all(self, paths: Sequence[Path]) -> None:
        for path in paths:  # one after the other, so that each has its number
            self.sync(path)

    def rename(self, source: Path, target: Path) -> None:
        self._step("rename", target)
        super().rename(source, target)

    def remove(self, path: Path) -> None:
        self._step("remove", path)
        super().remove(path)

    def remove_folder(self, path: Path) -> None:
        self._step("remove_folder", path)
        super().remove_folder(path)

    def open_lock(self, path: Path) -> tuple[int, bool]:
        self._step("open_lock", path)
        return super().open_lock(path)

    def sign_lock(self, descriptor: int, owner: bytes) -> None:
        self._step("sign_lock", None)
        super().sign_lock(descriptor, owner)


def kill_self() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def killing(at: int) -> SteppedDisk:
    """A disk that kills the process right before the effect of this number."""

    def stop(number: int, name: str, path: Path | None) -> None:
        if number == at:
            kill_self()

    return SteppedDisk(stop)


class TearingDisk(SteppedDisk):
    """A disk that kills the process in the middle of creating a file, half its bytes written."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def create(self, path: Path, content: Content, **traits: Any) -> None:
        if len(self.steps) == self._at:
            whole = io.BytesIO()
            if isinstance(content, bytes):
                whole.write(content)
            else:
                content(whole)
            path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
            kill_self()
        super().create(path, content, **traits)


def refusing(at: int, code: int = errno.ENOSPC) -> SteppedDisk:
    """A disk that refuses the effect of this number, once."""

    def stop(number: int, name: str, path: Path | None) -> None:
        if number == at:
            raise OSError(code, os.strerror(code), str(path))

    return SteppedDisk(stop)


def before(name: str, path: str, action: Callable[[], object], *, times: int = 1) -> SteppedDisk:
    """A disk that calls `action` right before the first effect of this name on a path ending so."""
    left = [times]

    def stop(number: int, step: str, place: Path | None) -> None:
        if left[0] and step == name and place is not None and str(place).endswith(path):
            left[0] -= 1
            action()

    return SteppedDisk(stop)


def in_child(action: Callable[[], object]) -> int | None:
    """Run in a forked process; the signal that ended it, or None where it came to its end.

    An exception in the child counts as a failure of the test.
    """
    pid = os.fork()
    if pid == 0:
        try:
            action()
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the child failed; its traceback is on stderr"
    return None
