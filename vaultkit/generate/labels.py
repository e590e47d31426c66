"""Footnotes and reference definitions: labels that tie two places of one note together."""

from __future__ import annotations

import re

from vaultkit.note import Note
from vaultkit.note.zones import Zone, within
from vaultkit.text import Span

_LABEL = re.compile(rb"\[(\^?[^\[\]\r\n]+)\](:?)")


def labels(note: Note, span: Span) -> tuple[frozenset[str], frozenset[str]]:
    """The labels that a part of a note defines, and those of the note that it uses."""
    code = sorted((fence.span.start, fence.span.end) for fence in note.fences)
    defined = {text for text, is_definition, _ in _found(note, code) if is_definition}
    here = [item for item in _found(note, code) if span.start <= item[2] < span.end]
    return (
        frozenset(text for text, is_definition, _ in here if is_definition),
        frozenset(text for text, is_definition, _ in here if not is_definition) & defined,
    )


def _found(note: Note, code: list[Zone]) -> list[tuple[str, bool, int]]:
    """(label in lower case, whether it is a definition, offset)."""
    data = note.source.data
    found = []
    for match in _LABEL.finditer(data):
        if within(code, match.start()) is not None:
            continue
        line = max(data.rfind(b"\n", 0, match.start()), data.rfind(b"\r", 0, match.start())) + 1
        first = not data[line : match.start()].strip(b" >")
        text = " ".join(match[1].decode("utf-8", "replace").casefold().split())
        found.append((text, bool(match[2]) and first, match.start()))
    return found
