"""A text value of the front matter, written as the list that it should be."""

from __future__ import annotations

import re

from vaultkit.note import Note, Property
from vaultkit.text import Edit, Span

# A plain YAML scalar that no reader takes for anything but a text.
_PLAIN = re.compile(r"[^\W\d_][\w /.()+&'-]*", re.UNICODE)
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def list_edit(note: Note, item: Property, separator: str) -> Edit | None:
    """The edit that makes a list of a text, each item on its own line.

    separator: what parted the items in the text, as a regular expression. None where the value
    is not one text on the line of its key.
    """
    data, value = note.source.data, item.value
    raw = data[item.value_span.start : item.value_span.end]
    between = data[item.key_span.end : item.value_span.start]
    if not isinstance(value, str) or b"\n" in raw or b"\r" in raw or raw[:1] in (b"|", b">"):
        return None
    if not re.fullmatch(rb":[ \t]+", between):
        return None
    if raw[:1] in b"\"'":
        parts = [raw.decode("utf-8", "replace")]
    else:
        parts = [part for part in re.split(separator, value.strip()) if part]
    indent = _indent(data, item.key_span.start)
    end = _line_end(data, item.key_span.start)
    lines = "".join(f"{end}{indent}  - {_scalar(part)}" for part in parts)
    return Edit(Span(item.key_span.end, item.value_span.end), f":{lines}".encode())


def _scalar(part: str) -> str:
    if part[:1] in "\"'" or (_PLAIN.fullmatch(part) and part.lower() not in _WORDS):
        return part
    escaped = part.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _indent(data: bytes, offset: int) -> str:
    start = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    before = data[start:offset].removeprefix(b"\xef\xbb\xbf")
    return before.decode() if not before.strip(b" ") else ""


def _line_end(data: bytes, offset: int) -> str:
    """The line end of the file, as the one before the offset shows it."""
    if data[offset - 2 : offset] == b"\r\n":
        return "\r\n"
    return "\r" if data[offset - 1 : offset] == b"\r" else "\n"
