"""One page of HTML that shows the graph in any browser, from a file, without a network.

What a person does in it is written in `page/`: one style sheet and scripts that are put together
here in the order of _SCRIPTS. The page's own policy forbids it to load anything.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from vaultkit.graph.drawing import Drawing
from vaultkit.graph.layout import positions
from vaultkit.report.graph.colours import COMMUNITIES, OTHER, relation_colour

_SCRIPTS = (
    "model", "search", "views", "colours", "camera", "scene", "overlay", "stage", "pointer",
    "panel", "details", "finder", "main",
)  # fmt: skip


def html(drawing: Drawing) -> bytes:
    """The drawing as a page."""
    page = _asset("page.html")
    for mark, text in (
        ("STYLE", _asset("style.css")),
        ("SCRIPT", "\n".join(_asset(f"{name}.js") for name in _SCRIPTS)),
        ("DATA", _embedded(page_value(drawing))),
    ):
        before, after = page.split(f"/* {mark} */")
        page = before + text + after
    return page.encode("utf-8", "backslashreplace")


def page_value(drawing: Drawing) -> dict[str, Any]:
    """What the scripts read: columns of nodes and edges, in which a number stands for a name."""
    known = sorted({edge.relation for edge in drawing.edges})
    places = positions(drawing)
    nodes = drawing.nodes
    names: dict[str, list[str]] = {"community": list(drawing.communities)}
    columns: dict[str, list[int]] = {
        "community": [-1 if node.community is None else node.community for node in nodes]
    }
    for fact in ("kind", "category", "status", "verdict"):
        texts = [str(getattr(node, fact)) for node in nodes]
        names[fact] = sorted(set(texts))
        number = {text: place for place, text in enumerate(names[fact])}
        columns[fact] = [number[text] for text in texts]
    relations = [
        {
            "name": name,
            "colour": relation_colour(name, known),
            "direction": drawing.relations.direction_of(name),
        }
        for name in known
    ]
    return {
        "palette": list(COMMUNITIES),
        "other": OTHER,
        "names": names,
        "relations": relations,
        "nodes": {
            "id": [node.id for node in nodes],
            "name": [node.name for node in nodes],
            "tags": [list(node.tags) for node in nodes],
            "rank": [round(node.rank, 6) for node in nodes],
            "x": [x for x, _ in places],
            "y": [y for _, y in places],
            **columns,
        },
        "edges": {
            "source": [drawing.numbers[edge.source] for edge in drawing.edges],
            "target": [drawing.numbers[edge.target] for edge in drawing.edges],
            "relation": [known.index(edge.relation) for edge in drawing.edges],
            "line": [edge.line for edge in drawing.edges],
        },
    }


def _embedded(value: dict[str, Any]) -> str:
    """JSON inside a script element: no `<` may stand in it, for it could end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _asset(name: str) -> str:
    return files("vaultkit.report.graph").joinpath("page", name).read_text("utf-8")
