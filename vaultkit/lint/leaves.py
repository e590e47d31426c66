"""The findings of a run file by file: what is remembered of a file is read when it is asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import groupby
from typing import Any, NamedTuple, overload

from vaultkit.lint.located import Located, decode, encode


class Tally(NamedTuple):
    """How many findings of one rule and one severity there are, with a fix, with a safe one."""

    rule: str
    severity: str
    number: int
    fixes: int
    safe: int


def tallies(findings: Iterable[Located]) -> tuple[Tally, ...]:
    """The counts of findings, by rule; of a run's own findings they are known already."""
    if isinstance(findings, Leaves):
        return findings.tallies
    counts: Counter[tuple[str, str]] = Counter()
    fixes: Counter[tuple[str, str]] = Counter()
    safe: Counter[tuple[str, str]] = Counter()
    for finding, *_ in findings:
        key = (finding.rule, finding.severity)
        counts[key] += 1
        if finding.fix is not None:
            fixes[key] += 1
            safe[key] += finding.fix.safety == "safe"
    return tuple(Tally(*key, counts[key], fixes[key], safe[key]) for key in sorted(counts))


def summed(parts: Iterable[Sequence[Tally]]) -> tuple[Tally, ...]:
    """The counts of several files as one."""
    sums: dict[tuple[str, str], list[int]] = {}
    for part in parts:
        for rule, severity, *counts in part:
            known = sums.get((rule, severity))
            sums[rule, severity] = (
                counts if known is None else [a + b for a, b in zip(known, counts, strict=True)]
            )
    return tuple(Tally(*key, *sums[key]) for key in sorted(sums))


class Leaf:
    """The findings in one file, in their order.

    shown: how they are printed, as far as it is known.
    """

    __slots__ = ("_found", "_kept", "path", "shown", "tallies")

    def __init__(
        self,
        path: str,
        found: tuple[Located, ...] | None,
        kept: bytes | None = None,
        counted: tuple[Tally, ...] = (),
        shown: bytes | None = None,
    ) -> None:
        self.path = path
        self.shown = shown
        self.tallies = counted or tallies(found or ())
        self._found = found
        self._kept = kept

    @property
    def found(self) -> tuple[Located, ...]:
        """The findings."""
        if self._found is None:
            rows: list[list[Any]] = json.loads(self._kept or b"[]")
            self._found = tuple(decode(self.path, row) for row in rows)
        return self._found

    @property
    def kept(self) -> bytes:
        """The findings as they are remembered."""
        if self._kept is None:
            rows = [encode(item) for item in self._found or ()]
            self._kept = json.dumps(rows, separators=(",", ":")).encode()
        return self._kept


class Kept(NamedTuple):
    """Findings as they are remembered.

    table: for each file, sorted: its path, tallies, and how long its share of the others is.
    found: what `Leaf.kept` says, one after the other.
    shown: what `Leaf.shown` says; nothing where that is not known.
    """

    table: Sequence[tuple[str, Sequence[Sequence[Any]], int, int]]
    found: bytes
    shown: bytes

    def leaves(self) -> Iterator[Leaf]:
        """File by file."""
        first = place = 0
        for path, rows, size, length in self.table:
            counted = tuple(Tally(*row) for row in rows)
            shown = self.shown[place : place + length] if self.shown else None
            yield Leaf(path, None, self.found[first : first + size], counted, shown)
            first, place = first + size, place + length

    def only(self, paths: Collection[str]) -> Iterator[Leaf]:
        """The findings in some files."""
        first = 0
        for path, rows, size, _ in self.table:
            if path in paths:
                counted = tuple(Tally(*row) for row in rows)
                yield Leaf(path, None, self.found[first : first + size], counted)
            first += size


Part = bytes | Leaf


class Leaves(Sequence[Located]):
    """The findings of a run in their order, by the files they are in.

    parts: all of it as it is printed, in order, as far as that is known; else the files.
    """

    def __init__(
        self,
        made: Callable[[], Iterable[Leaf]],
        counted: tuple[Tally, ...],
        parts: Callable[[], Sequence[Part]] | None = None,
    ) -> None:
        self.tallies = counted
        self._made = made
        self._parts = parts

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """File by file, sorted by path."""
        return tuple(self._made())

    @cached_property
    def parts(self) -> Sequence[Part]:
        """What is known of how it is printed, and the files of which nothing is."""
        return self._parts() if self._parts is not None else self.leaves

    def __len__(self) -> int:
        return sum(item.number for item in self.tallies)

    def __iter__(self) -> Iterator[Located]:
        for leaf in self.leaves:
            yield from leaf.found

    @overload
    def __getitem__(self, index: int) -> Located: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Located]: ...

    def __getitem__(self, index: int | slice) -> Located | Sequence[Located]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def leaves_of(leaves: Sequence[Leaf]) -> Leaves:
    """The findings of some files, which are sorted by path, as one."""
    return Leaves(lambda: leaves, summed(leaf.tallies for leaf in leaves))


def by_file(findings: Iterable[Located]) -> list[Leaf]:
    """Findings that are in order, file by file."""
    parts = groupby(findings, key=lambda item: item.finding.path)
    return [Leaf(path, tuple(items)) for path, items in parts]


def recalled(kept: Callable[[], Kept], counted: tuple[Tally, ...], shown: bytes) -> Leaves:
    """Findings that are remembered, none of which is read before it is asked for."""
    parts = (lambda: (shown,)) if shown else None
    return Leaves(lambda: kept().leaves(), counted, parts)


def replaced(
    kept: Kept, counted: Iterable[Tally], paths: Collection[str], new: list[Leaf]
) -> Leaves:
    """Remembered findings, with others for some files.

    counted: of all that is remembered; new: sorted by path.
    """
    less = [
        item._replace(number=-item.number, fixes=-item.fixes, safe=-item.safe)
        for leaf in kept.only(paths)
        for item in leaf.tallies
    ]
    sums = summed([[*counted], less, *(leaf.tallies for leaf in new)])

    def made() -> Iterator[Leaf]:
        left = (leaf for leaf in kept.leaves() if leaf.path not in paths)
        return merge(left, new, key=lambda leaf: leaf.path)

    parts = (lambda: _spliced(kept, paths, new)) if kept.shown else None
    return Leaves(made, tuple(item for item in sums if item.number), parts)


def _spliced(kept: Kept, paths: Collection[str], new: list[Leaf]) -> list[Part]:
    parts: list[Part] = []
    coming = [*reversed(new)]
    start = end = 0
    for path, _, _, length in kept.table:
        if coming and coming[-1].path < path:
            parts.append(kept.shown[start:end])
            start = end
            while coming and coming[-1].path < path:
                parts.append(coming.pop())
        if path in paths:
            parts.append(kept.shown[start:end])
            start = end + length
        end += length
    return [*parts, kept.shown[start:end], *reversed(coming)]
