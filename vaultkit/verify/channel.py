"""Whole values over a pair of pipes: a length, then a pickle.

Only between the runner and its warm parent, which run the same trusted code; what a note's
child says travels as JSON.
"""

from __future__ import annotations

import os
import pickle
import select
import struct
from collections import deque
from typing import Any

_HEAD = struct.Struct("=Q")


class Closed(Exception):  # noqa: N818 (an end, not an error)
    """The other side is gone."""


class Channel:
    """One end. Sending never blocks for good: it reads while it waits for room to write."""

    def __init__(self, reader: int, writer: int) -> None:
        self.reader, self.writer = reader, writer
        self._in = bytearray()
        self._got: deque[Any] = deque()
        for descriptor in (reader, writer):
            os.set_blocking(descriptor, False)

    def send(self, value: Any) -> None:
        """Hand a value over. Raises Closed."""
        body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        data = memoryview(_HEAD.pack(len(body)) + body)
        while data:
            try:
                data = data[os.write(self.writer, data) :]
            except BlockingIOError:
                watch = select.poll()
                watch.register(self.writer, select.POLLOUT)
                watch.register(self.reader, select.POLLIN)
                for descriptor, _ in watch.poll():
                    if descriptor == self.reader:
                        self._fill()
            except BrokenPipeError as error:
                raise Closed from error

    def receive(self) -> Any:
        """The next value, waiting for it. Raises Closed."""
        while True:
            if self._got:
                return self._got.popleft()
            watch = select.poll()
            watch.register(self.reader, select.POLLIN)
            watch.poll()
            self._fill()

    def ready(self) -> list[Any]:
        """Every value that has arrived, without waiting. Raises Closed once there are none."""
        try:
            self._fill()
        except Closed:
            if not self._got:
                raise
        values = list(self._got)
        self._got.clear()
        return values

    def close(self) -> None:
        """Close both pipes."""
        for descriptor in (self.reader, self.writer):
            os.close(descriptor)

    def _fill(self) -> None:
        try:
            data = os.read(self.reader, 1 << 20)
        except BlockingIOError:
            return
        if not data:
            raise Closed
        self._in += data
        while len(self._in) >= _HEAD.size:
            end = _HEAD.size + _HEAD.unpack_from(self._in)[0]
            if len(self._in) < end:
                return
            self._got.append(pickle.loads(memoryview(self._in)[_HEAD.size : end]))
            del self._in[:end]
