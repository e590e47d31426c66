"""JSON node-link: what `networkx.node_link_graph(value, edges="edges")` and D3 read."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vaultkit.graph.drawing import Drawing
from vaultkit.report.shown import as_json


def node_link(drawing: Drawing) -> bytes:
    """The drawing as node-link JSON; properties keep their types."""
    return as_json(node_link_value(drawing)).encode()


def node_link_value(drawing: Drawing) -> dict[str, Any]:
    """The value that is written; `key` counts the edges from one node to another."""
    seen: Counter[tuple[str, str]] = Counter()
    edges = []
    for edge in drawing.edges:
        pair = (edge.source, edge.target)
        edges.append({**edge._asdict(), "key": seen[pair]})
        seen[pair] += 1
    return {
        "directed": True,
        "multigraph": True,
        "graph": {"communities": list(drawing.communities)},
        "nodes": [{**node._asdict(), "tags": list(node.tags)} for node in drawing.nodes],
        "edges": edges,
    }
