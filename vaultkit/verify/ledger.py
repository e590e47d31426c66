"""What a child reports, in memory that it shares with its parent: no pipe, no wake-ups.

The parent reads it when the child is gone, however it went; what was written before a crash
is there. Records are JSON: what runs in a child is not trusted to hand over objects.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
from time import monotonic
from typing import Any

SIZE = 8 << 20  # only what is written takes memory
_HEAD = struct.Struct("=qdq")  # the running block, since when, bytes of records so far
_INDEX, _SINCE, _END = slice(0, 8), slice(8, 16), slice(16, 24)
_WHOLE, _TIME = struct.Struct("=q").pack, struct.Struct("=d").pack
_encode = json.JSONEncoder(ensure_ascii=True).encode


class Ledger:
    """One child's records; made before the fork."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SIZE)
        self._end = _HEAD.size
        self._memory[_END] = _WHOLE(self._end)

    # The parent may look, and may kill, between any two of these writes. `pack_into` clears what
    # it writes to first: it was seen as a block that ran since 0, and as records that are gone.
    def begin(self, index: int) -> None:
        """The child begins a block."""
        self._memory[_SINCE] = _TIME(monotonic())
        self._memory[_INDEX] = _WHOLE(index)

    def add(self, record: dict[str, Any]) -> bool:
        """Write a record, after which no block is running; False when it does not fit."""
        data = _encode(record).encode() + b"\n"
        if self._end + len(data) > SIZE:
            return False
        self._memory[self._end : self._end + len(data)] = data
        self._end += len(data)
        self._memory[_END] = _WHOLE(self._end)
        self._memory[_INDEX] = _WHOLE(0)
        return True

    def running(self) -> tuple[int, float]:
        """The block that is running and since when (monotonic); 0 between blocks."""
        index = int.from_bytes(self._memory[_INDEX], sys.byteorder, signed=True)
        return index, _HEAD.unpack_from(self._memory)[1]  # read after the index, written before it

    def records(self) -> list[dict[str, Any]]:
        """Every whole record; what is not JSON is passed over."""
        end = _HEAD.unpack_from(self._memory)[2]
        data = bytes(self._memory[_HEAD.size : max(_HEAD.size, min(end, SIZE))])
        found = []
        for line in data.splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict):
                found.append(record)
        return found

    def close(self) -> None:
        """Give the memory up."""
        self._memory.close()
