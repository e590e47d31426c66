// The canvas: one frame at a time, only while something changes.
const MOST_ARROWS = 400; // of a view whose notes are drawn anew in every frame
const SETTLED = 90; // milliseconds without movement before the picture is drawn anew

function makeStage(canvas, graph, palette, state) {
  const context = canvas.getContext("2d");
  const camera = makeCamera();
  const scene = makeScene();
  const stage = { camera, view: null, frames: [], refresh, invalidate, resize, fit, screen, nodeAt };
  let asked = false, moved = 0, dirty = true, version = 0, last = { ...camera }, look = readLook(), order = [];

  function readLook() {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    return { text: get("--text"), halo: get("--halo"), edge: get("--edge"), accent: get("--accent"), font: "12px system-ui, sans-serif" };
  }

  function refresh() {
    if (!asked) {
      asked = true;
      requestAnimationFrame(frame);
    }
  }

  // The picture itself has changed, not only the camera.
  function invalidate() {
    dirty = true;
    version++;
    look = readLook();
    order = stage.view ? byRank(stage.view.members) : [];
    refresh();
  }

  const byRank = (nodes) => [...nodes].sort((a, b) => graph.rank[b] - graph.rank[a] || a - b);

  function resize() {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const { clientWidth, clientHeight } = canvas;
    if (canvas.width !== Math.round(clientWidth * ratio) || canvas.height !== Math.round(clientHeight * ratio)) {
      canvas.width = Math.round(clientWidth * ratio);
      canvas.height = Math.round(clientHeight * ratio);
    }
    Object.assign(stage, { width: clientWidth, height: clientHeight, ratio });
    invalidate();
  }

  function fit(focus) {
    fitCamera(camera, stage.view, stage.width, stage.height, graph.radius, focus);
    invalidate();
  }

  function screen(node) {
    return { x: stage.view.x[node] * camera.scale + camera.x, y: stage.view.y[node] * camera.scale + camera.y, size: nodeSize(graph, stage.view, node, camera.scale) };
  }

  function nodeAt(x, y, slack) {
    let best = -1, nearest = Infinity;
    for (const node of stage.view.members) {
      const at = screen(node), distance = Math.hypot(at.x - x, at.y - y) - at.size;
      if (distance < Math.min(nearest, slack)) [best, nearest] = [node, distance];
    }
    return best;
  }

  function paint() {
    return {
      view: stage.view, camera: { ...camera }, graph, width: stage.width, height: stage.height, ratio: stage.ratio,
      colour: (node) => palette.node(node, state.colourBy), edgeColour: palette.edge, plainEdge: look.edge,
      dimmed: state.selected >= 0 && stage.view.kind === "whole", key: version,
      edges: stage.view.edges.filter((edge) => !standsOut(edge, state.selected)),
    };
  }

  function frame(now) {
    asked = false;
    const start = performance.now();
    if (!sameCamera(camera, last)) {
      moved = now;
      dirty = true;
      last = { ...camera };
    }
    if (dirty && (!scene.camera || scene.camera.key !== version || now - moved > SETTLED)) {
      if (!scene.work || scene.target.key !== version || !sameCamera(scene.target, camera)) beginScene(scene, paint());
      dirty = false;
    }
    if (scene.work) continueScene(scene);
    context.setTransform(stage.ratio, 0, 0, stage.ratio, 0, 0);
    context.clearRect(0, 0, stage.width, stage.height);
    showScene(context, scene, camera);
    const standing = standOut();
    const style = { ...look, width: stage.width, height: stage.height };
    const most = stage.view.kind === "whole" ? Math.round(12 + 40 * Math.min(1, camera.scale)) : 150;
    const named = [...new Set([...standing, ...order.slice(0, 600)])];
    const names = drawNames(context, named, screen, (node) => shortened(graph.name[node], 40), most, style);
    stage.names = names;
    if (stage.frames.push([now, performance.now() - start]) > 600) stage.frames.shift();
    if (scene.work || dirty) refresh();
  }

  // Whether a link of a small view is drawn as an arrow, above the others.
  function standsOut(edge, center) {
    if (stage.view.kind === "whole" || stage.view.members.length > MOST_ARROWS) return false;
    return stage.view.kind === "path" || graph.source[edge] === center || graph.target[edge] === center;
  }

  // Draw the links of what is chosen; the nodes whose names go first.
  function standOut() {
    const view = stage.view, first = [];
    const center = state.hover >= 0 ? state.hover : state.selected;
    if (view.kind !== "whole") {
      for (const edge of view.edges) {
        if (standsOut(edge, state.selected) || standsOut(edge, center)) drawEdge(edge, 1.6);
      }
      if (view.members.length <= MOST_ARROWS) for (const node of view.members) ring(node, false);
    }
    if (center >= 0 && isMember(center)) {
      first.push(center);
      if (view.kind === "whole") {
        const others = [];
        for (const edge of graph.around[center]) {
          if (!state.shown.edges[edge] || graph.source[edge] === graph.target[edge]) continue;
          if (others.length < 600) drawEdge(edge, 1.4);
          others.push(otherEnd(graph, edge, center));
        }
        for (const node of others.slice(0, 600)) ring(node, false);
        first.push(...byRank(new Set(others)).slice(0, 40));
        ring(center, true);
      }
    }
    if (state.selected >= 0 && isMember(state.selected)) {
      ring(state.selected, true);
      first.unshift(state.selected);
    }
    return first;
  }

  const isMember = (node) => stage.view.kind === "whole" ? state.shown.nodes[node] : stage.view.members.includes(node);

  function drawEdge(edge, width) {
    const from = screen(graph.source[edge]), to = screen(graph.target[edge]);
    const named = graph.data.relations[graph.relation[edge]].name;
    const middle = arrow(context, from, to, to.size, named === "link" ? look.edge : palette.edge(edge), width, true);
    if (stage.view.kind === "path" && named !== "link") {
      context.font = "11px system-ui, sans-serif";
      context.textAlign = "center";
      context.fillText(named, middle.x, middle.y - 6);
      context.textAlign = "left";
    }
  }

  function ring(node, chosen) {
    const { x, y, size } = screen(node);
    dot(context, x, y, size, palette.node(node, state.colourBy), graph.kindName(node));
    if (!chosen) return;
    context.lineWidth = 2.5;
    context.strokeStyle = look.accent;
    context.beginPath();
    context.arc(x, y, size + 3, 0, 7);
    context.stroke();
  }

  return stage;
}
