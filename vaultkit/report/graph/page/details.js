// What is known of a note: its facts, its links by relation, and ways from it.
const FIRST = 60;
const FIRST_RELATIONS = ["parents", "children", "variants", "applications", "uses", "adjacent", "related"];

function showNote(box, graph, state, palette, node, actions) {
  const { names } = graph.data;
  const facts = ["category", "status", "verdict"].map((fact) => names[fact][graph[fact][node]]).filter(Boolean);
  const community = graph.community[node] >= 0 ? names.community[graph.community[node]] : null;
  const around = state.view.kind === "around" && state.view.center === node;
  const depth = (steps) => element("button", { "aria-pressed": String(around && state.view.depth === steps), onclick: () => actions.around(node, steps) }, `${steps} step${steps > 1 ? "s" : ""}`);
  box.replaceChildren(
    element("button", { id: "close", "aria-label": "Close", onclick: () => actions.select(-1) }, "×"),
    element("h2", { tabindex: "-1" }, graph.name[node]),
    element("small", {}, graph.id[node]),
    element("ul", { class: "facts" }, ...[...facts, ...graph.tags[node].map((tag) => `#${tag}`)].map((text) => element("li", {}, text)),
      community ? element("li", {}, `community: ${community}`) : null),
    element("div", { class: "actions", role: "group", "aria-label": "Neighbourhood" }, "Show", depth(1), depth(2), element("button", { onclick: () => actions.path() , id: "path" }, "Path to …")),
    ...linkGroups(graph, state, palette, node, actions),
  );
}

// One list for each relation and direction, those with a relation first.
function linkGroups(graph, state, palette, node, actions) {
  const groups = new Map();
  for (const edge of graph.around[node]) {
    if (!state.shown.edges[edge] || graph.source[edge] === graph.target[edge]) continue;
    const key = `${graph.source[edge] === node ? "→" : "←"} ${graph.relation[edge]}`;
    if (!groups.has(key)) groups.set(key, new Map());
    const other = otherEnd(graph, edge, node);
    if (!groups.get(key).has(other)) groups.get(key).set(other, edge);
  }
  const order = (key) => {
    const relation = graph.data.relations[Number(key.slice(2))];
    const rank = FIRST_RELATIONS.indexOf(relation.name);
    const place = relation.name === "link" ? 99 : rank < 0 ? 50 : rank;
    return [place, key[0] === "→" ? 0 : 1, Number(key.slice(2))];
  };
  const keys = [...groups.keys()].sort((a, b) => compare(order(a), order(b)));
  return keys.flatMap((key) => {
    const relation = graph.data.relations[Number(key.slice(2))], members = [...groups.get(key)];
    const said = key[0] === "→" ? `${relation.name} →` : `← ${relation.name}`;
    const told = key[0] === "→" ? "what this note names" : "notes that name this one";
    return [element("h3", { title: told }, element("span", { class: "dash", style: `--c:${relation.colour}` }), ` ${said} (${members.length})`), list(graph, palette, state, members, actions, FIRST)];
  });
}

function compare(a, b) {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at] - b[at];
  return 0;
}

function list(graph, palette, state, members, actions, most) {
  const made = element("ul", { class: "links" });
  for (const [other, edge] of members.slice(0, most)) made.append(element("li", {}, noteButton(graph, palette, state, other, placeOf(graph, edge), actions)));
  if (members.length > most) {
    const more = element("button", { class: "more", onclick: () => made.replaceWith(list(graph, palette, state, members, actions, most + 500)) }, `… and ${members.length - most} more`);
    made.append(element("li", {}, more));
  }
  return made;
}

const placeOf = (graph, edge) => `${graph.id[graph.source[edge]].split("/").pop()}:${graph.line[edge]}`;

function noteButton(graph, palette, state, node, told, actions) {
  return element("button", { "data-note": graph.id[node], onclick: () => actions.select(node) },
    element("span", { class: "dot", style: `--c:${palette.node(node, state.colourBy)}` }), ` ${graph.name[node]}`, element("small", {}, told));
}

// A path step by step.
function showPath(box, graph, state, palette, way, actions) {
  const against = way.nodes.slice(1).filter((end, step) => !linksBetween(graph, state.shown, way.nodes[step], end).length).length;
  const steps = way.nodes.length - 1;
  const items = way.nodes.map((node, step) => {
    if (!step) return element("li", {}, noteButton(graph, palette, state, node, graph.id[node], actions));
    const ahead = linksBetween(graph, state.shown, way.nodes[step - 1], node);
    const edge = ahead.length ? ahead[0] : linksBetween(graph, state.shown, node, way.nodes[step - 1])[0];
    const relation = graph.data.relations[graph.relation[edge]].name;
    const told = `${ahead.length ? `— ${relation} →` : `← ${relation} —`}  ${placeOf(graph, edge)}`;
    return element("li", {}, element("small", {}, told), noteButton(graph, palette, state, node, graph.id[node], actions));
  });
  box.replaceChildren(
    element("button", { id: "close", "aria-label": "Close", onclick: () => actions.back(false) }, "×"),
    element("h2", { tabindex: "-1" }, `${steps} step${steps === 1 ? "" : "s"}`),
    element("small", {}, against ? `${against} of them against a link` : "along links"),
    element("ol", { class: "links" }, ...items),
  );
}
