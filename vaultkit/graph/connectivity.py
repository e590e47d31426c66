"""What holds a graph together: islands, bridges, articulation points.

One walk in depth over the undirected graph (Tarjan 1972, Hopcroft and Tarjan 1973), without
recursion, so that a chain of any length is walked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from vaultkit.graph.topology import Lists


class Bridge(NamedTuple):
    """A link without which the graph falls apart.

    inner, outer: its two ends; the outer is on the smaller side.
    cut_off: how many nodes the smaller side has.
    """

    inner: int
    outer: int
    cut_off: int


class Joint(NamedTuple):
    """A node without which the graph falls apart.

    pieces:  sizes of what would be left of its island, largest first.
    """

    node: int
    pieces: tuple[int, ...]

    @property
    def cut_off(self) -> int:
        """How many nodes would lose touch with the largest piece."""
        return sum(self.pieces[1:])


@dataclass(frozen=True, eq=False)
class Connectivity:
    """The pieces of an undirected graph, given as lists of neighbours."""

    around: Lists

    @cached_property
    def components(self) -> list[list[int]]:
        """Every connected piece as ascending nodes; the largest first, then by first node."""
        seen = bytearray(len(self.around))
        found: list[list[int]] = []
        for start in range(len(self.around)):
            if seen[start]:
                continue
            seen[start] = 1
            piece = [start]
            for node in piece:
                for other in self.around[node]:
                    if not seen[other]:
                        seen[other] = 1
                        piece.append(other)
            found.append(sorted(piece))
        found.sort(key=lambda piece: (-len(piece), piece[0]))
        return found

    @cached_property
    def bridges(self) -> list[Bridge]:
        """Every bridge, the one that cuts off most first."""
        return sorted(
            self._walk[0], key=lambda bridge: (-bridge.cut_off, bridge.inner, bridge.outer)
        )

    @cached_property
    def joints(self) -> list[Joint]:
        """Every articulation point, the one that cuts off most first."""
        return sorted(self._walk[1], key=lambda joint: (-joint.cut_off, joint.node))

    @cached_property
    def _walk(self) -> tuple[list[Bridge], list[Joint]]:
        around = self.around
        count = len(around)
        entered = [-1] * count
        low = [0] * count
        size = [1] * count
        pieces: dict[int, list[int]] = {}
        bridges: list[Bridge] = []
        joints: list[Joint] = []
        clock = 0
        for component in self.components:
            root, total = component[0], len(component)
            entered[root] = low[root] = clock
            clock += 1
            stack = [(root, -1, iter(around[root]))]
            while stack:
                node, parent, others = stack[-1]
                for other in others:
                    if entered[other] < 0:
                        entered[other] = low[other] = clock
                        clock += 1
                        stack.append((other, node, iter(around[other])))
                        break
                    if other != parent and entered[other] < low[node]:
                        low[node] = entered[other]
                else:
                    stack.pop()
                    if parent < 0:
                        continue
                    below = size[node]
                    size[parent] += below
                    low[parent] = min(low[parent], low[node])
                    if low[node] >= entered[parent]:
                        pieces.setdefault(parent, []).append(below)
                    if low[node] > entered[parent]:
                        bridges.append(_bridge(parent, node, below, total - below))
            self._close(root, total, component, pieces, joints)
        return bridges, joints

    @staticmethod
    def _close(
        root: int,
        total: int,
        component: list[int],
        pieces: dict[int, list[int]],
        joints: list[Joint],
    ) -> None:
        for node in component:
            found = pieces.pop(node, None)
            if found is None or (node == root and len(found) < 2):
                continue
            rest = total - 1 - sum(found)
            joints.append(Joint(node, tuple(sorted(filter(None, (*found, rest)), reverse=True))))


def _bridge(upper: int, lower: int, below: int, above: int) -> Bridge:
    """The bridge between two nodes of a walk, with the smaller side outside."""
    if below <= above:
        return Bridge(upper, lower, below)
    return Bridge(lower, upper, above)
