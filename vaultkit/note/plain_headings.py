"""Notes whose headings the lines alone tell: no line can be a heading in one reading only.

As in `plain.py`: what the expression below does not take one way is left to an engine.
"""

from __future__ import annotations

import re

from vaultkit.note.plain import COMMENT, FENCE, defines

_MARKS = rb"[ \t>*+.)0-9-]"
# HTML at a line's beginning may hide what follows, up to a blank line: nothing here to hide.
_HTML = (
    rb"<(?![!?]|(?i:script|pre|style|textarea))[^\n]*+"
    rb"(?:\n(?!" + _MARKS + rb"|[#=`~<\n])[^\n]++)*+(?=\n\n|\n?\Z)"
)
_DOUBT = (
    # A heading in a list or a quote, or an indented one.
    _MARKS + rb"++#{1,6}(?=[ \t\n]|\Z)"
    # A fence or HTML that ends nobody can say where.
    rb"|" + _MARKS + rb"*+(?:```|~~~|<)"
    # The line that makes a heading of the one before.
    rb"|(?<=[^\n]\n)[ \t>]*+(?:=++|-++)[ \t]*+(?=\n|\Z)"
)
_LINE = re.compile(
    rb"\n(?:(?P<level>#{1,6}+)(?=[ \t\n]|\Z)[^\n]*+"
    rb"|" + COMMENT + rb"|" + FENCE + rb"|" + _HTML + rb"|(?P<doubt>" + _DOUBT + rb"))"
)


def read_headings(data: bytes, start: int) -> list[tuple[int, int, int]] | None:
    """(level, start, end) of the headings from `start` on, the body's beginning.

    None where an engine must tell.
    """
    if b"\r" in data or defines(data, start):
        return None
    if start == 0:
        data, shift, position = b"\n" + data, 0, 0
    elif data[start - 1] == 0x0A:
        shift, position = 1, start - 1
    else:
        return None
    found: list[tuple[int, int, int]] = []
    for match in _LINE.finditer(data, position):
        kind = match.lastgroup
        if kind == "level":
            level = match.end(1) - match.start(1)
            found.append((level, match.start() + shift, match.end() + shift - 1))
        elif kind == "doubt":
            return None
    return found
