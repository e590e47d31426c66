"""One file's exact bytes, and where its lines begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import PurePosixPath

from vaultkit.text.lazy import lazy
from vaultkit.text.span import Position, Span

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_STEP = 1024
_FAR = 1 << 62
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Source:
    """The bytes of one file, never decoded, cut or normalised.

    name: its path, relative to the vault, with `/`.
    data: every byte as it is on disk, a byte order mark included.
    """

    name: str
    data: bytes = field(repr=False)

    @property
    def path(self) -> PurePosixPath:
        """Its path, relative to the vault."""
        return PurePosixPath(self.name)

    def slice(self, span: Span) -> bytes:
        """The bytes inside a span."""
        return self.data[span[0] : span[1]]

    def text(self, span: Span) -> str:
        """The characters inside a span; bytes that are not UTF-8 become U+FFFD."""
        return self.data[span[0] : span[1]].decode("utf-8", "replace")

    @lazy
    def digest(self) -> str:
        """SHA-256 of the bytes, as hexadecimal digits."""
        import hashlib

        return hashlib.sha256(self.data).hexdigest()

    @lazy
    def line_starts(self) -> tuple[int, ...]:
        """The byte offset at which each line begins; the first is 0, or 3 after a BOM."""
        first = 3 if self.data.startswith(_BOM) else 0
        # bytes.splitlines ends a line at LF, CRLF and a lone CR alone, as CommonMark does.
        lines = self.data.splitlines(keepends=True)
        ends = tuple(accumulate(map(len, lines)))
        if lines and lines[-1][-1] not in b"\r\n":
            ends = ends[:-1]
        return (first, *ends)

    def position(self, offset: int) -> Position:
        """Line and column of a byte offset; an offset inside a character counts as its start."""
        starts = self.line_starts
        line = max(bisect_right(starts, offset), 1)
        start = starts[line - 1]
        offset = min(max(offset, start), len(self.data))
        if self._ascii:
            return Position(line, offset - start + 1, offset - start)
        offset = self._character_start(offset, start)
        characters = wide = 0
        if offset - start >= _STEP:
            steps = self._steps.get(line) or self._measure(line)
            start, characters, wide = steps[bisect_right(steps, (offset, _FAR, _FAR)) - 1]
        before = self.data[start:offset].decode("utf-8", "replace")
        characters += len(before)
        wide += len(_WIDE.findall(before))
        return Position(line, characters + 1, characters + wide)

    @lazy
    def _ascii(self) -> bool:
        return self.data.isascii()

    @lazy
    def _steps(self) -> dict[int, list[tuple[int, int, int]]]:
        return {}

    def _measure(self, line: int) -> list[tuple[int, int, int]]:
        """Places along a long line with the characters, and the wide ones, before them.

        Without them, a position for each of the links on one line takes quadratic time.
        """
        starts = self.line_starts
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.data)
        characters = wide = 0
        steps = [(start, 0, 0)]
        while end - start > _STEP:
            after = self._character_start(start + _STEP, start)
            piece = self.data[start:after].decode("utf-8", "replace")
            characters += len(piece)
            wide += len(_WIDE.findall(piece))
            steps.append((after, characters, wide))
            start = after
        self._steps[line] = steps
        return steps

    def _character_start(self, offset: int, lowest: int) -> int:
        """Back to the first byte of the UTF-8 character that the byte belongs to, if it does."""
        for first in range(offset, max(offset - 4, lowest - 1), -1):
            byte = self.data[first] if first < len(self.data) else 0
            if byte & 0xC0 != 0x80:
                length = 2 if byte >> 5 == 0b110 else 3 if byte >> 4 == 0b1110 else 4
                return first if byte >= 0xC0 and first + length > offset else offset
        return offset

    def line(self, number: int) -> str:
        """The characters of a line, counted from 1, without its line end."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.data)
        return self.data[starts[number - 1] : end].decode("utf-8", "replace").rstrip("\r\n")

    def line_span(self, offset: int) -> Span:
        """The line in which a byte offset stands, without its line end."""
        line = max(bisect_right(self.line_starts, offset), 1)
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.data)
        while end > start and self.data[end - 1] in b"\r\n":
            end -= 1
        return Span(start, end)
