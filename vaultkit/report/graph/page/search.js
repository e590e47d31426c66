// Finding notes by what a person types: the name first, then path and tags.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();

function makeIndex(graph) {
  return graph.name.map((name, node) => ({
    node, name: plain(name), rest: plain(`${graph.id[node]} ${graph.tags[node].map((tag) => `#${tag}`).join(" ")}`),
  }));
}

function score(entry, words, whole) {
  if (entry.name === whole) return 5;
  if (entry.name.startsWith(whole)) return 4;
  if (words.every((word) => new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(word)}`, "u").test(entry.name))) return 3;
  if (words.every((word) => entry.name.includes(word))) return 2;
  return words.every((word) => entry.name.includes(word) || entry.rest.includes(word)) ? 1 : 0;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/\\-/g, "-");

// The best matches among the nodes that are shown, the most linked first among equals.
function search(index, graph, shown, text, most) {
  const whole = plain(text.trim());
  const words = whole.split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return index
    .filter((entry) => shown.nodes[entry.node])
    .map((entry) => [score(entry, words, whole), entry.node])
    .filter(([points]) => points)
    .sort((a, b) => b[0] - a[0] || graph.rank[b[1]] - graph.rank[a[1]] || a[1] - b[1])
    .slice(0, most)
    .map(([, node]) => node);
}
