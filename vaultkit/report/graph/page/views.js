// What is drawn where: the whole graph, what lies around a note, or a path.
function wholeView(graph, shown) {
  const members = [];
  for (let node = 0; node < graph.count; node++) if (shown.nodes[node]) members.push(node);
  const edges = [];
  for (let edge = 0; edge < graph.links; edge++) {
    if (shown.edges[edge] && graph.source[edge] !== graph.target[edge]) edges.push(edge);
  }
  return { kind: "whole", x: graph.x, y: graph.y, members, edges };
}

// Where a neighbour goes, in turns clockwise from the right: broader notes above, narrower below,
// what a note applies or uses on the right, what stands beside it on the left.
const SECTORS = { up: [0.62, 0.88], down: [0.12, 0.38], right: [-0.1, 0.1], left: [0.4, 0.6], link: [0, 1] };

function sectorOf(graph, edge, center) {
  const relation = graph.data.relations[graph.relation[edge]];
  const leads = graph.source[edge] === center;
  if (relation.direction) return (relation.direction === "up") === leads ? "up" : "down";
  if (relation.name === "applications" || relation.name === "uses") return "right";
  return relation.name === "link" || relation.name === "tag" ? "link" : "left";
}

function aroundView(graph, shown, center, depth) {
  const distance = distancesFrom(graph, shown, center, depth);
  const order = ["up", "down", "right", "left", "link"];
  const sector = new Map();
  for (const edge of graph.around[center]) {
    const other = otherEnd(graph, edge, center);
    if (!shown.edges[edge] || other === center) continue;
    const name = sectorOf(graph, edge, center);
    if (!sector.has(other) || order.indexOf(name) < order.indexOf(sector.get(other))) sector.set(other, name);
  }
  const x = new Map([[center, 0]]), y = new Map([[center, 0]]);
  const groups = Object.fromEntries(order.map((name) => [name, []]));
  for (const [node, name] of sector) groups[name].push(node);
  let ring = 0;
  for (const name of order.slice(0, 4)) ring = Math.max(ring, setSector(graph, groups[name], SECTORS[name], 190, x, y));
  let last = setRings(groups.link, ring ? ring + 110 : 150, x, y);
  for (let step = 2; step <= depth; step++) {
    const members = [...distance].filter(([, far]) => far === step).map(([node]) => node);
    const parent = (node) => graph.around[node].map((edge) => otherEnd(graph, edge, node)).find((other) => distance.get(other) === step - 1 && shown.nodes[other]);
    const angle = (node) => { const up = parent(node); return Math.atan2(y.get(up), x.get(up)); };
    const turned = members.map((node) => [angle(node), node]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    last = setRings(turned.map(([, node]) => node), Math.max(last, ring) + 130, x, y);
  }
  const members = [...distance.keys()];
  return { kind: "around", center, depth, members, ...placed(graph, x, y), edges: inner(graph, shown, new Set(members)) };
}

// Nodes in arcs of a sector, one behind the other where one is full; the outermost radius.
function setSector(graph, members, [from, to], first, x, y) {
  members.sort((a, b) => graph.rank[b] - graph.rank[a] || a - b);
  let radius = first;
  for (let at = 0; at < members.length;) {
    const fits = Math.max(1, Math.floor((to - from) * 2 * Math.PI * radius / 84));
    const row = members.slice(at, at + fits);
    row.forEach((node, turn) => {
      const angle = 2 * Math.PI * (from + (to - from) * (turn + 0.5) / row.length);
      const stagger = turn % 2 ? 34 : 0;
      x.set(node, (radius + stagger) * Math.cos(angle));
      y.set(node, (radius + stagger) * Math.sin(angle));
    });
    at += fits;
    radius += 84;
  }
  return members.length ? radius - 50 : 0;
}

function setRings(members, first, x, y) {
  let radius = first;
  const gap = members.length > 400 ? 26 : 74;
  for (let at = 0; at < members.length;) {
    const fits = Math.floor(2 * Math.PI * radius / gap);
    const row = members.slice(at, at + fits);
    row.forEach((node, turn) => {
      const angle = 2 * Math.PI * (turn + 0.5) / row.length;
      x.set(node, radius * Math.cos(angle));
      y.set(node, radius * Math.sin(angle));
    });
    at += fits;
    radius += gap;
  }
  return members.length ? radius - gap : first;
}

// A path from left to right, each second step lower so that names have room.
function pathView(graph, shown, nodes) {
  const x = new Map(), y = new Map();
  nodes.forEach((node, step) => {
    x.set(node, step * 150);
    y.set(node, step % 2 ? 60 : 0);
  });
  const edges = [];
  nodes.slice(1).forEach((end, step) => {
    edges.push(...linksBetween(graph, shown, nodes[step], end), ...linksBetween(graph, shown, end, nodes[step]));
  });
  return { kind: "path", members: nodes, ...placed(graph, x, y), edges };
}

function placed(graph, x, y) {
  const xs = new Float64Array(graph.count), ys = new Float64Array(graph.count);
  for (const [node, value] of x) { xs[node] = value; ys[node] = y.get(node); }
  return { x: xs, y: ys };
}

function inner(graph, shown, members) {
  const found = [];
  for (const node of members) {
    for (const edge of graph.around[node]) {
      if (shown.edges[edge] && graph.source[edge] === node && graph.target[edge] !== node && members.has(graph.target[edge])) found.push(edge);
    }
  }
  return found;
}
