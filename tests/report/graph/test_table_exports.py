"""Node-link JSON, CSV and SQLite, read back with networkx, csv and sqlite3."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from odd_vault import ODD, odd_drawing

from vaultkit.graph.drawing import Drawing
from vaultkit.graph.multigraph import to_networkx
from vaultkit.report.graph.forms import exported


@pytest.fixture
def drawing(tmp_path: Path) -> Drawing:
    return odd_drawing(tmp_path)


@pytest.fixture
def database(drawing: Drawing, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    file = tmp_path / "graph.db"
    file.write_bytes(exported("sqlite", drawing))
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    yield connection
    connection.close()


def test_node_link_is_the_graph_of_the_library(drawing: Drawing) -> None:
    value = json.loads(exported("node-link", drawing))
    read = nx.node_link_graph(value, edges="edges")
    ours = to_networkx(drawing)
    assert isinstance(read, nx.MultiDiGraph)
    assert read.graph == ours.graph
    assert set(read) == set(ours)
    for name, values in ours.nodes(data=True):
        assert read.nodes[name] == {**values, "tags": list(values["tags"])}
    assert sorted(map(repr, read.edges(data=True))) == sorted(map(repr, ours.edges(data=True)))
    assert read.nodes["Loss.md"]["properties"]["list"] == [1, "two", {"a": "b"}]
    assert read.nodes["Loss.md"]["properties"]["odd"] == "<a href='x'>&amp; \x01"


def test_the_library_s_graph_has_one_edge_for_each_link(drawing: Drawing) -> None:
    graph = to_networkx(drawing)
    assert graph.number_of_edges() == len(drawing.edges)
    between = graph.get_edge_data("Loss.md", "Focal.md")
    assert [between[key]["display"] for key in sorted(between)] == [None, "again"]
    assert {between[key]["relation"] for key in between} == {"variants"}


def test_csv(drawing: Drawing) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", drawing).decode(), newline="")))
    assert [(row["source"], row["target"], row["relation"], int(row["line"])) for row in rows] == [
        (edge.source, edge.target, edge.relation, edge.line) for edge in drawing.edges
    ]
    assert {row["type"] for row in rows} == {"directed"}
    nodes = list(csv.DictReader(io.StringIO(exported("csv-nodes", drawing).decode(), newline="")))
    assert [row["id"] for row in nodes] == [node.id for node in drawing.nodes]
    assert [row["label"] for row in nodes] == [node.name for node in drawing.nodes]
    assert [float(row["rank"]) for row in nodes] == [node.rank for node in drawing.nodes]
    for row, node in zip(nodes, drawing.nodes, strict=True):
        assert json.loads(row["properties"] or "{}") == node.properties


def test_sqlite_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_sqlite_has_every_node_and_edge(database: sqlite3.Connection, drawing: Drawing) -> None:
    nodes = database.execute(
        "SELECT id, kind, name, path, category, status, verdict, community, rank, incoming,"
        " outgoing FROM nodes ORDER BY rowid"
    ).fetchall()
    assert nodes == [tuple(node[:11]) for node in drawing.nodes]
    edges = database.execute("SELECT * FROM edges ORDER BY id").fetchall()
    assert [row[1:] for row in edges] == [tuple(edge) for edge in drawing.edges]
    tags = database.execute("SELECT node, tag FROM tags").fetchall()
    assert tags == [(node.id, tag) for node in drawing.nodes for tag in node.tags]
    said = database.execute("SELECT key, value FROM properties WHERE node = 'Loss.md'").fetchall()
    assert {key: json.loads(value) for key, value in said} == dict(
        drawing.nodes[drawing.numbers["Loss.md"]].properties
    )
    names = database.execute("SELECT name FROM communities ORDER BY number").fetchall()
    assert tuple(name for (name,) in names) == drawing.communities


def test_sqlite_answers_questions(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT n.name FROM edges e JOIN nodes n ON n.id = e.source"
        " WHERE e.relation = 'parents' AND e.target = 'Loss.md'"
    ).fetchall()
    assert rows == [("Focal",)]
    assert database.execute("SELECT count(*) FROM nodes WHERE name = ?", (ODD,)).fetchone() == (1,)
