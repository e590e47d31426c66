"""A reshaping of a vault, before its links are seen to: which old text stands where afterwards.

A file afterwards is a row of pieces, each a slice of a file as it is now or new bytes. So moving,
renaming, merging and splitting are one thing, and where a link, heading or block ends up can be
computed instead of guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from vaultkit.errors import StoreError
from vaultkit.plan import look
from vaultkit.plan.plan import Action, Create, Move, Plan, Remove, Write
from vaultkit.text import Edit, Span, apply_edits
from vaultkit.vault import Vault


class Slice(NamedTuple):
    """Bytes of a file as it is now; no byte may stand in two slices of a draft."""

    path: str
    span: Span


Piece = bytes | Slice


class FileAfter(NamedTuple):
    """A file afterwards.

    base: the file of now that it is written over and takes its place from, or None for a new
          one; slices of the base stand in the order of the base.
    """

    path: str
    base: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become of a vault's files.

    pages:   notes and boards that get another path or other bytes; all else stays.
    moves:   files without links that get another path, old path -> new.
    removed: files taken away -> the file that links to them mean afterwards.
    shown:   removed files -> what a bare link to them keeps showing to a reader.
    """

    why: str
    pages: tuple[FileAfter, ...]
    moves: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


def whole(vault: Vault, path: str, to: str) -> FileAfter:
    """A page that only gets another path."""
    span = Span(0, len(vault.page(path).source.data))
    return FileAfter(to, path, (Slice(path, span),))


def edited(vault: Vault, path: str, edits: Iterable[Edit], to: str | None = None) -> FileAfter:
    """A page with edits that are no link's."""
    pieces: list[Piece] = []
    position = 0
    for span, new in sorted(edits):
        pieces += (Slice(path, Span(position, span.start)), new)
        position = span.end
    pieces.append(Slice(path, Span(position, len(vault.page(path).source.data))))
    return FileAfter(to or path, path, tuple(pieces))


class Spot(NamedTuple):
    """A byte of now, afterwards: in which file, and where in it."""

    path: str
    offset: int


class _Segment(NamedTuple):
    start: int
    end: int
    path: str
    offset: int


Edits = Mapping[str, Sequence[Edit]]


class Layout:
    """A draft with the links' edits: every old place's new one, and the plan.

    edits: old path -> edits of links, spans in the bytes of now.
    """

    def __init__(self, vault: Vault, draft: Draft, edits: Edits) -> None:
        self._vault = vault
        self._draft = draft
        self._edits = edits
        self._touched = {item.base for item in draft.pages if item.base} | draft.removed.keys()
        self._segments: dict[str, list[_Segment]] = {path: [] for path in self._touched}
        self._starts: dict[str, list[int]] = {}
        self._new: dict[str, list[Span]] = {}
        # Where new bytes take the place of old ones, the first old one: a heading's, say.
        self._joints: dict[tuple[str, int], Spot] = {}
        self.content: dict[str, bytes] = {}
        """The bytes of every page of the draft."""
        for item in draft.pages:
            self.content[item.path] = self._assembled(item)
        for path, segments in self._segments.items():
            segments.sort()
            self._starts[path] = [segment.start for segment in segments]

    def _assembled(self, item: FileAfter) -> bytes:
        done: list[bytes] = []
        size = reached = 0
        for piece in item.pieces:
            data = self._bytes(piece)
            if isinstance(piece, Slice):
                start, end = piece.span
                at = _Segment(start, end, item.path, size)
                self._segments.setdefault(piece.path, []).append(at)
                reached = end if piece.path == item.base else reached
            else:
                if item.base is not None and data:
                    self._joints.setdefault((item.base, reached), Spot(item.path, size))
                self._new.setdefault(item.path, []).append(Span(size, size + len(data)))
            done.append(data)
            size += len(data)
        return b"".join(done)

    def _bytes(self, piece: Piece) -> bytes:
        if isinstance(piece, bytes):
            return piece
        start, end = piece.span
        mine = (
            Edit(Span(span.start - start, span.end - start), new)
            for span, new in _inside(self._edits.get(piece.path, ()), piece.span)
        )
        return apply_edits(self._vault.page(piece.path).source.data[start:end], mine)

    def spot(self, path: str, offset: int) -> Spot | None:
        """Where a byte of now stands afterwards; None when it is gone."""
        segment = self._segment(path, offset)
        if path in self._touched and segment is None:
            return self._joints.get((path, offset))
        start, _, home, base = segment or _Segment(0, 0, path, 0)
        shift = sum(
            len(new) - (span.end - span.start)
            for span, new in self._edits.get(path, ())
            if start <= span.start < offset
        )
        return Spot(home, base + offset - start + shift)

    def home(self, path: str, offset: int) -> str | None:
        """The file in which a byte of now stands afterwards."""
        if path not in self._touched:
            return path
        spot = self._segment(path, offset) or self._joints.get((path, offset))
        return spot.path if spot else None

    def touches(self, path: str) -> bool:
        """Whether a file of now is changed at all."""
        return path in self._touched or bool(self._edits.get(path))

    def is_new(self, path: str, offset: int) -> bool:
        """Whether a byte afterwards is none of now, by the new path."""
        return any(start <= offset < end for start, end in self._new.get(path, ()))

    def changed(self, path: str) -> bytes | None:
        """The bytes of a page afterwards where they are not those of now, by its new path."""
        edits = self._edits.get(path)
        if path in self.content or not edits:
            return self.content.get(path)
        return apply_edits(self._vault.page(path).source.data, edits)

    def _segment(self, path: str, offset: int) -> _Segment | None:
        starts = self._starts.get(path)
        if not starts:
            return None
        segment = self._segments[path][bisect_right(starts, offset) - 1]
        return segment if segment.start <= offset < segment.end else None

    def plan(self) -> Plan:
        """The draft and the edits as writes, moves, creations and removals.

        Raises StoreError for a file that nobody may read: a move is sealed by its bytes' digest.
        """
        draft, actions = self._draft, list[Action]()
        for item in draft.pages:
            if item.base is None:
                actions.append(Create(PurePosixPath(item.path), self.content[item.path]))
            else:
                actions += self._rewritten(item, item.base)
        drafted = {item.base for item in draft.pages}
        for path, edits in self._edits.items():
            if edits and path not in drafted and path not in draft.removed:
                digest = self._vault.page(path).source.digest
                actions.append(Write(PurePosixPath(path), digest, tuple(edits)))
        for path, to in draft.moves.items():
            actions.append(Move(PurePosixPath(path), PurePosixPath(to), self._digest(path)))
        for path in draft.removed:
            actions.append(Remove(PurePosixPath(path), self._vault.page(path).source.digest))
        actions.sort(key=lambda action: (str(action.path), type(action).__name__ != "Write"))
        return Plan(draft.why, tuple(actions))

    def _digest(self, path: str) -> str:
        try:
            return look.state(self._vault.root / path).digest
        except OSError as error:
            why = error.strerror or "it is no regular file"
            raise StoreError(
                f"{path} cannot be read: {why}", "see to it, or leave it where it is"
            ) from error

    def _rewritten(self, item: FileAfter, base: str) -> Iterator[Action]:
        source = self._vault.page(base).source
        edits: list[Edit] = []
        position = 0
        between = b""
        for piece in (*item.pieces, Slice(base, Span(len(source.data), len(source.data)))):
            if not isinstance(piece, Slice) or piece.path != base:
                between += self._bytes(piece)
                continue
            if between or piece.span.start != position:
                edits.append(Edit(Span(position, piece.span.start), between))
            edits += _inside(self._edits.get(base, ()), piece.span)
            position, between = piece.span.end, b""
        if edits:
            yield Write(PurePosixPath(base), source.digest, tuple(edits))
        if item.path != base:
            yield Move(PurePosixPath(base), PurePosixPath(item.path), source.digest)


def _inside(edits: Iterable[Edit], span: Span) -> list[Edit]:
    return [edit for edit in edits if span.start <= edit.span.start and edit.span.end <= span.end]
