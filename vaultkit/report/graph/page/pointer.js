// Mouse, touch and keys on the canvas.
function listen(canvas, stage, actions) {
  const pointers = new Map();
  let travelled = 0, pinch = 0;
  const at = (event) => ({ x: event.offsetX, y: event.offsetY });

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    travelled = 0;
    pinch = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const here = at(event), before = pointers.get(event.pointerId);
    if (!before) {
      actions.hover(stage.nodeAt(here.x, here.y, 6));
      return;
    }
    travelled += Math.hypot(here.x - before.x, here.y - before.y);
    pointers.set(event.pointerId, here);
    if (pointers.size === 2) {
      const [one, two] = [...pointers.values()], distance = Math.hypot(one.x - two.x, one.y - two.y);
      if (pinch) zoomAt(stage.camera, distance / pinch, (one.x + two.x) / 2, (one.y + two.y) / 2);
      pinch = distance;
    } else {
      stage.camera.x += here.x - before.x;
      stage.camera.y += here.y - before.y;
    }
    stage.refresh();
  });
  const release = (event) => {
    const here = at(event), chosen = pointers.size === 1 && travelled < 6 && event.type === "pointerup";
    pointers.delete(event.pointerId);
    pinch = 0;
    if (chosen) actions.choose(stage.nodeAt(here.x, here.y, event.pointerType === "touch" ? 18 : 8));
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => actions.hover(-1));
  canvas.addEventListener("dblclick", (event) => {
    const node = stage.nodeAt(event.offsetX, event.offsetY, 8);
    if (node >= 0) actions.around(node);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(stage.camera, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), event.offsetX, event.offsetY);
    stage.refresh();
  }, { passive: false });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search]");
    if (event.key === "Escape") return actions.back(typing);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const onCanvas = event.target === canvas || event.target === document.body;
    const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    const middle = [stage.width / 2, stage.height / 2];
    if (event.key === "/") actions.find();
    else if (event.key === "f") actions.around(-1);
    else if (event.key === "p") actions.path();
    else if (event.key === "+" || event.key === "=") zoomAt(stage.camera, 1.3, ...middle);
    else if (event.key === "-") zoomAt(stage.camera, 1 / 1.3, ...middle);
    else if (event.key === "0") stage.fit();
    else if (onCanvas && steps[event.key]) {
      stage.camera.x += steps[event.key][0];
      stage.camera.y += steps[event.key][1];
    } else return undefined;
    event.preventDefault();
    return stage.refresh();
  });
}
