"""Who is linked with whom, as lists of small numbers: the form that measures run on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

Lists = Sequence[Sequence[int]]


@dataclass(frozen=True, eq=False)
class Topology:
    """A simple directed graph without self-links.

    ids:  the nodes' names; a node's number is its place here.
    out:  for each node the nodes it links to, each once, ascending.
    into: for each node the nodes that link to it, ascending.
    """

    ids: tuple[str, ...]
    out: Lists
    into: Lists

    @classmethod
    def of(cls, ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Topology:
        """The topology of named pairs; a pair that names an unknown node is left out."""
        names = tuple(ids)
        numbers = {name: number for number, name in enumerate(names)}
        targets_of: list[set[int]] = [set() for _ in names]
        for source, target in pairs:
            first, second = numbers.get(source), numbers.get(target)
            if first is not None and second is not None and first != second:
                targets_of[first].add(second)
        into: list[list[int]] = [[] for _ in names]
        out = [sorted(targets) for targets in targets_of]
        for number, others in enumerate(out):
            for other in others:
                into[other].append(number)
        return cls(names, out, into)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """A node's number by its name."""
        return {name: number for number, name in enumerate(self.ids)}

    @cached_property
    def around(self) -> Lists:
        """For each node the nodes linked with it in either direction, ascending."""
        return [
            sorted({*out, *into}) if out and into else [*(out or into)]
            for out, into in zip(self.out, self.into, strict=True)
        ]
