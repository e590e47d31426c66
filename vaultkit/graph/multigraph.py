"""The graph for networkx: the library's own form for whoever wants to ask more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultkit.graph.drawing import Drawing

if TYPE_CHECKING:
    import networkx


def to_networkx(drawing: Drawing) -> networkx.MultiDiGraph[str]:
    """A drawing as a `networkx.MultiDiGraph`.

    Nodes are the drawing's ids with every field of `DrawnNode` as an attribute, edges have those
    of `DrawnEdge`; a link is one edge, so two notes may have several. Keys count from 0.
    """
    import networkx

    graph: Any = networkx.MultiDiGraph(communities=list(drawing.communities))
    for node in drawing.nodes:
        values = node._asdict()
        graph.add_node(values.pop("id"), **values)
    for edge in drawing.edges:
        values = edge._asdict()
        graph.add_edge(values.pop("source"), values.pop("target"), **values)
    return graph
