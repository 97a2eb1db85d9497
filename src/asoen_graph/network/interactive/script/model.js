// The network as the tables tell it: each row with the part of the picture that stands for it.

const svg = document.querySelector("#stage > svg");

function drawn(row) {
  return svg.querySelector(`[data-row="${row.id}"]`);
}

function spells(text) {
  return text.split(" ").filter(Boolean).map((pair) => {
    const [start, end] = pair.split("/");
    return { start, end };
  });
}

const nodes = Array.from(document.querySelectorAll("#nodes > tbody > tr"), (row) => ({
  row,
  group: drawn(row),
  id: row.dataset.id,
  label: row.cells[0].querySelector("bdi").textContent,
  kind: Number(row.dataset.kind),
  kindLabel: row.cells[1].textContent,
  text: folded(`${row.cells[0].textContent} ${row.dataset.names}`),
  links: [],
}));
const nodeOf = new Map(nodes.map((node) => [node.row.id, node]));

const links = Array.from(document.querySelectorAll("#links > tbody > tr"), (row) => ({
  row,
  group: drawn(row),
  source: nodeOf.get(row.dataset.source),
  target: nodeOf.get(row.dataset.target),
  sign: svg.querySelector(`[data-of="${row.id}"]`),
  relation: Number(row.dataset.relation),
  change: Number(row.dataset.change),
  relationLabel: row.cells[1].textContent,
  weight: Number(row.dataset.weight),
  spells: spells(row.dataset.spells),
}));
for (const link of links) {
  for (const node of new Set([link.source, link.target])) node.links.push(link);
}

const directed = document.body.dataset.directed === "yes";
const things = [...nodes, ...links];
const thingOf = new Map(things.map((thing) => [thing.row.id, thing]));

function isNode(thing) {
  return "links" in thing;
}

function nameOf(thing) {
  return isNode(thing) ? thing.label : `${thing.source.label} ${directed ? "→" : "–"} ${thing.target.label}`;
}

function others(node, link) {
  return link.source === node ? link.target : link.source;
}
