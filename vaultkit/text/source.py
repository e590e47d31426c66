"""One file's exact bytes, and where its lines begin."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import PurePosixPath

from vaultkit.text.span import Position, Span

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Source:
    """The bytes of one file, never decoded, cut or normalised.

    path: relative to the vault, with `/`.
    data: every byte as it is on disk, a byte order mark included.
    """

    path: PurePosixPath
    data: bytes = field(repr=False)

    def slice(self, span: Span) -> bytes:
        """The bytes inside a span."""
        return self.data[span[0] : span[1]]

    def text(self, span: Span) -> str:
        """The characters inside a span; bytes that are not UTF-8 become U+FFFD."""
        return self.data[span[0] : span[1]].decode("utf-8", "replace")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, as hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
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
        before = self.data[starts[line - 1] : max(offset, starts[line - 1])].decode(
            "utf-8", "replace"
        )
        wide = sum(1 for character in before if ord(character) > 0xFFFF)
        return Position(line, len(before) + 1, len(before) + wide)

    def line(self, number: int) -> str:
        """The characters of a line, counted from 1, without its line end."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.data)
        return self.data[starts[number - 1] : end].decode("utf-8", "replace").rstrip("\r\n")
