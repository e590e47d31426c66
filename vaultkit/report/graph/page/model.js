// The graph as arrays: node n has x[n], y[n], name[n] …; edge e leads from source[e] to target[e].
function readGraph(data) {
  const { nodes, edges } = data;
  const count = nodes.id.length;
  const around = Array.from({ length: count }, () => []);
  edges.source.forEach((source, edge) => {
    around[source].push(edge);
    if (edges.target[edge] !== source) around[edges.target[edge]].push(edge);
  });
  const most = Math.max(...[1e-9], ...chunked(nodes.rank));
  return {
    ...nodes, ...edges, count, around, data,
    links: edges.source.length,
    radius: nodes.rank.map((rank) => 3 + 9 * Math.sqrt(rank / most)),
  };
}

function chunked(values) {
  const found = [];
  for (let at = 0; at < values.length; at += 10000) found.push(Math.max(...values.slice(at, at + 10000)));
  return found;
}

const otherEnd = (graph, edge, node) => (graph.source[edge] === node ? graph.target[edge] : graph.source[edge]);

// Which nodes and edges the filters leave.
function shownBy(graph, filters) {
  const nodes = new Uint8Array(graph.count);
  const edges = new Uint8Array(graph.links);
  const facts = ["kind", "category", "status", "verdict"];
  for (let node = 0; node < graph.count; node++) {
    nodes[node] = facts.every((fact) => !filters[fact].has(graph[fact][node])) ? 1 : 0;
  }
  for (let edge = 0; edge < graph.links; edge++) {
    edges[edge] = nodes[graph.source[edge]] && nodes[graph.target[edge]] && !filters.relation.has(graph.relation[edge]) ? 1 : 0;
  }
  return { nodes, edges };
}

// node -> steps from `start`, up to `most`.
function distancesFrom(graph, shown, start, most) {
  const found = new Map([[start, 0]]);
  let frontier = [start];
  for (let step = 1; step <= most && frontier.length; step++) {
    const reached = [];
    for (const node of frontier) {
      for (const edge of graph.around[node]) {
        const other = otherEnd(graph, edge, node);
        if (shown.edges[edge] && !found.has(other)) {
          found.set(other, step);
          reached.push(other);
        }
      }
    }
    frontier = reached.sort((a, b) => a - b);
  }
  return found;
}

// A shortest way along links or, where there is none, along links in either direction.
function shortestPath(graph, shown, start, goal) {
  for (const directed of [true, false]) {
    const before = new Map([[start, start]]);
    let frontier = [start];
    while (frontier.length && !before.has(goal)) {
      const reached = [];
      for (const node of frontier) {
        const others = graph.around[node]
          .filter((edge) => shown.edges[edge] && (!directed || graph.source[edge] === node))
          .map((edge) => otherEnd(graph, edge, node));
        for (const other of others.sort((a, b) => a - b)) {
          if (!before.has(other)) {
            before.set(other, node);
            reached.push(other);
          }
        }
      }
      frontier = reached.sort((a, b) => a - b);
    }
    if (before.has(goal)) {
      const way = [goal];
      while (way[0] !== start) way.unshift(before.get(way[0]));
      return { nodes: way, directed };
    }
  }
  return null;
}

// The links from one node to another, those with a relation first.
function linksBetween(graph, shown, start, end) {
  const found = graph.around[start].filter(
    (edge) => shown.edges[edge] && graph.source[edge] === start && graph.target[edge] === end);
  return found.sort((a, b) => (graph.data.relations[graph.relation[a]].name === "link") - (graph.data.relations[graph.relation[b]].name === "link") || a - b);
}
