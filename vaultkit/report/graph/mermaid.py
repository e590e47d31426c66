"""Mermaid, which Obsidian and GitHub draw inside Markdown.

Both refuse more than 500 arrows or 50,000 characters; a part of the graph fits where the whole
does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.graph.drawing import Drawing
from vaultkit.report.graph.colours import community_colour, relation_colour
from vaultkit.report.graph.joined import arrows
from vaultkit.report.shown import one_line

MOST_ARROWS = 500
MOST_CHARACTERS = 50_000
_SHAPES = {
    "note": ("[", "]"),
    "board": ("[/", "/]"),
    "attachment": ("[(", ")]"),
    "unresolved": ("([", "])"),
    "tag": ("{{", "}}"),
    "heading": (">", "]"),
}


def mermaid(drawing: Drawing) -> bytes:
    """The drawing as a Mermaid flowchart."""
    return "".join(_document(drawing)).encode("utf-8", "backslashreplace")


def too_large(drawing: Drawing) -> bool:
    """Whether Mermaid, as Obsidian and GitHub set it up, refuses the drawing."""
    return sum(1 for _ in arrows(drawing)) > MOST_ARROWS or len(mermaid(drawing)) > MOST_CHARACTERS


def _document(drawing: Drawing) -> Iterator[str]:
    known = sorted({edge.relation for edge in drawing.edges})
    yield "flowchart LR\n"
    groups: dict[str, list[int]] = {}
    for number, node in enumerate(drawing.nodes):
        opening, closing = _SHAPES[node.kind]
        yield f"  n{number}{opening}{_text(node.name)}{closing}\n"
        groups.setdefault(community_colour(node.community), []).append(number)
    coloured: dict[str, list[int]] = {}
    for number, arrow in enumerate(arrows(drawing)):
        source, target = drawing.numbers[arrow.source], drawing.numbers[arrow.target]
        told = "" if arrow.relation == "link" else f"|{_text(arrow.relation)}|"
        yield f"  n{source} -->{told} n{target}\n"
        coloured.setdefault(relation_colour(arrow.relation, known), []).append(number)
    for number, (colour, members) in enumerate(groups.items()):
        yield f"  classDef c{number} fill:{colour},stroke:{colour},color:#fff\n"
        yield f"  class {','.join(f'n{member}' for member in members)} c{number}\n"
    for colour, arrow_numbers in coloured.items():
        yield f"  linkStyle {','.join(map(str, arrow_numbers))} stroke:{colour}\n"


def _text(text: str) -> str:
    """A quoted text: what Mermaid or Markdown would read as markup is written as an entity."""
    signs = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;"}
    return '"' + "".join(signs.get(sign, sign) for sign in one_line(text)) + '"'
