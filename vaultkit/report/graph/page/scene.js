// The picture of all edges and nodes, drawn in slices beside the screen, so that moving it never
// waits for a large graph. Between two drawings the last picture is shown moved and scaled.
const SLICE = 5; // milliseconds of drawing for each frame
const MARGIN = 0.35; // of the window, drawn beyond each of its sides

function makeScene() {
  return { done: document.createElement("canvas"), next: document.createElement("canvas"), camera: null, work: null };
}

// Begin to draw the view as the camera sees it.
function beginScene(scene, paint) {
  const { width, height, ratio, camera } = paint;
  scene.next.width = Math.round(width * (1 + 2 * MARGIN) * ratio);
  scene.next.height = Math.round(height * (1 + 2 * MARGIN) * ratio);
  scene.target = { ...camera, left: width * MARGIN, top: height * MARGIN, width, height, ratio, key: paint.key };
  const context = scene.next.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, width * MARGIN * ratio, height * MARGIN * ratio);
  scene.work = drawing(context, paint);
}

// Draw on for a slice of time; true when a new picture is ready.
function continueScene(scene) {
  const end = performance.now() + SLICE;
  while (performance.now() < end) {
    if (scene.work.next().done) {
      [scene.done, scene.next] = [scene.next, scene.done];
      scene.camera = scene.target;
      scene.work = null;
      return true;
    }
  }
  return false;
}

function* drawing(context, paint) {
  const { view, edges, camera, graph, colour, edgeColour, dimmed, plainEdge, width, height } = paint;
  const { scale } = camera;
  const sx = (node) => view.x[node] * scale + camera.x;
  const sy = (node) => view.y[node] * scale + camera.y;
  const within = (x, y) => x > -width * MARGIN && x < width * (1 + MARGIN) && y > -height * MARGIN && y < height * (1 + MARGIN);
  context.lineWidth = Math.min(Math.max(scale, 0.5), 1.2);
  const many = view.edges.length > 3000;
  const strength = dimmed ? 0.1 : many ? 0.25 : 0.55;
  for (const typed of [false, true]) {
    let drawn = 0, last = null;
    context.globalAlpha = typed ? Math.min(1, strength * 1.6) : strength;
    context.beginPath();
    for (const edge of edges) {
      const plainLink = graph.data.relations[graph.relation[edge]].name === "link";
      if (plainLink === typed) continue;
      const x1 = sx(graph.source[edge]), y1 = sy(graph.source[edge]), x2 = sx(graph.target[edge]), y2 = sy(graph.target[edge]);
      if (Math.max(x1, x2) < -width * MARGIN || Math.min(x1, x2) > width * (1 + MARGIN) || Math.max(y1, y2) < -height * MARGIN || Math.min(y1, y2) > height * (1 + MARGIN)) continue;
      const stroke = plainLink ? plainEdge : edgeColour(edge);
      if (stroke !== last || drawn % 200 === 0) {
        if (last) context.stroke();
        context.beginPath();
        context.strokeStyle = last = stroke;
        yield;
      }
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      drawn++;
    }
    if (last) context.stroke();
  }
  context.globalAlpha = dimmed ? 0.3 : 1;
  let drawn = 0;
  for (const node of view.members) {
    const x = sx(node), y = sy(node);
    if (!within(x, y)) continue;
    dot(context, x, y, nodeSize(graph, view, node, scale), colour(node), graph.kindName(node));
    if (++drawn % 300 === 0) yield;
  }
}

const nodeSize = (graph, view, node, scale) => Math.max(graph.radius[node] * Math.min(scale, 1.5), view.kind === "whole" ? 1.4 : 4);

function dot(context, x, y, size, fill, kind) {
  context.fillStyle = fill;
  context.beginPath();
  if (kind === "note" || size < 2.5) context.arc(x, y, size, 0, 7);
  else if (kind === "board") context.rect(x - size, y - size, 2 * size, 2 * size);
  else if (kind === "unresolved") {
    context.arc(x, y, size, 0, 7);
    context.lineWidth = 1.5;
    context.strokeStyle = fill;
    context.stroke();
    return;
  } else {
    context.moveTo(x, y - size * 1.2); context.lineTo(x + size * 1.2, y);
    context.lineTo(x, y + size * 1.2); context.lineTo(x - size * 1.2, y);
  }
  context.fill();
}

// Show the last picture as the camera sees it now.
function showScene(context, scene, camera) {
  if (!scene.camera) return;
  const old = scene.camera, factor = camera.scale / old.scale;
  const x = camera.x - (old.x + old.left) * factor, y = camera.y - (old.y + old.top) * factor;
  const width = old.width * (1 + 2 * MARGIN) * factor, height = old.height * (1 + 2 * MARGIN) * factor;
  context.drawImage(scene.done, x, y, width, height);
}
