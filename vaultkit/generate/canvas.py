"""A canvas of a note's neighbourhood: what leads to it on the left, what it leads to on the right.

Format: JSON Canvas 1.0 (jsoncanvas.org/spec/1.0).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, NamedTuple

from vaultkit.generate.made_file import sealed_canvas
from vaultkit.generate.region import generated_spans
from vaultkit.names import link_key
from vaultkit.repair.forms import stem
from vaultkit.vault import Found, Vault

_WIDTH, _HEIGHT, _GAP = 320, 120, 40
_MARGIN = 40
_CENTRE = (440, 360)
# Between the columns, so that edges can be told apart.
_LANE = 240
_LINE = 60
_MOST = 12
_ROWS = 6


class Neighbours(NamedTuple):
    """The notes around a note: linking to it, linked both ways, linked from it."""

    incoming: tuple[str, ...]
    mutual: tuple[str, ...]
    outgoing: tuple[str, ...]


def neighbours(vault: Vault, centre: str) -> Neighbours:
    """The notes one link away, the most linked first; generated links do not count."""
    out: set[str] = set()
    into: set[str] = set()
    weight: Counter[str] = Counter()
    for path, note in vault.notes.items():
        hidden = generated_spans(note)
        for link in note.internal_links:
            found = vault.resolve(link.target, path)
            if not isinstance(found, Found) or found.path not in vault.notes:
                continue
            if any(start <= link.span.start < end for start, end in hidden):
                continue
            weight[found.path] += 1
            if path == centre != found.path:
                out.add(found.path)
            elif found.path == centre != path:
                into.add(path)

    def ordered(paths: set[str]) -> tuple[str, ...]:
        return tuple(sorted(paths, key=lambda path: (-weight[path], link_key(stem(path)), path)))

    return Neighbours(ordered(into - out), ordered(into & out), ordered(out - into))


def canvas_of(vault: Vault, centre: str) -> bytes:
    """The canvas; of each side the most linked notes are shown, and how many are left out.

    One edge leads from each side's box: an edge from every card was seen to cross the others.
    """
    around = neighbours(vault, centre)
    middle = _WIDTH * 2 + _GAP + 2 * _MARGIN + _LANE
    left = _Side("links here", around.incoming, 1 + (len(around.incoming) > _ROWS))
    right = _Side("linked from here", around.outgoing, 1 + (len(around.outgoing) > _ROWS))
    below = _Side("linked both ways", around.mutual, min(3, max(len(around.mutual), 1)))
    deepest = max(_CENTRE[1], *((_CENTRE[1] + side.height) // 2 for side in (left, right)))
    title = f"# {stem(centre)}\nwhat leads here, and where it leads"
    nodes = [
        # Carries the seal as its id, so it is one that no edge names.
        _box("text", "", middle, -200, _CENTRE[0], 140, text=title),
        _file(centre, middle, 0, *_CENTRE, color="5"),
        *left.nodes(middle - _LANE - left.width, (_CENTRE[1] - left.height) // 2),
        *below.nodes(middle + (_CENTRE[0] - below.width) // 2, deepest + _LANE // 2),
        *right.nodes(middle + _CENTRE[0] + _LANE, (_CENTRE[1] - right.height) // 2),
    ]
    del nodes[0]["id"]
    edges = [
        *left.edge(centre, "right", "left", ("none", "arrow")),
        *below.edge(centre, "top", "bottom", ("arrow", "arrow")),
        *right.edge(centre, "left", "right", ("arrow", "none")),
    ]
    return sealed_canvas(nodes, edges)


class _Side(NamedTuple):
    """A labelled box of cards on one side of the centre."""

    label: str
    paths: tuple[str, ...]
    columns: int

    @property
    def _shown(self) -> tuple[str, ...]:
        return self.paths[:_MOST]

    @property
    def width(self) -> int:
        columns = min(self.columns, max(len(self._shown), 1))
        return columns * _WIDTH + (columns - 1) * _GAP + 2 * _MARGIN

    @property
    def height(self) -> int:
        rows = -(-len(self._shown) // self.columns)
        more = _GAP + _LINE if len(self.paths) > _MOST else 0
        return rows * _HEIGHT + (rows - 1) * _GAP + 2 * _MARGIN + more

    def nodes(self, left: int, top: int) -> list[dict[str, Any]]:
        """The box and its cards, row by row; nothing where there are no notes."""
        if not self.paths:
            return []
        name = _id("group", self.label)
        found = [_box("group", name, left, top, self.width, self.height, label=self.label)]
        for number, path in enumerate(self._shown):
            x = left + _MARGIN + number % self.columns * (_WIDTH + _GAP)
            y = top + _MARGIN + number // self.columns * (_HEIGHT + _GAP)
            found.append(_file(path, x, y, _WIDTH, _HEIGHT))
        if more := len(self.paths) - len(self._shown):
            y = top + self.height - _MARGIN - _LINE
            wide = self.width - 2 * _MARGIN
            text = f"and {more} more"
            found.append(
                _box("text", _id("more", self.label), left + _MARGIN, y, wide, _LINE, text=text)
            )
        return found

    def edge(
        self, centre: str, side: str, centre_side: str, ends: tuple[str, str]
    ) -> list[dict[str, Any]]:
        if not self.paths:
            return []
        group = _id("group", self.label)
        return [
            {
                "id": _id("edge", self.label),
                "fromNode": group,
                "fromSide": side,
                "fromEnd": ends[0],
                "toNode": _id("note", centre),
                "toSide": centre_side,
                "toEnd": ends[1],
            }
        ]


def _file(path: str, x: int, y: int, width: int, height: int, **more: str) -> dict[str, Any]:
    return _box("file", _id("note", path), x, y, width, height, file=path, **more)


def _box(
    kind: str, name: str, x: int, y: int, width: int, height: int, **more: str
) -> dict[str, Any]:
    place = {"x": x, "y": y, "width": width, "height": height}
    return {"id": name, "type": kind, **place, **more}


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]
