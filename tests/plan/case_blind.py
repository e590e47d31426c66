"""A file system that ignores case and Unicode form but keeps names as given, as APFS and NTFS do.

Linux mounts none in a test, so the calls that take a path are led to the entry that such a
system would find. What is listed stays as it is on disk.
"""

from __future__ import annotations

import functools
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultkit.plan.look import folded


def led(path: Any, root: str) -> Any:
    """The path with each part under `root` spelt as an existing entry that equals it."""
    if isinstance(path, int):
        return path
    text = os.fspath(path)
    if not text.startswith(root + "/"):
        return text
    found = root
    for part in text[len(root) + 1 :].split("/"):
        try:
            names = _listdir(found)
        except OSError:
            names = []
        same = [name for name in names if folded(name) == folded(part)]
        found = f"{found}/{part if part in names or not same else same[0]}"
    return found


_listdir = os.listdir


def make_case_blind(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Lead every path below `root` for the length of a test."""
    place = str(root.resolve())

    def one(real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(path: Any, *rest: Any, **named: Any) -> Any:
            return real(led(path, place), *rest, **named)

        return call

    def two(real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(source: Any, target: Any, **named: Any) -> Any:
            return real(led(source, place), led(target, place), **named)

        return call

    for name in ("open", "stat", "lstat", "unlink", "mkdir", "rmdir", "scandir", "access"):
        monkeypatch.setattr(os, name, one(getattr(os, name)))
    for name in ("listxattr", "getxattr", "utime", "chmod", "chown"):
        monkeypatch.setattr(os, name, one(getattr(os, name)))
    monkeypatch.setattr(io, "open", one(io.open))
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, two(getattr(os, name)))
