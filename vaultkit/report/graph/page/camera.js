// Where one looks: screen = world * scale + offset, in CSS pixels.
function makeCamera() {
  return { scale: 1, x: 0, y: 0 };
}

function fitCamera(camera, view, width, height, radius, focus) {
  const members = focus || view.members;
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const node of members) {
    left = Math.min(left, view.x[node]); right = Math.max(right, view.x[node]);
    top = Math.min(top, view.y[node]); bottom = Math.max(bottom, view.y[node]);
  }
  if (left > right) [left, right, top, bottom] = [0, 0, 0, 0];
  const across = Math.min(90, width * 0.12), down = 46;
  const scale = Math.min((width - 2 * across) / (right - left || 1), (height - 2 * down) / (bottom - top || 1), 1.6);
  camera.scale = Math.max(scale, 0.01);
  camera.x = width / 2 - camera.scale * (left + right) / 2;
  camera.y = height / 2 - camera.scale * (top + bottom) / 2;
}

function zoomAt(camera, factor, x, y) {
  const scale = Math.min(Math.max(camera.scale * factor, 0.01), 12);
  camera.x = x - (x - camera.x) * scale / camera.scale;
  camera.y = y - (y - camera.y) * scale / camera.scale;
  camera.scale = scale;
}

const sameCamera = (a, b) => a.scale === b.scale && a.x === b.x && a.y === b.y;
