"""What the graph answers, on vaults small enough to see the answer."""

from __future__ import annotations

from pathlib import Path

from tiny_vault import Files, tiny_vault

from vaultkit.graph import questions, structure
from vaultkit.graph.build import build_graph
from vaultkit.graph.model import Graph


def graph_of(root: Path, files: Files) -> Graph:
    return build_graph(tiny_vault(root, files))


def test_no_incoming_and_isolated_are_two_things(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "Hub.md": "[[A]]",
            "A.md": "",
            "Self.md": "[[Self]] [[#top]]",
            "Dreams.md": "[[Not yet]] ![[pic.png]]",
            "pic.png": "",
            "Carded.md": "",
            "b.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "Carded.md"}]}',
        },
    )
    assert questions.no_incoming(graph) == ["Dreams.md", "Hub.md", "Self.md"]
    assert questions.isolated(graph) == ["Dreams.md", "Self.md"]


def test_a_tie_leaves_nobody_alone(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"S.md": "[[X]]", "a/X.md": "", "b/X.md": ""})
    assert questions.no_incoming(graph) == ["S.md"]
    assert questions.isolated(graph) == []
    assert [item.note for item in questions.dead_ends(graph)] == ["a/X.md", "b/X.md"]


def test_dead_ends_know_the_longest_way_into_them(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "End.md": "",
            "B.md": "[[End]]",
            "A.md": "[[B]]",
            "Side.md": "[[End]] [[End]] [[Side]] [[Gone]]",
            "Free.md": "[[End]] [[A]]",
            "Ring.md": "[[Rung]]",
            "Rung.md": "[[Ring]]",
            "Alone.md": "",
        },
    )
    found = questions.dead_ends(graph)
    assert [(item.note, item.chain, item.trapped) for item in found] == [
        ("End.md", ("A.md", "B.md", "End.md"), 3),
        ("Alone.md", ("Alone.md",), 0),
    ]


def test_most_wanted_counts_files_before_links(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "A.md": "[[Often]] [[Often]] [[Often]] [[Wide]] ![[gone.png]]",
            "B.md": "[[wide]] [[x.pdf]]",
        },
    )
    found = questions.most_wanted(graph)
    assert [(item.name, item.sources, len(item.edges)) for item in found] == [
        ("Wide", ("A.md", "B.md"), 2),
        ("Often", ("A.md",), 3),
    ]


def test_cycles_follow_parents_and_children_whoever_says_it(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "A.md": "Parents: [[B]]",
            "B.md": "Parents: [[C]]\n\nVariants: [[A]]",
            "C.md": "see [[A]]",
            "D.md": "up:: [[E]]",
            "E.md": "children:: [[F]]",
            "F.md": "variants:: [[D]]\n\nadjacent:: [[E]]",
            "G.md": "Parents: [[G]] [[Nowhere]]",
        },
    )
    found = questions.hierarchy_cycles(graph)
    assert [item.notes for item in found] == [("G.md",)]

    graph = graph_of(
        tmp_path / "two",
        {
            "A.md": "Parents: [[B]]",
            "B.md": "Parents: [[C]]",
            "C.md": "Parents: [[A]]\n\nParents: [[D]]",
            "D.md": "children:: [[E]]",
            "E.md": "children:: [[D]]",
        },
    )
    found = questions.hierarchy_cycles(graph)
    assert [item.notes for item in found] == [("A.md", "B.md", "C.md"), ("D.md", "E.md")]
    assert [(edge.source, edge.line) for edge in found[0].edges] == [
        ("A.md", 1),
        ("B.md", 1),
        ("C.md", 1),
    ]
    assert [(edge.source, edge.relation) for edge in found[1].edges] == [
        ("E.md", "children"),
        ("D.md", "children"),
    ]


def test_one_way_relations(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "A.md": "Parents: [[B]], [[C]], [[B]]\n\nRelated: [[B]]\n\nAdjacent: [[D]]",
            "B.md": "Variants: [[A]]",
            "C.md": "Related: [[A]]",
            "D.md": "Adjacent: [[A]], [[D]], [[Nowhere]]",
        },
    )
    found = questions.one_way(graph)
    assert [(item.edge.source, item.edge.target, item.expected) for item in found] == [
        ("A.md", "C.md", ("variants", "children"))
    ]


def star(points: int) -> dict[str, str]:
    files = {f"P{number}.md": "[[Star]]" for number in range(points)}
    return {
        **files,
        "Star.md": "[[P0]]",
        "Tail.md": "",
        "P1.md": "[[Star]] [[Tail]]",
        "Lone.md": "",
    }


def test_structure_of_a_star(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, star(4))
    hubs = structure.hubs(graph)
    assert (hubs[0].note, hubs[0].incoming, hubs[0].outgoing) == ("Star.md", 4, 1)
    assert [item.note for item in hubs].count("Lone.md") == 1
    assert structure.bridges(graph)[0] == ("Star.md", "P1.md", 2)
    assert structure.articulation_points(graph) == [
        ("Star.md", (2, 1, 1, 1), 3),
        ("P1.md", (4, 1), 1),
    ]
    assert [len(island) for island in structure.islands(graph)] == [6]
    assert structure.communities(graph)[0].name == "Star"


def test_suggestions_name_the_notes_that_speak_for_them(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {"A.md": "", "B.md": "", "C.md": "", "X.md": "[[A]] [[B]]", "Y.md": "[[A]] [[B]] [[C]]"},
    )
    (kin,) = structure.co_cited(graph, 10)
    assert (kin.first, kin.second, kin.common) == ("A.md", "B.md", ("X.md", "Y.md"))
    assert structure.co_cited(graph, 10, "C.md") == []
    assert [item[:2] for item in structure.shared_neighbours(graph, 10)] == [
        ("X.md", "Y.md"),
        ("A.md", "B.md"),
    ]
