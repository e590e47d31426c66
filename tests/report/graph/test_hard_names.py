"""Vaults at the edge: nothing in them, one note, names that are no Unicode."""

from __future__ import annotations

import io
import json
import os
import sqlite3
from pathlib import Path

import networkx as nx
import pytest
from dot_grammar import read_dot
from tiny_vault import tiny_vault

from vaultkit.graph.build import build_graph
from vaultkit.graph.drawing import EXTRAS, Drawing, Show, draw
from vaultkit.report.graph import answers
from vaultkit.report.graph.forms import FORMATS, exported
from vaultkit.vault import read_vault


def drawing_of(root: Path) -> Drawing:
    vault = read_vault(root)
    return draw(vault, build_graph(vault), show=Show(frozenset(EXTRAS)))


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_vault(form: str, tmp_path: Path) -> None:
    data = exported(form, drawing_of(tmp_path))
    if form == "graphml":
        assert len(nx.read_graphml(io.BytesIO(data))) == 0
    elif form in ("node-link", "canvas"):
        assert json.loads(data)["nodes"] == []
    elif form == "dot":
        assert read_dot(data.decode()).nodes == {}
    else:
        assert data


def test_answers_of_an_empty_vault(tmp_path: Path) -> None:
    graph = build_graph(tiny_vault(tmp_path, {}))
    assert answers.summary_lines(graph) == ["0 notes, 0 links"]
    for name in answers.QUESTIONS:
        assert answers.answer_value(graph, name, None) == {"total": 0, "rows": []}
        assert answers.answer_lines(graph, name, 10)[0].endswith("none")


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_no_unicode(form: str, tmp_path: Path) -> None:
    """Linux allows any bytes in a name; what a format cannot hold is written as an escape."""
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("[[A]]\n[[line]]")
    except OSError:
        pytest.skip("the file system allows no such name")
    (tmp_path / "A.md").write_text("tab\tand \x0b [[caf]]")
    (tmp_path / "two\nlines \x1b[31m.md").write_text("[[A]]")
    drawing = drawing_of(tmp_path)
    assert len(drawing.nodes) == 5
    data = exported(form, drawing)
    if form == "sqlite":
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
        assert database.execute("SELECT count(*) FROM nodes").fetchone() == (5,)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return
    text = data.decode("utf-8")
    assert "\x1b" not in text
    if form == "graphml":
        assert len(nx.read_graphml(io.BytesIO(data), force_multigraph=True)) == 5
    elif form == "dot":
        graph = read_dot(text)
        assert len(graph.nodes) == 5
        assert {end for edge in graph.edges for end in edge[:2]} <= set(graph.nodes)
    elif form in ("node-link", "canvas"):
        assert json.loads(text)["nodes"]
