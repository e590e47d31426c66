"""Two notes' front matter as one: one-sided keys stay, lists are joined, the rest is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from vaultkit.note import Note, Property
from vaultkit.repair.draft import Piece, Slice
from vaultkit.text import Span

Side = Literal["first", "second"]
_ITEM = re.compile(rb"^([ \t]*)-[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
_PLAIN = re.compile(r"[\w][\w /.-]*")


class Clash(NamedTuple):
    """A property that both notes have with different values."""

    key: str
    first: Any
    second: Any


class Joined(NamedTuple):
    """The first note's front matter with the second's.

    inserts: spans of the first note, and what stands there instead; what comes from the second
             note comes as slices, so that the links in it are followed.
    clashes: what nobody has decided yet.
    """

    inserts: tuple[tuple[Span, tuple[Piece, ...]], ...]
    clashes: tuple[Clash, ...]


def joined(first: Note, second: Note, take: Mapping[str, Side]) -> Joined:
    """What to write into the first note; `take` decides the properties that clash."""
    path = str(second.source.path)
    own = {item.key: (item, region) for item, region in regions_of(first)}
    inserts: list[tuple[Span, tuple[Piece, ...]]] = []
    clashes: list[Clash] = []
    fresh: list[Piece] = []
    for item, region in regions_of(second):
        carried = Slice(path, region)
        if item.key not in own:
            fresh += _ended(second, carried)
            continue
        mine, place = own[item.key]
        if mine.value == item.value or is_empty_value(item.value):
            continue
        if is_empty_value(mine.value) or take.get(item.key) == "second":
            inserts.append((place, tuple(_ended(second, carried))))
        elif isinstance(mine.value, list) and isinstance(item.value, list):
            inserts += _items(first, mine, place, second, item, region)
        elif item.key not in take:
            clashes.append(Clash(item.key, mine.value, item.value))
    whole = first.front_matter
    if fresh and whole is not None:
        inserts.append((Span(whole.block.end, whole.block.end), tuple(fresh)))
    return Joined(tuple(inserts), tuple(clashes))


def is_empty_value(value: Any) -> bool:
    """Whether a property says nothing."""
    return value is None or value in ("", [])


def regions_of(note: Note) -> Iterator[tuple[Property, Span]]:
    """Each property with its whole lines, up to the next one's."""
    data, place = note.source.data, note.front_matter
    if place is None:
        return
    properties = note.properties
    starts = [_line_start(data, item.key_span.start) for item in properties]
    for item, start, end in zip(properties, starts, [*starts[1:], place.block.end], strict=True):
        yield item, Span(start, end)


def _line_start(data: bytes, offset: int) -> int:
    return max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1


def _ended(note: Note, piece: Slice) -> list[Piece]:
    """A slice of whole lines; the last line of a block may lack its end."""
    data = note.source.slice(piece.span)
    return [piece] if data.endswith((b"\n", b"\r")) else [piece, b"\n"]


def _items(
    first: Note, mine: Property, place: Span, second: Note, other: Property, region: Span
) -> list[tuple[Span, tuple[Piece, ...]]]:
    """The second list's items that the first lacks, in the style of the first."""
    wanted = [n for n, value in enumerate(other.value) if value not in mine.value]
    found = [match.span(2) for match in _ITEM.finditer(second.source.data, *region)]
    sliced = len(found) == len(other.value)
    texts: list[Piece] = [
        Slice(str(second.source.path), Span(*found[n])) if sliced else _written(other.value[n])
        for n in wanted
    ]
    if not texts:
        return []
    lines = list(_ITEM.finditer(first.source.data, *place))
    if len(lines) == len(mine.value):
        line_end = _end_of_line(first.source.data, lines[-1].end(), place.end)
        pieces: list[Piece] = [] if line_end.ended else [b"\n"]
        for text in texts:
            pieces += [lines[-1][1] + b"- ", text, b"\n"]
        return [(Span(line_end.offset, line_end.offset), tuple(pieces))]
    close = mine.value_span.end - 1
    flow: list[Piece] = []
    for text in texts:
        flow += [b", ", text]
    return [(Span(close, close), tuple(flow))]


class _LineEnd(NamedTuple):
    offset: int
    ended: bool


def _end_of_line(data: bytes, offset: int, end: int) -> _LineEnd:
    cut = data.find(b"\n", offset, end)
    return _LineEnd(cut + 1, True) if cut >= 0 else _LineEnd(end, False)


def _written(value: Any) -> bytes:
    """A value as YAML."""
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        return json.dumps(value, ensure_ascii=False).encode()
    return str(value if not isinstance(value, bool) else str(value).lower()).encode()


def pieces_with(
    path: str, size: int, inserts: tuple[tuple[Span, tuple[Piece, ...]], ...]
) -> list[Piece]:
    """A file as slices of itself with other pieces in place of some spans."""
    pieces: list[Piece] = []
    position = 0
    for span, new in sorted(inserts, key=lambda item: item[0]):
        pieces += [Slice(path, Span(position, span.start)), *new]
        position = span.end
    return [*pieces, Slice(path, Span(position, size))]
