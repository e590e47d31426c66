"""`[label]: target`, the definitions that reference links take their address from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from vaultkit.note import Link, Note
from vaultkit.text import Span

# CommonMark 0.31, section 4.7, the form on one line.
_DEFINITION = re.compile(
    rb"^[ >]*\[((?:[^\[\]\\\r\n]|\\.)+)\]:[ \t]*(?:<([^<>\r\n]*)>|([^\s<]\S*))"
    # Nothing but a title may follow.
    rb"(?=[ \t]*(?:[\"'(]|[\r\n]|\Z))",
    re.MULTILINE,
)


class Definition(NamedTuple):
    """A definition's label as labels are compared, its address, decoded, and the places of its
    target and of the whole of it."""

    label: str
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
        address = Span(*match.span(2 if match[2] is not None else 3))
        target, sharp, fragment = data[slice(*address)].decode("utf-8", "replace").partition("#")
        end = data.find(b"#", *address) if sharp else address.end
        yield Definition(
            _label(match[1]),
            unquote(target).strip(),
            unquote(fragment).strip() if sharp else None,
            Span(address.start, end),
            address,
        )


# `[text][label]`, `[label][]` or `[label]`, with or without a `!`.
_REFERENCE = re.compile(rb"\[((?:[^\[\]\\]|\\.)+)\](?:\[\])?\Z")


Places = Mapping[tuple[str | None, str, str | None], Span]


def places_of(found: Iterable[Definition]) -> Places:
    """Where targets stand, by label, target and fragment, and without a label: the first wins."""
    places: dict[tuple[str | None, str, str | None], Span] = {}
    for item in found:
        places.setdefault((item.label, item.target, item.fragment), item.place)
        places.setdefault((None, item.target, item.fragment), item.place)
    return places


def place_of(data: bytes, link: Link, places: Places) -> Span | None:
    """Where the target of a reference link stands: in the first definition of its label."""
    written = _REFERENCE.search(data[link.span.start : link.span.end])
    label = _label(written[1]) if written else None
    by_label = places.get((label, link.target, link.fragment))
    return by_label or places.get((None, link.target, link.fragment))


def _label(text: bytes) -> str:
    """Letter case and the number of blanks do not count (CommonMark 0.31, section 4.7)."""
    return " ".join(text.decode("utf-8", "replace").split()).casefold()
