"""Exact places of what a rule names: a value in the front matter, whole lines."""

from __future__ import annotations

import re

from vaultkit.note import Note, Property
from vaultkit.text import Span
from vaultkit.vault import Vault

_TEXT = re.compile(rb"\S")
_LINE = re.compile(rb"[^\r\n]*\S")


def first_line(note: Note) -> Span:
    """The first line of a note's body that says something: the place of what is about it all."""
    start = note.front_matter.span.end if note.front_matter else 0
    if note.source.data.startswith(b"\xef\xbb\xbf"):
        start = max(start, 3)
    text = _TEXT.search(note.source.data, start)
    if text is None:
        return Span(start, start)
    line = _LINE.match(note.source.data, text.start())
    return Span(text.start(), line.end() if line else text.end())


def file_place(vault: Vault, path: str) -> Span:
    """The place of what is about a file as such: a note's first line, else the file's beginning."""
    note = vault.notes.get(path)
    return first_line(note) if note is not None else Span(0, 0)


def property_of(note: Note, key: str) -> Property | None:
    """The first property of that name."""
    return next((item for item in note.properties if item.key == key), None)


def value_place(note: Note, keys: tuple[str, ...], text: str) -> Span:
    """Where a text stands in the value of the first of several properties that holds it.

    The whole property where the text is spelled differently there (escapes, folded lines).
    """
    data, wanted = note.source.data, text.encode("utf-8", "replace")
    for item in note.properties:
        if item.key not in keys:
            continue
        found = data.find(wanted, *item.value_span)
        while found >= 0 and not _whole(data, found, found + len(wanted)):
            found = data.find(wanted, found + 1, item.value_span.end)
        return Span(found, found + len(wanted)) if found >= 0 else item.span
    return Span(0, 0)


def _whole(data: bytes, start: int, end: int) -> bool:
    """Whether the bytes are a whole YAML scalar, not a part of one."""
    before = data[:start].rstrip(b" \t")[-1:]
    after = data[end:].lstrip(b" \t")[:1]
    return before in (b"", *_BEFORE) and after in (b"", *_AFTER)


_BEFORE = (b"-", b"[", b",", b":", b'"', b"'", b"\n", b"\r")
_AFTER = (b"]", b",", b'"', b"'", b"\n", b"\r", b"#")


def whole_lines(data: bytes, span: Span) -> Span:
    """The span grown to whole lines, the line end after it included."""
    start = max(data.rfind(b"\n", 0, span.start), data.rfind(b"\r", 0, span.start)) + 1
    ends = [
        place for place in (data.find(b"\n", span.end), data.find(b"\r", span.end)) if place >= 0
    ]
    if not ends:
        return Span(start, len(data))
    end = min(ends)
    return Span(start, end + (2 if data[end : end + 2] == b"\r\n" else 1))
