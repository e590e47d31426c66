"""PageRank: how much attention ends up at a note when a reader follows links at random.

Brin and Page (1998), with the teleport of networkx: a reader who follows links with probability
0.85 and otherwise, or at a dead end, opens any note. Equal to `networkx.pagerank`, which needs
scipy, within its own tolerance.
"""

from __future__ import annotations

from vaultkit.graph.topology import Topology

DAMPING = 0.85
_TOLERANCE = 1e-9
_MOST_ROUNDS = 200


def pagerank(topology: Topology) -> list[float]:
    """Each node's share of attention; the shares sum to 1."""
    count = len(topology)
    if not count:
        return []
    into = topology.into
    degrees = [len(targets) for targets in topology.out]
    dead_ends = [number for number, degree in enumerate(degrees) if not degree]
    weights = [DAMPING / degree if degree else 0.0 for degree in degrees]
    shares = [1.0 / count] * count
    for _ in range(_MOST_ROUNDS):
        lost = DAMPING * sum(shares[number] for number in dead_ends)
        base = (1.0 - DAMPING + lost) / count
        passed = [share * weight for share, weight in zip(shares, weights, strict=True)]
        get = passed.__getitem__
        fresh = [base + sum(map(get, sources)) for sources in into]
        change = sum(abs(new - old) for new, old in zip(fresh, shares, strict=True))
        shares = fresh
        if change < _TOLERANCE:
            break
    return shares
