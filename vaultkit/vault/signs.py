"""What the file system says of files without reading them: size, times, identity.

The signs of many files are one piece of bytes, 32 for each file, so that all of them are compared
at once.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Mapping
from itertools import chain

SIZE = 32
# A change this soon, in nanoseconds, after a file was seen might bear the same time as before.
_RACY = 2_000_000_000
_ALL = (1 << 64) - 1
Numbers = tuple[int, int, int, int]
# No file has either: what is not to be had never equals what is not sure.
NONE: Numbers = (0, 0, 0, 0)
_UNSURE = b"\xff" * SIZE


def numbers_of(found: os.stat_result) -> Numbers:
    """What tells a file from any other: size, time of its bytes, time of its entry, identity."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def signs_of(paths: Iterable[str], numbers: Mapping[str, Numbers]) -> bytes:
    """The signs of some files, in their order, of one that is not to be had too."""
    given = [numbers.get(path, NONE) for path in paths]
    try:
        return array("Q", chain.from_iterable(given)).tobytes()
    except OverflowError:
        return array("Q", (number & _ALL for item in given for number in item)).tobytes()


def sure(signs: bytes, now: int, doubtful: Iterable[int] = ()) -> bytes:
    """The signs, but for files that may still change without another sign.

    doubtful: the numbers of more files to look at again whatever their sign.

    The time of last change is the system's own and cannot be set back; only a second change
    within the same tick of the clock, soon after `now`, in nanoseconds, could hide behind it.
    Windows keeps no such time.
    """
    if os.name == "nt":
        return _UNSURE * (len(signs) // SIZE)
    numbers = array("Q", signs)
    kept = bytearray(signs)
    for number in doubtful:
        kept[number * SIZE : (number + 1) * SIZE] = _UNSURE
    for first in range(0, len(numbers), 4):
        if max(numbers[first + 1], numbers[first + 2]) + _RACY >= now:
            kept[first * 8 : first * 8 + SIZE] = _UNSURE
    return bytes(kept)
