"""What a process and its descendants hold at a moment, from /proc."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_FORKING_THREADS = 64  # of one process, looked at for children


def address_space() -> int:
    """Bytes this process has mapped; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
    except (OSError, ValueError):
        return 0


def usage_of(pid: int, enough: int) -> tuple[int, int]:
    """Threads of a process and its descendants, and the bytes of memory they hold.

    Pages that several share count once for each: only when that sum passes `enough` are
    they shared out exactly, which costs milliseconds.
    """
    tree, threads = _descendants(pid)
    rough = sum(_resident(one) for one in tree)
    return threads, rough if rough <= enough else sum(_proportional(one) for one in tree)


def _descendants(pid: int) -> tuple[list[int], int]:
    found, threads = [pid], 0
    for one in found:
        try:
            tasks = os.listdir(f"/proc/{one}/task")  # noqa: PTH208
        except OSError:
            continue
        threads += len(tasks)
        for task in tasks[:_FORKING_THREADS]:
            try:
                text = Path(f"/proc/{one}/task/{task}/children").read_text()
            except OSError:
                continue
            found += [int(word) for word in text.split()]
    return found, threads


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return _resident(pid)
    return 0
