// The search field: type, move with the arrows, choose with Enter.
function makeFinder(graph, state, choose) {
  const index = makeIndex(graph);
  const field = document.getElementById("query"), results = document.getElementById("results");
  const usual = field.placeholder;
  let found = [], active = 0;

  function show() {
    results.replaceChildren(...found.map((node, turn) => element("li", {
      role: "option", id: `result-${turn}`, "aria-selected": String(turn === active),
      onpointerdown: (event) => { event.preventDefault(); pick(turn); },
    }, graph.name[node], element("small", {}, graph.id[node]))));
    if (!found.length && field.value.trim()) results.replaceChildren(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "no note is called so"));
    const open = field.value.trim() !== "";
    results.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (found.length) field.setAttribute("aria-activedescendant", `result-${active}`);
    else field.removeAttribute("aria-activedescendant");
    results.children[active]?.scrollIntoView({ block: "nearest" });
  }

  function update() {
    found = search(index, graph, state.shown, field.value, 40);
    active = 0;
    show();
  }

  function pick(turn) {
    const node = found[turn];
    clear();
    if (node !== undefined) choose(node);
  }

  function clear() {
    field.value = "";
    found = [];
    show();
    field.placeholder = usual;
  }

  field.addEventListener("input", update);
  field.addEventListener("blur", () => { results.hidden = true; });
  field.addEventListener("focus", () => { if (field.value) update(); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      active = Math.max(0, Math.min(found.length - 1, active + (event.key === "ArrowDown" ? 1 : -1)));
      show();
    } else if (event.key === "Enter") pick(active);
    else return;
    event.preventDefault();
  });
  return { clear, focus: (text) => { field.placeholder = text || usual; field.focus(); field.select(); }, blur: () => field.blur() };
}
