"""What a note is about, in one line."""

from __future__ import annotations

import re

from vaultkit.generate.region import generated_spans
from vaultkit.note import Note

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s\d])|(?<=[。！？])")
_WIKI = re.compile(r"!?\[\[([^\[\]|#\r\n]*)(?:#[^\[\]|\r\n]*)?(?:\\?\|([^\[\]\r\n]*))?\]\]")
_INLINE = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+$")
_NO_PROSE = re.compile(r"\s*(?:#|```|~~~|\||!\[|<|>|\$\$|%%|---|\*\*\*|[-*+]\s|\d+[.)]\s|\[\^)")
_KEYS = ("summary", "description", "abstract")
_LONGEST = 200


def summary(note: Note) -> str:
    """The note's `summary` or `description`, else its first sentence; "" where it has none.

    Links become their text, so that a summary adds no link to the graph.
    """
    for key in _KEYS:
        value = note.values.get(key)
        if isinstance(value, str) and value.strip():
            return _one_line(value)
    return _one_line(_first_paragraph(note))


def _first_paragraph(note: Note) -> str:
    """The first lines of plain prose outside code, comments and generated regions."""
    data = note.source.data
    start = note.front_matter.span.end if note.front_matter else 0
    hidden = [
        *(fence.span for fence in note.fences),
        *generated_spans(note),
        *note.comments,
    ]
    lines: list[str] = []
    position = start
    for raw in data[start:].splitlines(keepends=True):
        inside = any(first <= position < last for first, last in hidden)
        text = raw.decode("utf-8", "replace").strip("\ufeff\r\n")
        position += len(raw)
        if inside or not text.strip() or _NO_PROSE.match(text):
            if lines:
                break
            continue
        lines.append(text.strip())
    return " ".join(lines)


def _one_line(text: str) -> str:
    plain = _WIKI.sub(lambda match: match[2] or match[1], _BLOCK_ID.sub("", text))
    plain = " ".join(_INLINE.sub(r"\1", plain).split())
    first = _SENTENCE.split(plain, maxsplit=1)[0].strip()
    if len(first) <= _LONGEST:
        return first
    return first[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
