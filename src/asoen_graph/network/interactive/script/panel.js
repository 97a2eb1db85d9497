// What is known of the node or link that is chosen: the same cells as in its row, opened, and the ways on from it.

const panel = document.getElementById("panel");
const heading = document.getElementById("h-details");
const details = document.getElementById("details");
const nothing = { heading: heading.textContent, details: details.firstElementChild };

let opener = null;

// Shows a thing; whoever came by keyboard is led to what it says, and later back to where they were.
function choose(thing, { lead = false } = {}) {
  if (!panel.contains(document.activeElement)) opener = document.activeElement;
  state.chosen = thing;
  look(null);
  fill();
  paint();
  if (thing === null) return;
  if (isNode(thing)) focusable(thing);
  if (lead) heading.focus();
  else tell(say("selected", { label: nameOf(thing) }));
}

function fill() {
  const thing = state.chosen;
  heading.textContent = thing ? nameOf(thing) : nothing.heading;
  if (thing === null) details.replaceChildren(nothing.details);
  else details.replaceChildren(...told(thing), ways(thing), ...(isNode(thing) ? linksOf(thing) : endsOf(thing)));
  panel.scrollTop = 0;
}

function told(thing) {
  const heads = thing.row.closest("table").tHead.rows[0].cells;
  const list = make("dl");
  const own = isNode(thing) ? [0] : [0, 2];
  Array.from(thing.row.cells).forEach((cell, number) => {
    if (own.includes(number) || !cell.textContent.trim()) return;
    const value = make("dd");
    value.append(...Array.from(cell.cloneNode(true).childNodes));
    for (const each of value.querySelectorAll("details")) each.open = true;
    list.append(make("dt", {}, nameOfColumn(heads[number])), value);
  });
  const parts = isShown(thing) ? [] : [make("p", {}, say("filtered out"))];
  return [...parts, list];
}

function linksOf(node) {
  const shown = node.links.filter(isShown);
  const list = make("ul", { class: "links" });
  for (const link of [...shown].sort((one, other) => other.weight - one.weight)) {
    const way = directed ? (link.source === node ? "→ " : "← ") : "";
    const text = [way + others(node, link).label, link.relationLabel, numbers.format(link.weight)].join(" · ");
    list.append(make("li", {}, make("button", { type: "button", onclick: () => choose(link, { lead: true }) }, text)));
  }
  const hidden = node.links.length - shown.length;
  const rest = hidden ? [make("p", {}, say("links hidden", { count: numbers.format(hidden) }))] : [];
  return [make("h4", {}, say("links shown")), list, ...rest];
}

function endsOf(link) {
  const list = make("ul", { class: "links" });
  for (const node of new Set([link.source, link.target])) {
    const text = `${node.label} (${node.kindLabel})`;
    list.append(make("li", {}, make("button", { type: "button", onclick: () => choose(node, { lead: true }) }, text)));
  }
  return [list];
}

function ways(thing) {
  const list = make("p", { class: "actions" });
  const entity = isNode(thing) && thing.row.cells[0].querySelector("a");
  if (entity) list.append(make("a", { href: entity.getAttribute("href") }, say("page of")));
  if (isShown(thing)) {
    list.append(make("a", { href: `#${thing.row.id}` }, say("in table")));
    list.append(make("button", { type: "button", onclick: () => zoomTo(thing) }, say("zoom to")));
  }
  list.append(make("button", { type: "button", onclick: leave }, say("close")));
  return list;
}

function leave() {
  choose(null);
  opener?.focus();
}

panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.chosen) leave();
});
