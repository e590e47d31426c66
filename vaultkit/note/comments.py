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
    before = start
    opening = data.find(b"%%", start)
    while opening >= 0:
        after = opening + 2
        # Looking back no further than to the `%%` before, on whose line none is first again.
        line_end = max(data.rfind(b"\n", before, opening), data.rfind(b"\r", before, opening))
        if within(opaque, opening) is None and data[opening - 1 : opening] != b"\\":
            first = line_end >= 0 or before == start
            line = line_end + 1 if line_end >= 0 else before
            end = _end(data, opening, first and not data[line:opening].strip(b" \t>"))
            if end is not None:
                found.append((opening, end))
                after = end
        before = opening + 2
        opening = data.find(b"%%", after)
    return found


def _end(data: bytes, opening: int, begins_line: bool) -> int | None:
    closing = data.find(b"%%", opening + 2)
    if begins_line:
        return closing + 2 if closing >= 0 else len(data)
    if closing < 0 or _BLANK_LINE.search(data, opening, closing):
        return None
    return closing + 2
