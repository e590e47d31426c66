"""What a vault's graph consists of."""

from __future__ import annotations

import json
from pathlib import Path

from tiny_vault import tiny_vault

from vaultkit.graph.build import build_graph

CANVAS = json.dumps(
    {
        "nodes": [
            {"id": "1", "type": "file", "file": "A.md", "x": 0, "y": 0, "width": 1, "height": 1},
            {"id": "2", "type": "text", "text": "[[B]]", "x": 0, "y": 0, "width": 1, "height": 1},
        ],
        "edges": [],
    }
)


def test_nodes_of_every_kind(tmp_path: Path) -> None:
    vault = tiny_vault(
        tmp_path,
        {
            "A.md": "[[B]] ![[pic.png]] [[Nowhere]] [x](https://example.org) [[{{title}}]]",
            "B.md": "[[#Top]]",
            "pic.png": "",
            "unused.png": "",
            "board.canvas": CANVAS,
        },
    )
    graph = build_graph(vault)
    assert {node.id: (node.kind, node.name) for node in graph.nodes.values()} == {
        "A.md": ("note", "A"),
        "B.md": ("note", "B"),
        "board.canvas": ("board", "board.canvas"),
        "pic.png": ("attachment", "pic.png"),
        "unresolved:Nowhere": ("unresolved", "Nowhere"),
    }
    assert [(edge.source, edge.target, edge.link.kind) for edge in graph.edges] == [
        ("A.md", "B.md", "wiki"),
        ("A.md", "pic.png", "embed"),
        ("A.md", "unresolved:Nowhere", "wiki"),
        ("B.md", "B.md", "wiki"),
        ("board.canvas", "A.md", "file"),
        ("board.canvas", "B.md", "wiki"),
    ]


def test_every_edge_keeps_its_place(tmp_path: Path) -> None:
    vault = tiny_vault(
        tmp_path, {"A.md": "---\nup: '[[B]]'\n---\nx\n\nya [[B]] [[B|c]]\n", "B.md": ""}
    )
    graph = build_graph(vault)
    assert [edge.line for edge in graph.edges] == [2, 6, 6]
    source = vault.notes["A.md"].source
    assert [source.text(edge.link.span) for edge in graph.edges] == ["[[B]]", "[[B]]", "[[B|c]]"]
    assert [source.position(edge.link.span.start).line for edge in graph.edges] == [2, 6, 6]


def test_spellings_of_a_missing_note_are_one_node(tmp_path: Path) -> None:
    vault = tiny_vault(tmp_path, {"A.md": "[[focal loss]] [[Focal Loss]] [t](Focal%20Loss.md)"})
    assert list(build_graph(vault).nodes) == ["A.md", "unresolved:Focal Loss"]


def test_a_tie_is_no_edge(tmp_path: Path) -> None:
    vault = tiny_vault(tmp_path, {"S.md": "[[X]]", "a/X.md": "", "b/X.md": ""})
    graph = build_graph(vault)
    assert not graph.edges
    assert [tie.candidates for tie in graph.ties] == [("a/X.md", "b/X.md")]


def test_excluded_files_are_in_the_graph_until_it_is_asked_for_what_is_visible(
    tmp_path: Path,
) -> None:
    app = json.dumps({"userIgnoreFilters": ["old/"]})
    vault = tiny_vault(
        tmp_path,
        {
            "A.md": "[[B]]",
            "old/B.md": "[[A]] [[Gone]]",
            ".obsidian/app.json": app,
        },
    )
    graph = build_graph(vault)
    assert graph.nodes["old/B.md"].excluded
    assert len(graph.edges) == 3
    shown = graph.visible()
    assert list(shown.nodes) == ["A.md"]
    assert not shown.edges


def test_an_empty_vault(tmp_path: Path) -> None:
    graph = build_graph(tiny_vault(tmp_path, {}))
    assert not graph.nodes
    assert not graph.edges
    assert graph.ranks == []
    assert graph.communities == []
