"""Short ways to say what is read."""

from __future__ import annotations

from vaultkit.note import Engine, Note, read_note
from vaultkit.text import Source


def note(text: str | bytes, engine: Engine | None = None) -> Note:
    """The note that a text is."""
    data = text.encode() if isinstance(text, str) else text
    return read_note(Source("a.md", data), engine)


def targets(read: Note) -> list[str]:
    """What the links say, as far as the bar: `a#h`."""
    return [
        link.target + ("" if link.fragment is None else "#" + link.fragment) for link in read.links
    ]


def markup(read: Note, field: str) -> list[str]:
    """The bytes of a kind of elements, as text."""
    return [read.source.text(element.span) for element in getattr(read, field)]
