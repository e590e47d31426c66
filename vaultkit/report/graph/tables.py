"""CSV tables of nodes and edges, with the headings that Gephi and spreadsheets look for."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

from vaultkit.graph.drawing import Drawing
from vaultkit.report.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, shown

# What a terminal would obey, and no table needs.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def edge_table(drawing: Drawing) -> bytes:
    """One row for each edge."""
    head = ["source", "target", "type", *(column.name for column in EDGE_COLUMNS)]
    rows = (
        [edge.source, edge.target, "directed", *(shown(item.cell(edge)) for item in EDGE_COLUMNS)]
        for edge in drawing.edges
    )
    return _table(head, rows)


def node_table(drawing: Drawing) -> bytes:
    """One row for each node; the last column holds the front matter as JSON."""
    head = ["id", "label", *(column.name for column in NODE_COLUMNS[1:]), "properties"]
    rows = (
        [
            node.id,
            *(shown(column.cell(node)) for column in NODE_COLUMNS),
            json.dumps(node.properties, ensure_ascii=False) if node.properties else "",
        ]
        for node in drawing.nodes
    )
    return _table(head, rows)


def _table(head: list[str], rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    told = _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text.getvalue())
    return told.encode("utf-8", "backslashreplace")
