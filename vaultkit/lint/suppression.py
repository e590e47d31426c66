"""What a note's own comments say about findings in it.

`%% vaultkit-disable-line broken-link -- yet to be written %%` keeps quiet about its own line,
`-next-line` about the one below, `vaultkit-disable` about everything down to `vaultkit-enable`
or the end, `-file` about the whole note. Rules and families are separated by commas or blanks;
without a name everything is meant. What stands after `--` is for readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.note import Note
from vaultkit.text import Span

# Every comment of the kind holds this.
DIRECTIVE = b"vaultkit-disable"
_DIRECTIVE = re.compile(
    rb"%%[ \t]*vaultkit-(disable(?:-line|-next-line|-file)?|enable)"
    rb"(?P<names>(?:[ \t,]+[a-z][a-z0-9-]*)*)[ \t]*(?:--[^\r\n]*?)?[ \t]*%%"
)
_NAME = re.compile(rb"[a-z][a-z0-9-]*")


class Name(NamedTuple):
    """A rule or family as a comment names it, and where."""

    text: str
    span: Span


class Suppression(NamedTuple):
    """One comment that keeps quiet about something.

    span:  the comment.
    names: rules and families; empty for all.
    scope: the bytes in which findings begin that it is about.
    """

    span: Span
    names: tuple[Name, ...]
    scope: Span

    def covers(self, offset: int) -> bool:
        """Whether a finding that begins at a byte is within the scope."""
        return self.scope.start <= offset < self.scope.end or offset == self.scope.start


def suppressions(note: Note) -> tuple[Suppression, ...]:
    """Every suppression of a note, in its order."""
    if DIRECTIVE not in note.source.data:
        return ()
    return tuple(_found(note))


def _found(note: Note) -> Iterator[Suppression]:
    data = note.source.data
    directives = [
        match
        for start, end in note.comments
        if (match := _DIRECTIVE.fullmatch(data, start, end)) is not None
    ]
    for index, match in enumerate(directives):
        kind = match[1]
        if kind == b"enable":
            continue
        names = tuple(
            Name(item[0].decode(), Span(*item.span()))
            for item in _NAME.finditer(data, *match.span("names"))
        )
        span = Span(*match.span())
        if kind == b"disable":
            end = _enabled(directives[index + 1 :], names, len(data))
            yield Suppression(span, names, Span(span.end, end))
        elif kind == b"disable-file":
            yield Suppression(span, names, Span(0, len(data) + 1))
        else:
            yield Suppression(span, names, _line(note, span.start, kind == b"disable-next-line"))


def _enabled(later: list[re.Match[bytes]], names: tuple[Name, ...], end: int) -> int:
    """Where the first `enable` stands that names all of the names, or names none."""
    wanted = {name.text for name in names}
    for match in later:
        given = {item.decode() for item in _NAME.findall(match["names"])}
        if match[1] == b"enable" and (not given or (wanted and wanted <= given)):
            return match.start()
    return end + 1


def _line(note: Note, offset: int, following: bool) -> Span:
    source = note.source
    number = source.position(offset).line + following
    starts = (*source.line_starts, len(source.data) + 1)
    if number >= len(starts):
        return Span(len(source.data) + 1, len(source.data) + 1)
    return Span(starts[number - 1], starts[number])
