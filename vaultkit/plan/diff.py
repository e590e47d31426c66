"""A plan as a unified diff: what a person reads before saying yes, and what `git apply` takes.

Lines end at LF, as for diff and patch; a CR before it is part of the line. Nothing is decoded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from vaultkit.plan.plan import Create, Move, Plan, Remove, Write
from vaultkit.text import Edit, Span, apply_edits

_SNIFF = 8000  # bytes git looks at to call a file binary


@dataclass(frozen=True, slots=True)
class Hunk:
    """Some lines of a file, before and after.

    start, new_start: first line before and after, counted from 1.
    lines: mark (" ", "-" or "+") and the line's bytes, its LF included where it has one.
    """

    start: int
    new_start: int
    lines: tuple[tuple[str, bytes], ...]

    @property
    def counts(self) -> tuple[int, int]:
        """How many lines it spans before and after."""
        marks = [mark for mark, _ in self.lines]
        return len(marks) - marks.count("+"), len(marks) - marks.count("-")


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What becomes of one file; `before` or `after` is None where it is made or removed."""

    before: PurePosixPath | None
    after: PurePosixPath | None
    hunks: tuple[Hunk, ...] = ()
    binary: bool = False


def diff(
    plan: Plan, read: Callable[[PurePosixPath], bytes], *, context: int = 3
) -> Iterator[FileDiff]:
    """The diff of each file a plan touches, in the order of paths.

    read:    bytes of a file as the plan's edits were made for; asked for writes and removals.
    context: unchanged lines shown around a change.
    """
    moves = {action.path: action.to for action in plan.actions if isinstance(action, Move)}
    written = {action.path for action in plan.actions if isinstance(action, Write)}
    for action in sorted(plan.actions, key=lambda item: str(item.path)):
        match action:
            case Write(path=path, edits=edits):
                found, to = hunks(read(path), edits, context), moves.get(path, path)
                if found or to != path:
                    yield FileDiff(path, to, found)
            case Move(path=path, to=to) if path not in written:
                yield FileDiff(path, to)
            case Create(path=path, content=content):
                yield _whole(None, path, content, "+")
            case Remove(path=path):
                yield _whole(path, None, read(path), "-")


def hunks(data: bytes, edits: Iterable[Edit], context: int = 3) -> tuple[Hunk, ...]:
    """The hunks that edits make of a file's bytes; straight from the spans, in linear time."""
    lines = _lines(data)
    found: list[Hunk] = []
    group: list[tuple[int, int, list[bytes]]] = []
    shift = 0
    for block in _blocks(data, lines, sorted(edits)):
        if group and block[0] - group[-1][1] > 2 * context:
            found.append(_hunk(lines, group, shift, context))
            shift += sum(len(new) - (end - start) for start, end, new in group)
            group = []
        group.append(block)
    if group:
        found.append(_hunk(lines, group, shift, context))
    return tuple(found)


def render(diffs: Iterable[FileDiff]) -> bytes:
    """Diffs in git's extended format."""
    return b"".join(piece for item in diffs for piece in _rendered(item))


def _lines(data: bytes) -> list[bytes]:
    pieces = data.split(b"\n")
    return [piece + b"\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _blocks(
    data: bytes, lines: list[bytes], edits: list[Edit]
) -> Iterator[tuple[int, int, list[bytes]]]:
    """First line, line after the last, and new lines, of each stretch that edits change."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    last = len(lines)
    index = 0
    while index < len(edits):
        first = bisect_right(starts, edits[index].span.start) - 1
        if first == last > 0 and not data.endswith(b"\n"):
            first -= 1  # the end of a file without a last LF still lies in its last line
        base, end, inside = starts[first], first, index
        while True:
            while inside < len(edits) and (
                inside == index or edits[inside].span.start <= starts[end]
            ):
                # The lines the edit touches; an insertion touches the line it stands in.
                stop = max(edits[inside].span.end, edits[inside].span.start + 1)
                end = max(end, min(bisect_right(starts, stop - 1), last))
                inside += 1
            last_edit = edits[inside - 1]
            if end == last or last_edit.span.end < starts[end] or last_edit.new.endswith(b"\n"):
                break
            end += 1  # the line end goes: the next line belongs to this one then
        mine = (Edit(Span(a - base, b - base), new) for (a, b), new in edits[index:inside])
        new = apply_edits(data[base : starts[end]], mine)
        index = inside
        yield from _trimmed(lines, first, end, _lines(new))


def _trimmed(
    lines: list[bytes], first: int, end: int, new: list[bytes]
) -> Iterator[tuple[int, int, list[bytes]]]:
    """A block without the equal lines at its two ends; nothing where it is all equal."""
    head = 0
    while head < min(end - first, len(new)) and lines[first + head] == new[head]:
        head += 1
    tail = 0
    while tail < min(end - first, len(new)) - head and lines[end - 1 - tail] == new[-1 - tail]:
        tail += 1
    if head + tail < max(end - first, len(new)):
        yield first + head, end - tail, new[head : len(new) - tail]


def _hunk(
    lines: list[bytes], group: list[tuple[int, int, list[bytes]]], shift: int, context: int
) -> Hunk:
    start = max(group[0][0] - context, 0)
    shown: list[tuple[str, bytes]] = []
    position = start
    for first, end, new in group:
        shown += [(" ", line) for line in lines[position:first]]
        shown += [("-", line) for line in lines[first:end]]
        shown += [("+", line) for line in new]
        position = end
    shown += [(" ", line) for line in lines[position : position + context]]
    return Hunk(start + 1, start + 1 + shift, tuple(shown))


def _whole(
    before: PurePosixPath | None, after: PurePosixPath | None, data: bytes, mark: str
) -> FileDiff:
    if b"\0" in data[:_SNIFF]:
        return FileDiff(before, after, binary=True)
    lines = tuple((mark, line) for line in _lines(data))
    return FileDiff(before, after, (Hunk(1, 1, lines),) if lines else ())


def _rendered(item: FileDiff) -> Iterator[bytes]:
    old, new = item.before or item.after, item.after or item.before
    assert old is not None and new is not None
    yield b"diff --git " + _name("a/", old) + b" " + _name("b/", new) + b"\n"
    if item.before is None:
        yield b"new file mode 100644\n"
    elif item.after is None:
        yield b"deleted file mode 100644\n"
    elif old != new:
        yield b"rename from " + _name("", old) + b"\nrename to " + _name("", new) + b"\n"
    if item.binary:
        yield b"Binary files differ\n"
    if not item.hunks:
        return
    yield b"--- " + (_name("a/", old, True) if item.before else b"/dev/null") + b"\n"
    yield b"+++ " + (_name("b/", new, True) if item.after else b"/dev/null") + b"\n"
    for hunk in item.hunks:
        count, new_count = hunk.counts
        # A side without lines names the line before it (POSIX diff, unified format).
        start, new_start = hunk.start - (not count), hunk.new_start - (not new_count)
        yield f"@@ -{start},{count} +{new_start},{new_count} @@\n".encode("ascii")
        for mark, line in hunk.lines:
            yield mark.encode("ascii") + line
            if not line.endswith(b"\n"):
                yield b"\n\\ No newline at end of file\n"


def _name(prefix: str, path: PurePosixPath, header: bool = False) -> bytes:
    """A file name as git writes it: quoted where it holds a quote or a control character."""
    raw = (prefix + str(path)).encode("utf-8", "surrogateescape")
    if any(byte < 0x20 or byte in b'"\\\x7f' for byte in raw):
        short = {0x22: b'\\"', 0x5C: b"\\\\", 0x09: b"\\t", 0x0A: b"\\n", 0x0D: b"\\r"}
        plain = (
            short.get(byte, b"\\%03o" % byte if byte < 0x20 or byte == 0x7F else bytes([byte]))
            for byte in raw
        )
        return b'"' + b"".join(plain) + b'"'
    return raw + b"\t" if header and b" " in raw else raw
