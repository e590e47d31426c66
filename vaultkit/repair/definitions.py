"""`[label]: target`, the definitions that reference links take their address from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from vaultkit.note import Note
from vaultkit.text import Span

# CommonMark 0.31, section 4.7, the form on one line.
_DEFINITION = re.compile(
    rb"^[ >]*\[(?:[^\[\]\\\r\n]|\\.)+\]:[ \t]*(?:<([^<>\r\n]*)>|([^\s<]\S*))", re.MULTILINE
)


class Definition(NamedTuple):
    """A definition's address, decoded, and the places of its target and of the whole of it."""

    target: str
    fragment: str | None
    place: Span
    address: Span


def definitions(note: Note) -> Iterator[Definition]:
    """Every definition whose address is written on its own line."""
    data = note.source.data
    if b"]:" not in data:
        return
    for match in _DEFINITION.finditer(data):
        address = Span(*match.span(1 if match[1] is not None else 2))
        target, sharp, fragment = data[slice(*address)].decode("utf-8", "replace").partition("#")
        end = data.find(b"#", *address) if sharp else address.end
        yield Definition(
            unquote(target).strip(),
            unquote(fragment).strip() if sharp else None,
            Span(address.start, end),
            address,
        )
