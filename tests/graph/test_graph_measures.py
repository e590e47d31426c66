"""The measures equal those of networkx, on graphs that Hypothesis makes up."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.graph.communities import communities
from vaultkit.graph.connectivity import Connectivity
from vaultkit.graph.kinship import MOST_COMPANIONS, co_cited, shared_neighbours
from vaultkit.graph.loops import knots, shortest_loops
from vaultkit.graph.paths import distances, shortest_way
from vaultkit.graph.rank import pagerank
from vaultkit.graph.topology import Topology


@st.composite
def topologies(draw: st.DrawFn, most: int = 24) -> Topology:
    count = draw(st.integers(1, most))
    nodes = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(nodes, nodes), max_size=3 * count))
    ids = [f"{number:02}" for number in range(count)]
    return Topology.of(ids, ((ids[first], ids[second]) for first, second in pairs))


def directed(topology: Topology) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(topology)))
    graph.add_edges_from(
        (node, other) for node, others in enumerate(topology.out) for other in others
    )
    return graph


def undirected(topology: Topology) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(topology)))
    graph.add_edges_from(
        (node, other)
        for node, others in enumerate(topology.around)
        for other in others
        if node < other
    )
    return graph


@given(topologies())
def test_pagerank(topology: Topology) -> None:
    ours = pagerank(topology)
    theirs = nx.pagerank(directed(topology), tol=1e-13, max_iter=2000)
    assert ours == pytest.approx([theirs[node] for node in range(len(topology))], abs=1e-7)
    assert sum(ours) == pytest.approx(1)


@given(topologies())
def test_pieces_bridges_and_joints(topology: Topology) -> None:
    graph, found = undirected(topology), Connectivity(topology.around)
    assert sorted(found.components) == sorted(map(sorted, nx.connected_components(graph)))
    assert {frozenset((bridge.inner, bridge.outer)) for bridge in found.bridges} == {
        frozenset(edge) for edge in nx.bridges(graph)
    }
    assert {joint.node for joint in found.joints} == set(nx.articulation_points(graph))
    for bridge in found.bridges:
        cut = graph.copy()
        cut.remove_edge(bridge.inner, bridge.outer)
        outer = nx.node_connected_component(cut, bridge.outer)
        assert len(outer) == bridge.cut_off
        assert len(outer) <= len(nx.node_connected_component(cut, bridge.inner))
    for joint in found.joints:
        cut = graph.subgraph(nx.node_connected_component(graph, joint.node) - {joint.node})
        sizes = sorted(map(len, nx.connected_components(cut)), reverse=True)
        assert joint.pieces == tuple(sizes)


@given(topologies(), st.integers(0, 5))
def test_communities_are_those_of_networkx_with_the_same_seed(
    topology: Topology, seed: int
) -> None:
    theirs = nx.community.louvain_communities(undirected(topology), seed=seed)
    assert sorted(communities(topology.around, seed)) == sorted(map(sorted, theirs))


@given(topologies())
def test_knots_are_the_strong_components_with_a_circle(topology: Topology) -> None:
    graph = directed(topology)
    theirs = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert knots(topology.out) == sorted(theirs)
    for loop, knot in zip(shortest_loops(topology.out), sorted(theirs), strict=True):
        assert set(loop) <= set(knot)
        assert loop[0] == min(loop)
        steps = zip(loop, (*loop[1:], loop[0]), strict=True)
        assert all(graph.has_edge(*step) for step in steps)
        inner = graph.subgraph(knot)
        back = (nx.shortest_path_length(inner, head, tail) for tail, head in inner.edges)
        assert len(loop) == 1 + min(back)


def test_a_node_that_leads_to_itself_is_a_knot() -> None:
    assert knots([[0], [], [1]]) == [[0]]
    assert shortest_loops([[0], [], [1]]) == [(0,)]


@given(topologies(), st.data())
def test_shortest_way(topology: Topology, data: st.DataObject) -> None:
    nodes = st.integers(0, len(topology) - 1)
    start, goal = data.draw(nodes), data.draw(nodes)
    way = shortest_way(topology, start, goal)
    ahead, around = directed(topology), undirected(topology)
    if nx.has_path(ahead, start, goal):
        assert way is not None
        assert way.directed
        assert len(way.nodes) == nx.shortest_path_length(ahead, start, goal) + 1
        assert all(ahead.has_edge(*step) for step in zip(way.nodes, way.nodes[1:], strict=False))
    elif nx.has_path(around, start, goal):
        assert way is not None
        assert not way.directed
        assert len(way.nodes) == nx.shortest_path_length(around, start, goal) + 1
    else:
        assert way is None


@given(topologies(), st.integers(0, 4), st.data())
def test_distances(topology: Topology, most: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(topology) - 1))
    theirs = nx.single_source_shortest_path_length(undirected(topology), start, cutoff=most)
    assert distances(topology.around, start, most) == dict(theirs)


@given(topologies())
def test_shared_neighbours_are_adamic_adar(topology: Topology) -> None:
    graph = undirected(topology)
    expected = {
        (first, second): score
        for first, second, score in nx.adamic_adar_index(graph)
        if len(list(nx.common_neighbors(graph, first, second))) >= 2
    }
    found = {tuple(sorted(pair[:2])): pair.score for pair in shared_neighbours(topology, 10_000)}
    assert found == pytest.approx(
        {tuple(sorted(pair)): x for pair, x in expected.items()}, abs=1e-4
    )


@given(topologies(), st.integers(1, 5))
def test_the_limit_keeps_the_best(topology: Topology, limit: int) -> None:
    everything = co_cited(topology, 10_000)
    assert co_cited(topology, limit) == everything[:limit]
    order = [(-pair.score, pair.first, pair.second) for pair in everything]
    assert order == sorted(order)
    for pair in everything:
        assert pair.second not in topology.around[pair.first]
        citing = set(topology.into[pair.first]) & set(topology.into[pair.second])
        assert set(pair.common) == citing


@given(topologies(), st.data())
def test_the_kin_of_one_note_are_those_of_all(topology: Topology, data: st.DataObject) -> None:
    node = data.draw(st.integers(0, len(topology) - 1))
    mine = {tuple(sorted(pair[:2])) for pair in shared_neighbours(topology, 10_000, node)}
    every = {tuple(sorted(pair[:2])) for pair in shared_neighbours(topology, 10_000)}
    assert mine == {pair for pair in every if node in pair}


def test_an_index_of_everything_speaks_for_nobody() -> None:
    count = MOST_COMPANIONS + 1
    ids = [f"{number:03}" for number in range(count + 2)]
    pairs = [(index, name) for index in ids[count:] for name in ids[:count]]
    assert co_cited(Topology.of(ids, pairs), 10) == []
