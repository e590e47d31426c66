"""GEXF 1.3 (gexf.net): for Gephi, with positions, sizes and colours to begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaultkit.graph.drawing import Drawing, DrawnNode
from vaultkit.graph.layout import positions
from vaultkit.report.graph.colours import community_colour, rgb
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
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
  <meta>
    <creator>vaultkit</creator>
    <description>concept graph of a vault</description>
  </meta>
  <graph mode="static" defaultedgetype="directed" idtype="string">
"""
_TYPES = {"string": "string", "int": "integer", "double": "double"}


def gexf(drawing: Drawing) -> bytes:
    """The drawing as a GEXF document."""
    return "".join(_document(drawing)).encode()


def _document(drawing: Drawing) -> Iterator[str]:
    columns = [*NODE_COLUMNS[1:], *property_columns(drawing.nodes)]
    yield _HEAD
    yield from _attributes("node", columns)
    yield from _attributes("edge", EDGE_COLUMNS)
    yield f'    <nodes count="{len(drawing.nodes)}">\n'
    for node, place in zip(drawing.nodes, positions(drawing), strict=True):
        yield f'      <node id="{xml_text(node.id)}" label="{xml_text(node.name)}">\n'
        yield from _cells(column.cell(node) for column in columns)
        yield from _looks(node, place)
        yield "      </node>\n"
    yield f'    </nodes>\n    <edges count="{len(drawing.edges)}">\n'
    for number, edge in enumerate(drawing.edges):
        source, target = xml_text(edge.source), xml_text(edge.target)
        yield (
            f'      <edge id="{number}" source="{source}" target="{target}"'
            f' label="{xml_text(edge.relation)}" kind="{xml_text(edge.relation)}">\n'
        )
        yield from _cells(column.cell(edge) for column in EDGE_COLUMNS)
        yield "      </edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _attributes(what: str, columns: Iterable[Column[Row]]) -> Iterator[str]:
    yield f'    <attributes class="{what}">\n'
    for number, column in enumerate(columns):
        title, kind = xml_text(column.name), _TYPES[column.kind]
        yield f'      <attribute id="{number}" title="{title}" type="{kind}"/>\n'
    yield "    </attributes>\n"


def _cells(cells: Iterable[Cell]) -> Iterator[str]:
    rows = [
        f'          <attvalue for="{number}" value="{xml_text(shown(cell))}"/>\n'
        for number, cell in enumerate(cells)
        if cell is not None and cell != ""
    ]
    if rows:
        yield "        <attvalues>\n"
        yield from rows
        yield "        </attvalues>\n"


def _looks(node: DrawnNode, place: tuple[float, float]) -> Iterator[str]:
    red, green, blue = rgb(community_colour(node.community))
    size = round(4 + 200 * min(node.rank, 0.25), 2)
    yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
    yield f'        <viz:position x="{place[0]}" y="{-place[1]}" z="0.0"/>\n'
    yield f'        <viz:size value="{size}"/>\n'
