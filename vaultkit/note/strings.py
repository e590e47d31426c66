"""The strings of a JSON text with their places: what canvas links are edited in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from vaultkit.text import Span

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\.")


class PlacedString(NamedTuple):
    """A decoded string; span is what stands between its quotes."""

    value: str
    span: Span

    def place(self, data: bytes, start: int, end: int) -> Span:
        """The bytes of the file that hold the bytes `start:end` of the value's UTF-8 form."""
        raw = data[self.span.start : self.span.end]
        if b"\\" not in raw:
            return Span(self.span.start + start, self.span.start + end)
        offsets = _offsets(raw)
        return Span(self.span.start + offsets[start], self.span.start + offsets[end])


def _offsets(raw: bytes) -> list[int]:
    """For each byte of the decoded value, and its end, the byte of the raw text it comes from."""
    offsets: list[int] = []
    text = raw.decode("utf-8", "surrogateescape")
    position, index = 0, 0
    while index < len(text):
        match = _ESCAPE.match(text, index)
        piece = match[0] if match else text[index]
        value = piece
        if match:
            # A surrogate pair is one character in two escapes.
            if piece[1] == "u" and 0xD800 <= int(piece[2:], 16) < 0xDC00:
                second = _ESCAPE.match(text, index + len(piece))
                if second and second[0][1] == "u":
                    piece += second[0]
            value = json.loads(f'"{piece}"')
        size = len(value.encode("utf-8", "surrogatepass" if match else "surrogateescape"))
        offsets.extend([position] * size)
        position += len(piece.encode("utf-8", "surrogateescape"))
        index += len(piece)
    offsets.append(position)
    return offsets


def placed(data: bytes) -> Any:
    """The JSON value of `data` with every string replaced by its PlacedString.

    Raises ValueError, with the offset in its message, when the data is not JSON.
    """
    text = data.decode()
    strings = _strings(data)

    def pairs(items: list[tuple[str, Any]]) -> dict[Any, Any]:
        return {_Key(key, number): value for number, (key, value) in enumerate(items)}

    loaded = json.loads(text, object_pairs_hook=pairs)

    def keyed(value: Any) -> Any:
        if isinstance(value, dict):
            result: dict[str, Any] = {}
            for key, item in value.items():
                next(strings)
                result[key.name] = keyed(item)
            return result
        if isinstance(value, list):
            return [keyed(item) for item in value]
        return next(strings) if isinstance(value, str) else value

    return keyed(loaded)


class _Key:
    """A key as it stands: of a key that stands twice both are walked, in their order."""

    __slots__ = ("name", "number")

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.number = number


def _strings(data: bytes) -> Iterator[PlacedString]:
    for match in _STRING.finditer(data):
        span = Span(match.start() + 1, match.end() - 1)
        yield PlacedString(json.loads(match[0].decode(), strict=False), span)
