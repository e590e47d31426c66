"""Two notes as one: no byte of either text is lost, and every link to both leads to the one."""

from __future__ import annotations

from collections.abc import Mapping

from vaultkit.errors import ConflictError, UsageError
from vaultkit.generate.front_matter import Clash, Side, joined, pieces_with
from vaultkit.generate.labels import labels
from vaultkit.note import Note
from vaultkit.repair.draft import Draft, FileAfter, Piece, Slice
from vaultkit.repair.forms import stem
from vaultkit.text import Span
from vaultkit.vault import Vault

_BOM = b"\xef\xbb\xbf"


class UnsettledError(ConflictError):
    """Properties that both notes have with different values, and nobody has chosen between."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        lines = "".join(f"\n  {key}: {first!r} or {second!r}" for key, first, second in clashes)
        count = f"{len(clashes)} propert{'y' if len(clashes) == 1 else 'ies'}"
        names = " ".join(f"--take {item.key}=first" for item in clashes)
        super().__init__(
            f"the notes differ in {count}; nothing was written{lines}",
            f"say which value stays, the first note's or the second's: {names}",
        )
        self.clashes = clashes


def merge(vault: Vault, first: str, second: str, take: Mapping[str, Side]) -> Draft:
    """The second note's text at the end of the first, which keeps its place.

    take: which side's value stays, for each property that both have with different values.
    Raises UnsettledError where that is not said for all, UsageError where the texts would not
    mean the same one after the other.
    """
    if first == second:
        raise UsageError("a note cannot be merged with itself", "name two notes")
    one, two = vault.notes[first], vault.notes[second]
    _refuse_run_on(one)
    _refuse_shared_labels(one, two)
    size = len(one.source.data)
    newline = b"\r\n" if b"\r\n" in one.source.data else b"\n"
    pieces: list[Piece]
    start = two.front_matter.span.end if two.front_matter else _mark(two)
    if one.front_matter is None and two.front_matter is not None:
        head = _mark(one)
        block = two.front_matter.span
        pieces = [
            Slice(first, Span(0, head)),
            Slice(second, block),
            *([] if two.source.slice(block).endswith(b"\n") else [newline]),
            Slice(first, Span(head, size)),
        ]
    else:
        settled = joined(one, two, take)
        if settled.clashes:
            raise UnsettledError(settled.clashes)
        pieces = pieces_with(first, size, settled.inserts)
    blank = two.source.data[start:].startswith((b"\n", b"\r"))
    gap = _gap(one.source.data, newline, blank)
    pieces += [gap, Slice(second, Span(start, len(two.source.data)))]
    return Draft(
        f"merge {second} into {first}",
        (FileAfter(first, first, tuple(pieces)),),
        removed={second: first},
        shown={second: stem(second)},
    )


def _mark(note: Note) -> int:
    return len(_BOM) if note.source.data.startswith(_BOM) else 0


def _gap(data: bytes, newline: bytes, blank: bool) -> bytes:
    """What is to come between two texts so that a blank line parts them; `blank` where the
    second begins with one."""
    if not data or data.endswith((b"\n\n", b"\r\n\r\n")):
        return b""
    ended = data.endswith((b"\n", b"\r"))
    return newline * (2 - ended - blank)


def _refuse_run_on(note: Note) -> None:
    """A code block or comment that runs to the end would swallow what comes after it."""
    end = len(note.source.data.rstrip())
    open_fence = any(not fence.closed and fence.span.end >= end for fence in note.fences)
    open_comment = any(
        stop >= end and not note.source.data[start + 2 : stop].rstrip().endswith(b"%%")
        for start, stop in note.comments
    )
    if open_fence or open_comment:
        what = "a code block" if open_fence else "a comment"
        raise UsageError(
            f"{note.source.path} ends inside {what} that is never closed", "close it first"
        )


def _refuse_shared_labels(one: Note, two: Note) -> None:
    mine, _ = labels(one, Span(0, len(one.source.data)))
    theirs, _ = labels(two, Span(0, len(two.source.data)))
    if both := sorted(mine & theirs):
        raise UsageError(
            "both notes define " + ", ".join(f"[{label}]" for label in both),
            "call them differently in one of the notes first",
        )
