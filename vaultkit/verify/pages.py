"""The warm parent's own memory, laid out so that a fork of it costs little.

A fork copies one entry for each page of 4 KiB, and the end of the child takes each back; a huge
page is one entry instead of 512. A parent that holds PyTorch forks for a third of the price.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from vaultkit.verify import kernel

_HUGE = 2 << 20  # bytes; where huge pages are larger, nothing is merged and nothing is lost
# Merging costs as much CPU as it saves on about this many forks; fewer notes do without.
MANY = 32


def merge_pages() -> int:
    """Put this process's own memory into huge pages; how many bytes were tried with success.

    Nothing in it changes. Only what is mostly in use already is merged, so that the process
    grows by little. A kernel that cannot (before Linux 6.1, or told not to) is left in peace.
    """
    merged = 0
    with suppress(OSError):
        text = Path("/proc/self/smaps").read_text()
        for start, end in dense(text.splitlines()):
            with suppress(OSError):  # a range that something holds on to stays as it was
                kernel.merge_pages(start, end)
                merged += end - start
    return merged


def dense(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The large ranges of /proc/PID/smaps that are private, of no file, and mostly in use.

    Rounded inwards to whole huge pages.
    """
    start = end = 0
    for line in lines:
        name, _, rest = line.partition(" ")
        if not name.endswith(":"):
            start = end = 0
            low, _, high = name.partition("-")
            words = rest.split(maxsplit=4)
            unnamed = len(words) == 4 or words[4].strip() == "[heap]"
            if words[0] == "rw-p" and unnamed:
                start = -(-int(low, 16) // _HUGE) * _HUGE
                end = int(high, 16) // _HUGE * _HUGE
        elif name == "Anonymous:" and start < end:
            held = int(rest.split()[0]) * 1024
            if held * 2 >= end - start:
                yield start, end
