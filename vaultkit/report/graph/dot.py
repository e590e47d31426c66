"""DOT, the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.graph.drawing import Drawing
from vaultkit.report.graph.colours import community_colour, relation_colour
from vaultkit.report.graph.joined import arrows
from vaultkit.report.shown import one_line


def dot(drawing: Drawing) -> bytes:
    """The drawing as a DOT digraph; links between two nodes that say the same are one arrow."""
    return "".join(_document(drawing)).encode("utf-8", "backslashreplace")


def _document(drawing: Drawing) -> Iterator[str]:
    known = sorted({edge.relation for edge in drawing.edges})
    yield "digraph vault {\n"
    yield '  graph [charset="UTF-8", layout=sfdp, overlap=prism, splines=true];\n'
    yield '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontcolor=white];\n'
    yield '  edge [fontname="sans-serif", fontsize=10];\n'
    for node in drawing.nodes:
        colour = community_colour(node.community)
        yield (
            f"  {_quoted(node.id)} [label={_quoted(node.name)}, fillcolor={_quoted(colour)},"
            f" class={_quoted(node.kind)}, tooltip={_quoted(node.id)}];\n"
        )
    for arrow in arrows(drawing):
        colour = _quoted(relation_colour(arrow.relation, known))
        told = "" if arrow.relation == "link" else f"label={_quoted(arrow.relation)}, "
        count = f", weight={arrow.links}" if arrow.links > 1 else ""
        yield (
            f"  {_quoted(arrow.source)} -> {_quoted(arrow.target)} [{told}color={colour}{count}];\n"
        )
    yield "}\n"


def _quoted(text: str) -> str:
    """A quoted id: only the quotation mark is escaped, and a backslash that would escape one."""
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
