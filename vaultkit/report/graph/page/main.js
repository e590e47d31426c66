// What the person has chosen, and what follows from it.
const graph = readGraph(JSON.parse(document.getElementById("data").textContent));
graph.kindName = (node) => graph.data.names.kind[graph.kind[node]];
const palette = makePalette(graph);
const state = {
  selected: -1, hover: -1, pathFrom: -1, way: null, depth: 0, colourBy: "community", view: null, shown: null,
  filters: Object.fromEntries(["relation", "category", "status", "verdict", "kind"].map((fact) => [fact, new Set()])),
};
const find = (id) => document.getElementById(id);
const canvas = find("canvas"), box = find("note"), hint = find("hint");
const stage = makeStage(canvas, graph, palette, state);
state.shown = shownBy(graph, state.filters);

function show(view) {
  state.view = stage.view = view;
  find("whole").hidden = view.kind === "whole";
  const noun = view.members.every((node) => graph.kindName(node) === "note") ? "note" : "node";
  const counted = (number, what) => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
  find("count").textContent = `${counted(view.members.length, noun)}, ${counted(view.edges.length, "link")}`;
  canvas.setAttribute("aria-label", `Concept graph: ${find("count").textContent}`);
}

// Show the view that the state asks for; `refit` moves the camera to it.
function update(refit) {
  let view = null;
  if (state.way) view = pathView(graph, state.shown, state.way.nodes);
  else if (state.depth && state.selected >= 0) view = aroundView(graph, state.shown, state.selected, state.depth);
  show(view || wholeView(graph, state.shown));
  describe();
  if (refit) stage.fit();
  stage.invalidate();
}

function describe() {
  const open = state.way !== null || state.selected >= 0;
  box.hidden = !open;
  document.body.classList.toggle("noted", open);
  if (state.way) showPath(box, graph, state, palette, state.way, actions);
  else if (open) showNote(box, graph, state, palette, state.selected, actions);
  box.scrollTop = 0;
  stage.resize();
}

function tell(text) {
  hint.textContent = text;
  hint.hidden = !text;
}

function remember() {
  const chosen = state.selected >= 0 ? `#${encodeURIComponent(graph.id[state.selected])}` : "#";
  if (location.hash !== chosen && (location.hash || chosen !== "#")) history.pushState(null, "", chosen);
}

const actions = {
  hover(node) {
    if (node === state.hover) return;
    state.hover = node;
    canvas.classList.toggle("over", node >= 0);
    canvas.title = node >= 0 ? graph.id[node] : "";
    stage.refresh();
  },
  choose(node) {
    if (state.pathFrom >= 0 && node >= 0) actions.finishPath(node);
    else if (node >= 0 || stage.view.kind === "whole") actions.select(node);
  },
  select(node) {
    const within = state.way !== null || state.depth > 0;
    state.way = null;
    state.selected = node;
    if (node < 0) state.depth = 0;
    update(within);
    if (node >= 0 && !state.depth) reveal(node);
    remember();
  },
  around(node, depth) {
    const center = node >= 0 ? node : state.selected;
    if (center < 0) return tell("Choose a note first.");
    const same = state.depth && state.selected === center && depth === undefined;
    Object.assign(state, { selected: center, way: null, depth: same ? 0 : depth || 1 });
    update(true);
    return remember();
  },
  path() {
    if (state.selected < 0) return tell("Choose the note where the path begins first.");
    state.pathFrom = state.selected;
    tell(`Path from ${graph.name[state.selected]}: find or click the note where it ends. Esc stops.`);
    return finder.focus("Path to …");
  },
  finishPath(goal) {
    const start = state.pathFrom;
    state.pathFrom = -1;
    const way = shortestPath(graph, state.shown, start, goal);
    if (!way) return tell(`No way leads from ${graph.name[start]} to ${graph.name[goal]}.`);
    tell("");
    state.way = way;
    return update(true);
  },
  // One step back: the search, the path that was begun, the path, the neighbourhood, the note.
  back(typing) {
    tell("");
    if (typing || state.pathFrom >= 0) {
      state.pathFrom = -1;
      finder.clear();
      finder.blur();
    } else if (state.way) {
      state.way = null;
      update(true);
    } else if (state.depth) {
      state.depth = 0;
      update(true);
    } else if (state.selected >= 0) actions.select(-1);
  },
  find: () => finder.focus(),
};

// Move a note into the window where it is outside or too small to be seen among others.
function reveal(node) {
  const { x, y } = stage.screen(node), camera = stage.camera;
  if (camera.scale < 0.7) zoomAt(camera, 0.9 / camera.scale, x, y);
  const at = stage.screen(node), edge = 60;
  if (at.x < edge || at.x > stage.width - edge || at.y < edge || at.y > stage.height - edge) {
    camera.x += stage.width / 2 - at.x;
    camera.y += stage.height / 2 - at.y;
  }
  stage.invalidate();
}

const finder = makeFinder(graph, state, (node) => {
  if (state.pathFrom >= 0) actions.finishPath(node);
  else actions.select(node);
  return canvas.focus();
});

function fromHash() {
  const node = graph.id.indexOf(decodeURIComponent(location.hash.slice(1)));
  if (node === state.selected) return;
  Object.assign(state, { selected: node, way: null, depth: 0 });
  update(false);
  if (node >= 0) reveal(node);
}

makePanel(graph, palette, state, () => {
  state.shown = shownBy(graph, state.filters);
  if (state.selected >= 0 && !state.shown.nodes[state.selected]) Object.assign(state, { selected: -1, depth: 0 });
  state.way = null;
  update(false);
});
find("panel").open = innerWidth > 720;
find("in").addEventListener("click", () => { zoomAt(stage.camera, 1.4, stage.width / 2, stage.height / 2); stage.refresh(); });
find("out").addEventListener("click", () => { zoomAt(stage.camera, 1 / 1.4, stage.width / 2, stage.height / 2); stage.refresh(); });
find("fit").addEventListener("click", () => stage.fit());
find("whole").addEventListener("click", () => { Object.assign(state, { way: null, depth: 0 }); update(true); });
listen(canvas, stage, actions);
new ResizeObserver(() => stage.resize()).observe(canvas);
addEventListener("popstate", fromHash);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage.invalidate());
update(true);
stage.fit();
fromHash();
globalThis.vaultGraph = { graph, state, stage, actions };
