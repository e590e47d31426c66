// What stands out: the links of a chosen note, arrows where there is room, names.
function arrow(context, from, to, size, stroke, width, curve) {
  const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1;
  const bend = curve ? Math.min(length * 0.12, 24) : 0;
  const mx = (from.x + to.x) / 2 - dy / length * bend, my = (from.y + to.y) / 2 + dx / length * bend;
  const ax = to.x - mx, ay = to.y - my, reach = Math.hypot(ax, ay) || 1;
  const tip = { x: to.x - ax / reach * (size + 1), y: to.y - ay / reach * (size + 1) };
  context.strokeStyle = context.fillStyle = stroke;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.quadraticCurveTo(mx, my, tip.x, tip.y);
  context.stroke();
  const head = 4 + width * 1.5, ux = ax / reach, uy = ay / reach;
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  context.lineTo(tip.x - ux * head - uy * head * 0.5, tip.y - uy * head + ux * head * 0.5);
  context.lineTo(tip.x - ux * head + uy * head * 0.5, tip.y - uy * head - ux * head * 0.5);
  context.fill();
  return { x: mx, y: my };
}

// Names that do not cover each other; the first in `nodes` have the first choice of room.
function drawNames(context, nodes, place, names, most, style) {
  const taken = [];
  let shown = 0;
  context.font = style.font;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const node of nodes) {
    if (shown >= most) break;
    const { x, y, size } = place(node);
    if (x < -20 || y < -10 || x > style.width + 20 || y > style.height + 10) continue;
    const text = names(node), wide = textWidth(context, text);
    for (const [left, middle] of spots(x, y, size, wide, style)) {
      const box = [left - 2, middle - 8, left + wide + 2, middle + 8];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      context.lineWidth = 3.5;
      context.strokeStyle = style.halo;
      context.strokeText(text, left, middle);
      context.fillStyle = style.text;
      context.fillText(text, left, middle);
      shown++;
      break;
    }
  }
  return shown;
}

// Right of the node, left of it, below, above: kept inside the window where that is possible.
function spots(x, y, size, wide, style) {
  const inside = (left) => Math.max(4, Math.min(left, style.width - wide - 4));
  const all = [[x + size + 4, y], [x - size - 4 - wide, y], [inside(x - wide / 2), y + size + 11], [inside(x - wide / 2), y - size - 11]];
  return all.filter(([left]) => left >= 2 && left + wide <= style.width - 2);
}

const widths = new Map();
function textWidth(context, text) {
  if (!widths.has(text)) widths.set(text, context.measureText(text).width);
  return widths.get(text);
}

const shortened = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);
