"""One file's exact bytes, and where its lines begin."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from pathlib import PurePosixPath

from vaultkit.text.span import Position, Span

# A line ends at LF, CRLF or a lone CR (CommonMark 0.31, section 2.1).
_LINE_END = re.compile(rb"\r\n|\n|\r")
_BOM = b"\xef\xbb\xbf"
_STRIDE = 4096


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
        return (first, *(match.end() for match in _LINE_END.finditer(self.data)))

    def position(self, offset: int) -> Position:
        """Line and column of a byte offset; an offset inside a character counts as its start."""
        line = max(bisect_right(self.line_starts, offset), 1)
        start = self.line_starts[line - 1]
        characters, wide = self._before(start, max(_character_start(self.data, offset), start))
        return Position(line, characters + 1, characters + wide)

    def line_span(self, offset: int) -> Span:
        """The line in which a byte offset stands, without its line end."""
        line = max(bisect_right(self.line_starts, offset), 1)
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.data)
        while end > start and self.data[end - 1] in b"\r\n":
            end -= 1
        return Span(start, end)

    def _before(self, start: int, offset: int) -> tuple[int, int]:
        """How many characters, and how many of them beyond U+FFFF, a line has before an offset.

        A line of megabytes is measured once, stride by stride, and not anew for each offset.
        """
        if offset - start <= _STRIDE:
            return _measured(self.data[start:offset])
        known = self._strides.setdefault(start, [(start, 0, 0)])
        while known[-1][0] + _STRIDE <= offset:
            begin, characters, wide = known[-1]
            end = _character_start(self.data, begin + _STRIDE)
            more, more_wide = _measured(self.data[begin:end])
            known.append((end, characters + more, wide + more_wide))
        begin, characters, wide = known[bisect_right(known, offset, key=itemgetter(0)) - 1]
        more, more_wide = _measured(self.data[begin:offset])
        return characters + more, wide + more_wide

    @cached_property
    def _strides(self) -> dict[int, list[tuple[int, int, int]]]:
        """Line start -> (offset, characters, wide characters before it), in steps of a stride."""
        return {}


def _measured(piece: bytes) -> tuple[int, int]:
    if piece.isascii():
        return len(piece), 0
    text = piece.decode("utf-8", "replace")
    return len(text), len(text.encode("utf-16-le")) // 2 - len(text)


def _character_start(data: bytes, offset: int) -> int:
    """The offset, or the start of the character inside which it lies."""
    for back in range(4):
        byte = data[offset - back] if 0 <= offset - back < len(data) else 0
        if byte & 0xC0 != 0x80:
            # A lead byte tells how many bytes follow it.
            size = 1 + (byte >= 0xC0) + (byte >= 0xE0) + (byte >= 0xF0)
            return offset - back if size > back else offset
    return offset
