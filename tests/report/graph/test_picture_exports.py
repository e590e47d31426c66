"""DOT and Mermaid against their grammars, JSON Canvas against its specification and our reader."""

from __future__ import annotations

import html
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from dot_grammar import read_dot
from odd_vault import FILES, ODD, odd_drawing
from tiny_vault import tiny_vault

from vaultkit.graph.build import build_graph
from vaultkit.graph.drawing import Drawing, draw
from vaultkit.note import Board
from vaultkit.report.graph.forms import exported
from vaultkit.report.graph.joined import arrows
from vaultkit.report.graph.mermaid import too_large
from vaultkit.text import Source


@pytest.fixture
def drawing(tmp_path: Path) -> Drawing:
    return odd_drawing(tmp_path)


def test_dot_has_every_node_and_arrow(drawing: Drawing) -> None:
    graph = read_dot(exported("dot", drawing).decode())
    assert list(graph.nodes) == [node.id for node in drawing.nodes]
    assert [graph.nodes[node.id]["label"] for node in drawing.nodes] == [
        node.name for node in drawing.nodes
    ]
    assert [
        (source, target, values.get("label", "link"), int(values.get("weight", 1)))
        for source, target, values in graph.edges
    ] == list(arrows(drawing))
    assert all(re.fullmatch("#[0-9a-f]{6}", values["color"]) for *_, values in graph.edges)


def test_links_that_say_the_same_are_one_arrow(drawing: Drawing) -> None:
    found = {(arrow.source, arrow.target): arrow for arrow in arrows(drawing)}
    assert found["Loss.md", "Focal.md"][2:] == ("variants", 2)
    said = [a.relation for a in arrows(drawing) if a[:2] == ("Focal.md", "Loss.md")]
    assert said == ["parents", "custom"]


_NODE = re.compile(
    r'  n(\d+)(?:\["|\[/"|\[\("|\(\["|\{\{"|>")([^"`<>\\]*)(?:"\]|"/\]|"\)\]|"\]\)|"\}\}"?)'
)
_ARROW = re.compile(r'  n(\d+) -->(?:\|"([^"`<>\\]*)"\|)? n(\d+)')
_STYLE = re.compile(
    r"  (?:classDef c\d+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#fff"
    r"|class n\d+(?:,n\d+)* c\d+|linkStyle \d+(?:,\d+)* stroke:#[0-9a-f]{6})"
)


def unquoted(text: str) -> str:
    """What Mermaid shows for a text: its entities begin with # where HTML's begin with &."""
    return html.unescape(re.sub(r"#(\d+);", r"&#\1;", re.sub(r"#([a-z]+);", r"&\1;", text)))


def test_mermaid_has_every_node_and_arrow(drawing: Drawing) -> None:
    first, *lines = exported("mermaid", drawing).decode().splitlines()
    assert first == "flowchart LR"
    nodes = [match for line in lines if (match := _NODE.fullmatch(line))]
    shown = [match for line in lines if (match := _ARROW.fullmatch(line))]
    styles = [line for line in lines if _STYLE.fullmatch(line)]
    assert len(nodes) + len(shown) + len(styles) == len(lines)
    assert [(int(m[1]), unquoted(m[2])) for m in nodes] == [
        (number, node.name) for number, node in enumerate(drawing.nodes)
    ]
    ids = [node.id for node in drawing.nodes]
    assert [(ids[int(m[1])], ids[int(m[3])], unquoted(m[2] or "link")) for m in shown] == [
        arrow[:3] for arrow in arrows(drawing)
    ]
    styled = [int(n) for line in styles for n in re.findall(r"linkStyle (\S+)", line)[:1] or []
              for n in n.split(",")]  # fmt: skip
    assert sorted(styled) == list(range(len(shown)))


def test_mermaid_s_limits(tmp_path: Path, drawing: Drawing) -> None:
    assert not too_large(drawing)
    files = {f"{n}.md": " ".join(f"[[{m}]]" for m in range(24) if m != n) for n in range(24)}
    vault = tiny_vault(tmp_path / "dense", files)
    assert too_large(draw(vault, build_graph(vault)))


def canvas(drawing: Drawing) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(exported("canvas", drawing))
    return value


def test_canvas_keeps_to_the_specification(drawing: Drawing) -> None:
    """JSON Canvas 1.0, jsoncanvas.org/spec/1.0."""
    value = canvas(drawing)
    assert set(value) == {"nodes", "edges"}
    common = {"id", "type", "x", "y", "width", "height"}
    own = {"file": {"file"}, "text": {"text"}, "group": {"label"}}
    optional = {"file": {"subpath", "color"}, "text": {"color"}, "group": {"color"}}
    for node in value["nodes"]:
        kind = node["type"]
        assert common | own[kind] <= set(node) <= common | own[kind] | optional[kind]
        assert all(type(node[key]) is int for key in ("x", "y", "width", "height"))
        assert node.get("subpath", "#").startswith("#")
        assert re.fullmatch("#[0-9a-f]{6}|[1-6]", node.get("color", "1"))
    sides = {"top", "right", "bottom", "left"}
    ids = [item["id"] for item in (*value["nodes"], *value["edges"])]
    assert len(set(ids)) == len(ids)
    cards = {node["id"] for node in value["nodes"] if node["type"] != "group"}
    for edge in value["edges"]:
        assert {edge["fromNode"], edge["toNode"]} <= cards
        assert {edge["fromSide"], edge["toSide"]} <= sides
        assert set(edge) <= {"id", "fromNode", "fromSide", "toNode", "toSide", "color", "label"}


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def test_no_card_covers_another_and_each_lies_in_one_group(drawing: Drawing) -> None:
    nodes = canvas(drawing)["nodes"]
    cards = [node for node in nodes if node["type"] != "group"]
    groups = [node for node in nodes if node["type"] == "group"]
    assert len(cards) == len(drawing.nodes)
    assert not any(overlap(*pair) for pair in combinations(cards, 2))
    assert not any(overlap(*pair) for pair in combinations(groups, 2))
    for card in cards:
        assert sum(overlap(card, group) for group in groups) == 1
    assert nodes[: len(groups)] == groups


def test_a_parent_s_card_stands_above_its_variants(tmp_path: Path) -> None:
    files = {
        "Leaf.md": "- Parents: [[Mid]]\n",
        "Mid.md": "- Parents: [[Top]]\n- Variants: [[Leaf]], [[Side]]\n",
        "Side.md": "- Adjacent: [[Leaf]]\n",
        "Top.md": "[[Leaf]] [[Side]]",
    }
    vault = tiny_vault(tmp_path, files)
    nodes = canvas(draw(vault, build_graph(vault)))["nodes"]
    places = {node["file"]: node["y"] for node in nodes if node["type"] == "file"}
    assert places["Top.md"] < places["Mid.md"] < places["Leaf.md"] == places["Side.md"]


def test_the_canvas_is_a_board_of_the_vault(tmp_path: Path, drawing: Drawing) -> None:
    data = exported("canvas", drawing)
    board = Board(Source("Graph.canvas", data))
    assert board.problems == ()
    vault = tiny_vault(tmp_path / "again", {**FILES, "Graph.canvas": data})
    linked = {edge.target for edge in build_graph(vault).edges if edge.source == "Graph.canvas"}
    assert linked >= {node.path for node in drawing.nodes if node.kind in ("note", "attachment")}
    assert "unresolved:Gone & <lost>" in linked
    assert any(ODD in name for name in linked)


def test_the_settings_say_what_is_above(tmp_path: Path) -> None:
    from vaultkit.graph.relations import DEFAULTS, Relation, Relations, extended

    known = extended(DEFAULTS, {"stage": Relation("stage", ("stage",), direction="down")})
    vault = tiny_vault(tmp_path, {"A.md": "[[B]]", "B.md": "stage: [[A]]"})
    nodes = canvas(draw(vault, build_graph(vault, Relations(known))))["nodes"]
    places = {node["file"]: node["y"] for node in nodes if node["type"] == "file"}
    assert places["B.md"] < places["A.md"]
