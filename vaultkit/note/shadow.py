"""The text an engine reads: as long as the file, byte for byte, without what engines trip over.

Front matter, byte order mark, some control characters, lone CR, tabs at a line's end and bytes that
are not UTF-8 are replaced by stand-ins of the same length, so every offset an engine reports
is an offset into the file.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from vaultkit.text import Span

BOM = b"\xef\xbb\xbf"
# Obsidian opens front matter only on the first line, and closes it at the next `---` line.
_OPEN = re.compile(rb"---[ \t]*(?:\r\n|\n|\r)")
_CLOSE = re.compile(rb"(?:\A|(?<=\n)|(?<=\r))---[ \t]*(?:\r\n|\n|\r|\Z)")
_BLANK = bytes(byte if byte in b"\r\n" else 0x20 for byte in range(256))
# pulldown-cmark takes vertical tabs and form feeds for blanks, which CommonMark 0.30 ended, and
# U+007F for no control character, so that an address may hold it; Python, and with it
# markdown-it, takes U+001C to U+001F for blanks.
_ODD = re.compile(rb"[\x00\x0b\x0c\x1c-\x1f\x7f]")
# It reads on past a closing fence with a tab after it, to the end of the note.
_TRAILING_TAB = re.compile(rb"(?<=[^ \t\r\n>])[ ]*+\t[ \t]*+(?=[\r\n]|\Z)")
_LONE_CR = re.compile(rb"\r(?!\n)")
_BAD = re.compile("[\ud800-\udfff]")


_new: Any = tuple.__new__


class FrontMatter(NamedTuple):
    """Where the YAML block stands: `span` with both fences, `block` without them."""

    span: Span
    block: Span


def front_matter(data: bytes) -> FrontMatter | None:
    """The YAML block at the file's very beginning, after a byte order mark at most."""
    if data.startswith(b"---\n"):
        # The common form, without an expression: every note of a vault comes by here.
        end = data.find(b"\n---", 3)
        if data.startswith(b"\n", end + 4) and data.find(b"\r", 0, end) < 0 <= end:
            return _placed((0, end + 5), (4, end + 1))
    first = 3 if data.startswith(BOM) else 0
    opening = _OPEN.match(data, first)
    if opening is None:
        return None
    closing = _CLOSE.search(data, opening.end())
    if closing is None:
        return None
    return _placed((first, closing.end()), (opening.end(), closing.start()))


def _placed(span: tuple[int, int], block: tuple[int, int]) -> FrontMatter:
    # A named tuple's own constructor takes twice as long.
    made: FrontMatter = _new(FrontMatter, (_new(Span, span), _new(Span, block)))
    return made


def _blanks(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def shadow(data: bytes) -> str:
    """The text to parse; its UTF-8 form has exactly as many bytes as `data`."""
    found = front_matter(data) if data.startswith((b"---", BOM)) else None
    end = found.span.end if found else (3 if data.startswith(BOM) else 0)
    if end:
        data = data[:end].translate(_BLANK) + data[end:]
    data = _ODD.sub(b"\x1a", data)
    if b"\t\n" in data or b"\t\r" in data or b"\t " in data or data.endswith(b"\t"):
        data = _TRAILING_TAB.sub(_blanks, data)
    if b"\r" in data:
        data = _LONE_CR.sub(b"\n", data)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _BAD.sub("\x1a", data.decode("utf-8", "surrogateescape"))
