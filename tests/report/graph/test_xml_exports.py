"""GraphML and GEXF, read back with networkx and with the XML parser."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from odd_vault import ODD, odd_drawing

from vaultkit.graph.drawing import Drawing
from vaultkit.report.graph.forms import exported

GEXF = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


@pytest.fixture
def drawing(tmp_path: Path) -> Drawing:
    return odd_drawing(tmp_path)


def xml_safe(text: str) -> str:
    return text.replace("\x01", "\ufffd")


def read(form: str, drawing: Drawing) -> Any:
    data = exported(form, drawing)
    if form == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    # networkx knows the versions 1.1 and 1.2; what it reads is the same in 1.3.
    older = data.replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
    return nx.read_gexf(io.BytesIO(older), version="1.2draft")


def test_graphml_has_every_node_with_every_value(drawing: Drawing) -> None:
    graph = read("graphml", drawing)
    assert graph.is_directed()
    assert len(graph) == len(drawing.nodes)
    for number, node in enumerate(drawing.nodes):
        seen = graph.nodes[f"n{number}"]
        assert seen["vault_id"] == node.id
        assert seen["name"] == node.name
        assert seen["kind"] == node.kind
        for key in ("path", "category", "status", "verdict"):
            assert seen.get(key, "") == getattr(node, key)
        assert seen.get("community") == node.community
        assert seen["rank"] == node.rank
        assert (seen["incoming"], seen["outgoing"]) == (node.incoming, node.outgoing)
        assert seen.get("tags", "") == ", ".join(node.tags)
    loss = graph.nodes[f"n{drawing.numbers['Loss.md']}"]
    assert loss["property.date"] == "2024-05-06"
    assert loss["property.number"] == "0.1"
    assert loss["property.odd"] == "<a href='x'>&amp; \ufffd"
    assert loss['property.weird "key" <k>'] == "x"
    assert "property.empty" not in loss


def test_graphml_has_every_edge_with_its_place(drawing: Drawing) -> None:
    graph = read("graphml", drawing)
    ids = {f"n{number}": node.id for number, node in enumerate(drawing.nodes)}
    seen = sorted(
        (ids[source], ids[target], key, value["relation"], value["path"], value["line"],
         value["where"], value.get("label", ""), value.get("fragment"), value.get("display"))
        for source, target, key, value in graph.edges(keys=True, data=True)
    )  # fmt: skip
    assert seen == sorted(
        (edge.source, edge.target, f"l{number}", edge.relation, edge.path, edge.line,
         edge.where, edge.label, edge.fragment, edge.display)
        for number, edge in enumerate(drawing.edges)
    )  # fmt: skip


def test_gexf_has_every_node_and_edge(drawing: Drawing) -> None:
    graph = read("gexf", drawing)
    assert set(graph) == {xml_safe(node.id) for node in drawing.nodes}
    assert {value["label"] for _, value in graph.nodes(data=True)} == {
        node.name for node in drawing.nodes
    }
    assert graph.nodes["Loss.md"]["verdict"] == "passed"
    assert graph.nodes["Loss.md"]["rank"] == drawing.nodes[drawing.numbers["Loss.md"]].rank
    assert graph.nodes["Loss.md"]["community"] == 0
    pairs = sorted(
        (source, target, value["relation"], value["line"])
        for source, target, value in graph.edges(data=True)
    )
    assert pairs == sorted(
        (edge.source, edge.target, edge.relation, edge.line) for edge in drawing.edges
    )


def test_gexf_places_nodes_apart_and_gives_them_colour_and_size(drawing: Drawing) -> None:
    root = ElementTree.fromstring(exported("gexf", drawing))
    assert root.get("version") == "1.3"
    nodes = root.findall("g:graph/g:nodes/g:node", GEXF)
    assert root.find("g:graph/g:nodes", GEXF).get("count") == str(len(nodes))  # type: ignore[union-attr]
    places = set()
    for node in nodes:
        place, colour, size = (
            node.find(f"viz:{name}", GEXF) for name in ("position", "color", "size")
        )
        assert place is not None
        assert colour is not None
        assert size is not None
        places.add((place.get("x"), place.get("y")))
        assert all(0 <= int(colour.get(part, "-1")) <= 255 for part in "rgb")
        assert float(size.get("value", "0")) > 0
    assert len(places) == len(nodes)
    titles = {
        (group.get("class"), item.get("id"), item.get("type"))
        for group in root.findall("g:graph/g:attributes", GEXF)
        for item in group
    }
    assert all(kind in ("string", "integer", "double") for *_, kind in titles)
    ids = {number for what, number, _ in titles if what == "node"}
    for value in root.findall("g:graph/g:nodes/g:node/g:attvalues/g:attvalue", GEXF):
        assert value.get("for") in ids


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_names_that_look_like_markup_stay_themselves(form: str, drawing: Drawing) -> None:
    names = {
        value.get("name") or value["label"] for _, value in read(form, drawing).nodes(data=True)
    }
    assert ODD in names
    assert 'A "quoted" <heading> & more' in names
    assert "Gone & <lost>" in names
