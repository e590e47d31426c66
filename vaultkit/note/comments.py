"""`%%comments%%`: text Obsidian hides, whose links still count."""

from __future__ import annotations

import re

from vaultkit.note.zones import Zone, within

_BOM = b"\xef\xbb\xbf"
_BLANK_LINE = re.compile(rb"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")


def comments(data: bytes, opaque: list[Zone], start: int) -> list[Zone]:
    """The comments from `start` on, their `%%` included.

    Two percent signs open one unless they stand in code, math or HTML, or after a backslash.
    At the beginning of a line they hide everything to the next `%%`, or to the end of the
    file; elsewhere only a `%%` in the same paragraph closes them, else they are text.
    """
    found: list[Zone] = []
    position = data.find(b"%%", start)
    while position >= 0:
        after = position + 2
        if within(opaque, position) is None and data[position - 1 : position] != b"\\":
            end = _end(data, position)
            if end is not None:
                found.append((position, end))
                after = end
        position = data.find(b"%%", after)
    return found


def _end(data: bytes, opening: int) -> int | None:
    closing = data.find(b"%%", opening + 2)
    line = max(data.rfind(b"\n", 0, opening), data.rfind(b"\r", 0, opening)) + 1
    if not data[line:opening].removeprefix(_BOM).strip(b" \t>"):
        return closing + 2 if closing >= 0 else len(data)
    if closing < 0 or _BLANK_LINE.search(data, opening, closing):
        return None
    return closing + 2
