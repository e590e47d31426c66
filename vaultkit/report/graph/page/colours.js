// Colours: of nodes by what the person chose, of edges by their relation.
// Verdicts and the like: from what holds best, blue and green, to what does not, orange.
const WORDS = [
  [/^(robust|proven)/, "#0072b2"],
  [/^agrees/, "#56b4e9"],
  [/^(verified|passed|pass|ok|valid|true|applied|confirmed|검증됨|已验证)/, "#009e73"],
  [/^(called|executed|stale|outdated|partial|skipped)/, "#e69f00"],
  [/^(failed|fail|broken|false|invalid|refuted|diverges|error|실패|失败)/, "#d55e00"],
];

function makePalette(graph) {
  const { palette, other, names } = graph.data;
  const byWord = (text, number) => {
    if (!text || /^(un|none|not)/.test(text.toLowerCase())) return other;
    const known = WORDS.find(([word]) => word.test(text.toLowerCase()));
    return known ? known[1] : palette[number % palette.length];
  };
  const tables = {
    community: names.community.map((_, number) => (number < palette.length ? palette[number] : other)),
    verdict: names.verdict.map(byWord),
    status: names.status.map(byWord),
    category: names.category.map((text, number) => (text ? palette[number % palette.length] : other)),
    kind: names.kind.map((_, number) => palette[number % palette.length]),
  };
  return {
    tables,
    node: (node, by) => (graph[by][node] < 0 ? other : tables[by][graph[by][node]]),
    edge: (edge) => graph.data.relations[graph.relation[edge]].colour,
  };
}
