"""Places for a drawing's nodes: communities as discs, the most linked in the middle of each.

Computed the same on every machine: no chance, and coordinates rounded to a tenth. The discs of
communities that are linked lie near each other; what is linked with nothing stands in rows below.
"""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt

from vaultkit.graph.drawing import Drawing

Place = tuple[float, float]
_GAP = 26.0
_GOLDEN = pi * (3 - sqrt(5))
_MOST_TRIES = 4000


def positions(drawing: Drawing) -> list[Place]:
    """A place for each node, in their order; y grows downwards."""
    groups, lone = _groups(drawing)
    discs = _packed(drawing, groups)
    places: list[Place] = [(0.0, 0.0)] * len(drawing.nodes)
    bottom = 0.0
    for group, (x, y) in zip(groups, discs, strict=True):
        bottom = max(bottom, y + _radius(len(group)))
        for turn, node in enumerate(group):
            distance = _GAP * sqrt(turn)
            angle = turn * _GOLDEN
            places[node] = (x + distance * cos(angle), y + distance * sin(angle))
    width = max(1, round(sqrt(len(drawing.nodes)) * 1.6))
    for turn, node in enumerate(lone):
        row, column = divmod(turn, width)
        places[node] = ((column - (width - 1) / 2) * _GAP, bottom + (row + 2) * _GAP)
    return [(round(x, 1) + 0.0, round(y, 1) + 0.0) for x, y in places]


def _groups(drawing: Drawing) -> tuple[list[list[int]], list[int]]:
    """The nodes by community, most linked first, and those that are linked with nothing.

    A tag, heading or unresolved name goes where most of what it is linked with goes.
    """
    of: dict[int, int] = {}
    for number, node in enumerate(drawing.nodes):
        if node.community is not None:
            of[number] = node.community
    rest = [number for number in range(len(drawing.nodes)) if number not in of]
    for _ in range(3):
        for number in rest:
            votes: dict[int, int] = {}
            for other in drawing.around[number]:
                if other in of:
                    votes[of[other]] = votes.get(of[other], 0) + 1
            if votes:
                of[number] = min(votes, key=lambda group: (-votes[group], group))
    found: dict[int, list[int]] = {}
    for number, group in of.items():
        found.setdefault(group, []).append(number)
    for members in found.values():
        members.sort(key=lambda number: (-len(drawing.around[number]), number))
    ordered = sorted(found.values(), key=lambda group: (-len(group), min(group)))
    return ordered, [number for number in rest if number not in of]


def _radius(size: int) -> float:
    return _GAP * (sqrt(size) + 0.8)


def _packed(drawing: Drawing, groups: list[list[int]]) -> list[Place]:
    """The middles of discs that do not overlap, each near those that it is linked with."""
    home = {node: number for number, group in enumerate(groups) for node in group}
    links: list[dict[int, int]] = [{} for _ in groups]
    for node, others in enumerate(drawing.around):
        for other in others:
            if node in home and other in home and home[node] != home[other]:
                here, there = home[node], home[other]
                links[here][there] = links[here].get(there, 0) + 1
    placed: dict[int, Place] = {}
    pull = [0] * len(groups)
    waiting = set(range(len(groups)))
    while waiting:
        chosen = min(waiting, key=lambda group: (-pull[group], group))
        waiting.remove(chosen)
        sizes = [(at, _radius(len(groups[other]))) for other, at in placed.items()]
        radius = _radius(len(groups[chosen]))
        if pull[chosen]:
            placed[chosen] = _near(radius, sizes, _middle(links[chosen], placed))
        else:
            placed[chosen] = _below(radius, sizes)
        for other, count in links[chosen].items():
            pull[other] += count
    return [placed[number] for number in range(len(groups))]


def _middle(links: dict[int, int], placed: dict[int, Place]) -> Place:
    """The mean place of the groups that a group is linked with, weighed by the links."""
    pulls = [(placed[other], count) for other, count in links.items() if other in placed]
    total = sum(count for _, count in pulls)
    x = sum(place[0] * count for place, count in pulls) / total
    y = sum(place[1] * count for place, count in pulls) / total
    return round(x, 3), round(y, 3)


def _near(radius: float, discs: list[tuple[Place, float]], middle: Place) -> Place:
    """The nearest free place to a point, along a spiral."""
    step = max(radius / 2, _GAP)
    for turn in range(_MOST_TRIES):
        distance = step * sqrt(turn)
        angle = turn * _GOLDEN
        spot = (middle[0] + distance * cos(angle), middle[1] + distance * sin(angle))
        if _is_free(spot, radius, discs):
            return spot
    return _below(radius, discs)


def _below(radius: float, discs: list[tuple[Place, float]]) -> Place:
    """The first free place in a row below the largest disc, or below everything."""
    if not discs:
        return 0.0, 0.0
    (x, y), largest = max(discs, key=lambda disc: disc[1])
    left, right = x - 2 * largest, x + 2 * largest
    top = y + largest
    while True:
        spot = (left + radius, top + radius)
        while spot[0] + radius <= right:
            if _is_free(spot, radius, discs):
                return spot
            spot = (spot[0] + radius, spot[1])
        top += radius


def _is_free(spot: Place, radius: float, discs: list[tuple[Place, float]]) -> bool:
    # With a little slack: whether two discs touch must not hang on the last digit.
    least = radius - 1e-6
    return all(hypot(spot[0] - at[0], spot[1] - at[1]) >= least + other for at, other in discs)
