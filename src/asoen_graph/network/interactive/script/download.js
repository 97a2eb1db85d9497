// What is shown, as a file: the picture with its evidence, or the links as a table with the columns of every CSV of links.

function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url));
}

function factsOf(link) {
  const found = Array.from(link.row.querySelectorAll(".facts > *"), (fact) => fact.getAttribute("href") ?? fact.textContent);
  return found.sort();
}

// The citations of a link, as every other file writes them.
function sourcesOf(link) {
  const lines = [];
  for (const item of link.row.querySelectorAll(".evidence > li")) {
    const [first, ...rest] = Array.from(item.querySelectorAll("cite"), (cite) => cite.textContent);
    if (first === undefined) continue;
    const joint = item.querySelector(".joint");
    for (const each of item.querySelectorAll(":scope > ul > li")) {
      const place = each.querySelector(":scope > b");
      const cited = [place ? `${first}, ${place.textContent}` : first, ...rest].join("; ");
      const remark = each.querySelector(":scope > em");
      lines.push((joint ? `${joint.textContent} ` : "") + cited + (remark ? ` ${remark.textContent}` : ""));
    }
  }
  return Array.from(new Set(lines));
}

function firstDay(link) {
  const days = link.spells.map(({ start }) => start);
  return days.includes("") ? "" : (days.sort()[0] ?? "");
}

function lastDay(link) {
  const days = link.spells.map(({ end }) => end);
  return days.includes("") ? "" : (days.sort().at(-1) ?? "");
}

// As intervals of ISO 8601, two dots for an end that is not known.
function intervals(link) {
  return link.spells.map(({ start, end }) => `${start || ".."}/${end || ".."}`).join(" | ");
}

function quoted(value) {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function csv() {
  const more = Array.from(document.querySelectorAll("#links th[data-name]"));
  const columns = {
    source: (link) => link.source.id,
    target: (link) => link.target.id,
    source_label: (link) => link.source.label,
    target_label: (link) => link.target.label,
    relation: (link) => link.row.dataset.key,
    relation_label: (link) => link.row.dataset.label,
    weight: (link) => link.row.dataset.weight,
    from: firstDay,
    until: lastDay,
    facts: (link) => factsOf(link).join(" "),
    sources: (link) => sourcesOf(link).join(" | "),
  };
  // From first to last day would say too much of a link with gaps between.
  const gaps = (link) => link.spells.length > 1;
  if (links.some(gaps)) columns.spells = (link) => (gaps(link) ? intervals(link) : "");
  for (const head of more) columns[head.dataset.name] = (link) => link.row.cells[head.cellIndex].dataset.value;
  const rows = links.filter(isShown).map((link) => Object.values(columns).map((read) => quoted(read(link))));
  return [Object.keys(columns), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

const SVG = "http://www.w3.org/2000/svg";
const OURS = ["role", "aria-label", "aria-describedby", "aria-selected", "aria-hidden", "tabindex", "data-row", "data-of", "style"];

// The picture as it was drawn, without what is not shown, with a line that says so and the evidence of each link.
function picture() {
  const copy = svg.cloneNode(true);
  for (const thing of things) {
    const group = copy.querySelector(`[data-row="${thing.row.id}"]`);
    const sign = copy.querySelector(`[data-of="${thing.row.id}"]`);
    if (!isShown(thing)) for (const part of [group, sign]) part?.remove();
    else if (!isNode(thing)) testify(group, thing);
  }
  for (const extra of copy.querySelectorAll(".reach")) extra.remove();
  for (const element of copy.querySelectorAll("[class]")) {
    const kept = ["node", "edge"].filter((name) => element.classList.contains(name)).join(" ");
    if (kept) element.setAttribute("class", kept);
    else element.removeAttribute("class");
  }
  for (const element of [copy, ...copy.querySelectorAll("*")]) for (const name of OURS) element.removeAttribute(name);
  copy.setAttribute("viewBox", view.original);
  copy.setAttribute("role", "img");
  copy.setAttribute("aria-describedby", copy.querySelector("desc").id);
  if (state.shown.size < things.length) remark(copy, [...sentences(), say("part")]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

function testify(group, link) {
  group.setAttribute("data-facts", factsOf(link).join(" "));
  const title = group.querySelector("title");
  const sources = sourcesOf(link);
  if (sources.length) title.textContent = [title.textContent, ...sources].join("\n");
}

function remark(copy, lines) {
  const [left, top, width, height] = copy.getAttribute("viewBox").split(" ").map(Number);
  const room = height + 18 * lines.length + 8;
  lines.forEach((line, number) => {
    const text = document.createElementNS(SVG, "text");
    for (const [name, value] of Object.entries({ x: 32, y: height + 18 * number + 6, "font-size": 12, "font-weight": "bold", fill: "#1F2933" })) {
      text.setAttribute(name, value);
    }
    text.textContent = line;
    copy.append(text);
  });
  copy.setAttribute("viewBox", `${left} ${top} ${width} ${room}`);
  copy.setAttribute("height", room);
  copy.querySelector(":scope > rect").setAttribute("height", room);
  const titles = Array.from(copy.querySelectorAll(".edge > title"), (title) => title.textContent.split("\n")[0]);
  copy.querySelector("desc").textContent = [...lines, ...titles].join("\n");
}

function offerDownloads() {
  const name = document.body.dataset.name.replace(/[^\p{L}\p{N}_-]/gu, "-");
  field("save-svg").addEventListener("click", () => save(`${name}.svg`, "image/svg+xml", picture()));
  field("save-csv").addEventListener("click", () => save(`${name}.csv`, "text/csv;charset=utf-8", csv()));
}
