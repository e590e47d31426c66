// Elements, and the panel of colours and filters.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "style") made.style.cssText = value;
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const FACTS = { relation: "Relation", category: "Category", status: "Status", verdict: "Verdict", kind: "Kind" };

function tally(values, length) {
  const found = new Array(length).fill(0);
  for (const value of values) if (value >= 0) found[value]++;
  return found;
}

function makePanel(graph, palette, state, changed) {
  const { names, relations } = graph.data;
  const offered = ["community", "verdict", "status", "category", "kind"].filter((by) => names[by].some(Boolean) && (by !== "kind" || names.kind.length > 1));
  const colours = document.getElementById("colours"), groups = document.getElementById("groups");
  for (const by of offered) {
    const input = element("input", { type: "radio", name: "by", value: by, checked: by === state.colourBy, onchange: () => { state.colourBy = by; build(); changed(); } });
    colours.append(element("label", {}, input, FACTS[by] || "Community"));
  }

  function row(fact, number, text, count, mark) {
    const input = element("input", {
      type: "checkbox", checked: !state.filters[fact].has(number), "data-fact": fact, "data-value": text,
      onchange: (event) => {
        state.filters[fact][event.target.checked ? "delete" : "add"](number);
        changed();
      },
    });
    return element("label", {}, input, mark, text || "(none)", element("span", { class: "n" }, String(count)));
  }

  function build() {
    groups.replaceChildren();
    if (state.colourBy === "community") groups.append(legend());
    for (const fact of ["relation", "category", "status", "verdict", "kind"]) {
      const texts = fact === "relation" ? relations.map((relation) => relation.name) : names[fact];
      if (texts.length < 2) continue;
      const counts = tally(graph[fact], texts.length);
      const order = texts.map((_, number) => number).sort((a, b) => counts[b] - counts[a] || a - b);
      const marked = fact === "relation" || fact === state.colourBy;
      const rows = order.map((number) => {
        const colour = fact === "relation" ? relations[number].colour : palette.tables[fact][number];
        const mark = marked ? element("span", { class: fact === "relation" ? "dash" : "dot", style: `--c:${colour}` }) : "";
        return row(fact, number, texts[number], counts[number], mark);
      });
      groups.append(element("fieldset", {}, element("legend", {}, FACTS[fact]), allOrNone(fact, order), ...rows));
    }
  }

  function allOrNone(fact, numbers) {
    const set = (hidden) => () => {
      state.filters[fact] = new Set(hidden ? numbers : []);
      build();
      changed();
    };
    return element("div", { class: "actions" }, element("button", { onclick: set(false) }, "all"), element("button", { onclick: set(true) }, "none"));
  }

  function legend() {
    const counts = tally(graph.community, names.community.length);
    const rows = names.community.slice(0, graph.data.palette.length).map((name, number) =>
      element("label", {}, element("span", { class: "dot", style: `--c:${palette.tables.community[number]}` }), name, element("span", { class: "n" }, String(counts[number]))));
    return element("fieldset", {}, element("legend", {}, "Communities"), ...rows);
  }

  build();
}
