"""GraphML (graphml.graphdrawing.org): for yEd, Gephi, igraph, networkx.

Ids are `n0`, `n1` …, because GraphML's schema allows no blanks in them; a node's own id is the
attribute `vault_id`, for some readers keep `id` for themselves. Two notes may be joined by several
edges, one for each link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaultkit.graph.drawing import Drawing, DrawnNode
from vaultkit.report.graph.columns import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Cell,
    Column,
    Row,
    property_columns,
    shown,
)
from vaultkit.report.graph.xml import xml_text

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def graphml(drawing: Drawing) -> bytes:
    """The drawing as a GraphML document."""
    columns = [
        Column("vault_id", "string", lambda node: node.id),
        *NODE_COLUMNS,
        *property_columns(drawing.nodes),
    ]
    return "".join(_document(drawing, columns)).encode()


def _document(drawing: Drawing, columns: list[Column[DrawnNode]]) -> Iterator[str]:
    yield _HEAD
    yield from _keys("node", "d", columns)
    yield from _keys("edge", "e", EDGE_COLUMNS)
    yield '  <graph id="vault" edgedefault="directed">\n'
    for number, node in enumerate(drawing.nodes):
        yield f'    <node id="n{number}">\n'
        yield from _cells("d", (column.cell(node) for column in columns))
        yield "    </node>\n"
    for number, edge in enumerate(drawing.edges):
        source, target = drawing.numbers[edge.source], drawing.numbers[edge.target]
        yield f'    <edge id="l{number}" source="n{source}" target="n{target}">\n'
        yield from _cells("e", (column.cell(edge) for column in EDGE_COLUMNS))
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _keys(what: str, prefix: str, columns: Iterable[Column[Row]]) -> Iterator[str]:
    for number, column in enumerate(columns):
        yield (
            f'  <key id="{prefix}{number}" for="{what}" attr.name="{xml_text(column.name)}"'
            f' attr.type="{column.kind}"/>\n'
        )


def _cells(prefix: str, cells: Iterable[Cell]) -> Iterator[str]:
    for number, cell in enumerate(cells):
        if cell is not None and cell != "":
            yield f'      <data key="{prefix}{number}">{xml_text(shown(cell))}</data>\n'
