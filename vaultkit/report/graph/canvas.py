"""JSON Canvas 1.0 (jsoncanvas.org): a board that Obsidian opens.

Each community is a group of cards in rows, the broader notes above the narrower ones; no card
covers another. Notes without links stand in a group of their own.
"""

from __future__ import annotations

import hashlib
from math import sqrt
from typing import Any, NamedTuple

from vaultkit.graph.drawing import Drawing, DrawnNode
from vaultkit.graph.layers import rows
from vaultkit.graph.relations import PLAIN
from vaultkit.report.graph.colours import community_colour, relation_colour
from vaultkit.report.graph.joined import arrows
from vaultkit.report.shown import as_json, one_line

WIDTH, HEIGHT = 320, 120
_ACROSS, _DOWN = 80, 110
_MARGIN = 60
_GROUP_GAP = 160


class _Block(NamedTuple):
    """A group of cards: its title, and its nodes row by row."""

    title: str
    colour: str
    rows: list[list[int]]

    @property
    def width(self) -> int:
        columns = max(map(len, self.rows))
        return columns * (WIDTH + _ACROSS) - _ACROSS + 2 * _MARGIN

    @property
    def height(self) -> int:
        return len(self.rows) * (HEIGHT + _DOWN) - _DOWN + 2 * _MARGIN


def canvas(drawing: Drawing) -> bytes:
    """The drawing as a canvas."""
    return as_json(canvas_value(drawing)).encode()


def canvas_value(drawing: Drawing) -> dict[str, Any]:
    """The canvas as JSON values: groups first, so that the cards lie above them."""
    blocks = _blocks(drawing, _above(drawing))
    groups: list[dict[str, Any]] = []
    cards: list[dict[str, Any]] = []
    places: dict[str, tuple[int, int]] = {}
    for block, (left, top) in zip(blocks, _shelved(blocks), strict=True):
        groups.append(
            {
                "id": _id(f"group {block.title} {len(groups)}"),
                "type": "group",
                "x": left,
                "y": top,
                "width": block.width,
                "height": block.height,
                "label": one_line(block.title),
                "color": block.colour,
            }
        )
        for number, row in enumerate(block.rows):
            wide = len(row) * (WIDTH + _ACROSS) - _ACROSS
            x = left + (block.width - wide) // 2
            y = top + _MARGIN + number * (HEIGHT + _DOWN)
            for turn, node in enumerate(row):
                place = (x + turn * (WIDTH + _ACROSS), y)
                cards.append(_card(drawing.nodes[node], place))
                places[drawing.nodes[node].id] = place
    return {"nodes": [*groups, *cards], "edges": _edges(drawing, places)}


def _above(drawing: Drawing) -> dict[int, list[int]]:
    """For each node those that an edge calls broader."""
    found: dict[int, list[int]] = {}
    for edge in drawing.edges:
        direction = drawing.relations.direction_of(edge.relation)
        source, target = drawing.numbers[edge.source], drawing.numbers[edge.target]
        if edge.relation in ("tag", "heading"):
            direction = "down"
        if direction == "up":
            found.setdefault(source, []).append(target)
        elif direction == "down":
            found.setdefault(target, []).append(source)
    return found


def _blocks(drawing: Drawing, above: dict[int, list[int]]) -> list[_Block]:
    groups: dict[int, list[int]] = {}
    lone: list[int] = []
    for number, node in enumerate(drawing.nodes):
        group = node.community
        if group is None:
            homes = {drawing.nodes[other].community for other in drawing.around[number]}
            group = min((home for home in homes if home is not None), default=None)
        if group is None:
            lone.append(number)
        else:
            groups.setdefault(group, []).append(number)
    blocks = []
    for group, members in sorted(groups.items()):
        members.sort(key=lambda number: (-drawing.nodes[number].rank, number))
        title = drawing.communities[group]
        ordered = rows(members, drawing.around, above)
        blocks.append(_Block(title, community_colour(group), ordered))
    if lone:
        title = "Not linked" if groups else "Notes"
        blocks.append(_Block(title, community_colour(None), rows(lone, drawing.around, above)))
    return blocks


def _shelved(blocks: list[_Block]) -> list[tuple[int, int]]:
    """The upper left corners of blocks set in lines, like words in a paragraph."""
    area = sum((block.width + _GROUP_GAP) * (block.height + _GROUP_GAP) for block in blocks)
    line = max([round(sqrt(area) * 1.25), *(block.width for block in blocks)])
    corners: list[tuple[int, int]] = []
    x = y = tallest = 0
    for block in blocks:
        if x and x + block.width > line:
            x, y, tallest = 0, y + tallest + _GROUP_GAP, 0
        corners.append((x, y))
        x += block.width + _GROUP_GAP
        tallest = max(tallest, block.height)
    return corners


def _card(node: DrawnNode, place: tuple[int, int]) -> dict[str, Any]:
    card: dict[str, Any] = {
        "id": _id(node.id),
        "type": "file",
        "x": place[0],
        "y": place[1],
        "width": WIDTH,
        "height": HEIGHT,
    }
    if node.kind in ("unresolved", "tag"):
        text = f"#{node.name}" if node.kind == "tag" else f"[[{node.name}]]"
        return {**card, "type": "text", "text": text}
    if node.kind == "heading":
        return {**card, "file": node.path, "subpath": f"#{node.name}"}
    return {**card, "file": node.path}


def _edges(drawing: Drawing, places: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    known = sorted({edge.relation for edge in drawing.edges})
    found: list[dict[str, Any]] = []
    for arrow in arrows(drawing):
        leaves, arrives = _sides(places[arrow.source], places[arrow.target])
        edge: dict[str, Any] = {
            "id": _id(f"{arrow.source}\n{arrow.target}\n{arrow.relation}"),
            "fromNode": _id(arrow.source),
            "fromSide": leaves,
            "toNode": _id(arrow.target),
            "toSide": arrives,
        }
        if arrow.relation != PLAIN:
            edge["color"] = relation_colour(arrow.relation, known)
            edge["label"] = one_line(arrow.relation)
        found.append(edge)
    return found


def _sides(start: tuple[int, int], end: tuple[int, int]) -> tuple[str, str]:
    """Where an arrow leaves and arrives, so that it does not run through its own cards."""
    if start[1] != end[1]:
        return ("bottom", "top") if start[1] < end[1] else ("top", "bottom")
    return ("right", "left") if start[0] < end[0] else ("left", "right")


def _id(text: str) -> str:
    """An id as Obsidian writes them, sixteen hexadecimal digits, told by what it stands for."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
