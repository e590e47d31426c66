"""A drawing's nodes and edges as rows of columns, as tables and XML formats want them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Literal, NamedTuple, TypeVar

from vaultkit.graph.drawing import DrawnEdge, DrawnNode
from vaultkit.graph.facts import worded

Kind = Literal["string", "int", "double"]
Cell = str | int | float | None


Row = TypeVar("Row", DrawnNode, DrawnEdge)


class Column(NamedTuple, Generic[Row]):
    """One column: its name, its type, and a row's value in it."""

    name: str
    kind: Kind
    cell: Callable[[Row], Cell]


NODE_COLUMNS: tuple[Column[DrawnNode], ...] = (
    Column("name", "string", lambda node: node.name),
    Column("kind", "string", lambda node: node.kind),
    Column("path", "string", lambda node: node.path),
    Column("category", "string", lambda node: node.category),
    Column("status", "string", lambda node: node.status),
    Column("verdict", "string", lambda node: node.verdict),
    Column("community", "int", lambda node: node.community),
    Column("rank", "double", lambda node: node.rank),
    Column("incoming", "int", lambda node: node.incoming),
    Column("outgoing", "int", lambda node: node.outgoing),
    Column("tags", "string", lambda node: ", ".join(node.tags)),
)
EDGE_COLUMNS: tuple[Column[DrawnEdge], ...] = (
    Column("relation", "string", lambda edge: edge.relation),
    Column("label", "string", lambda edge: edge.label),
    Column("path", "string", lambda edge: edge.path),
    Column("line", "int", lambda edge: edge.line),
    Column("kind", "string", lambda edge: edge.kind),
    Column("where", "string", lambda edge: edge.where),
    Column("fragment", "string", lambda edge: edge.fragment),
    Column("display", "string", lambda edge: edge.display),
)


def property_columns(nodes: tuple[DrawnNode, ...]) -> list[Column[DrawnNode]]:
    """A column `property.KEY` for every key in any node's front matter, sorted."""
    keys = sorted({key for node in nodes for key in node.properties})
    return [Column(f"property.{key}", "string", _reader(key)) for key in keys]


def _reader(key: str) -> Callable[[DrawnNode], Cell]:
    return lambda node: worded(node.properties.get(key)) if key in node.properties else None


def shown(cell: Cell) -> str:
    """A cell as text; numbers in their shortest form that reads back the same."""
    return "" if cell is None else repr(cell) if isinstance(cell, float) else str(cell)
