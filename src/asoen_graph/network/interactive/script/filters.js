// What is left out: by kind, by relation, by weight and by year. Positions stay; what is left out fades.

const controls = document.getElementById("controls");
const field = (id) => document.getElementById(id);
const sliders = { weight: field("weight"), since: field("since"), until: field("until") };

function chosen(id) {
  const boxes = Array.from(document.querySelectorAll(`#${id} input`));
  return boxes.length ? new Set(boxes.filter((box) => box.checked).map((box) => Number(box.value))) : null;
}

// What the controls ask for, as far as it leaves anything out.
function wanted() {
  const { weight, since, until } = sliders;
  const years = since && (since.value !== since.min || until.value !== until.max || field("one-year").checked);
  return {
    kinds: chosen("kinds"),
    relations: chosen("relations"),
    changes: chosen("changes"),
    weight: weight && Number(weight.value) > Number(weight.min) ? Number(weight.value) : null,
    years: years ? [Number(since.value), Number(field("one-year").checked ? since.value : until.value)] : null,
  };
}

function year(day) {
  return Number(day.slice(0, -6));
}

// As the server takes a period: an end that is not known is open, and what has no date is in every year.
function falls(link, [since, until]) {
  const within = ({ start, end }) => (!end || year(end) >= since) && (!start || year(start) <= until);
  return link.spells.length === 0 || link.spells.some(within);
}

function filter() {
  const { kinds, relations, changes, weight, years } = wanted();
  const hasKind = (node) => kinds === null || kinds.has(node.kind);
  const kept = links.filter(
    (link) =>
      hasKind(link.source) &&
      hasKind(link.target) &&
      (relations === null || relations.has(link.relation)) &&
      (changes === null || changes.has(link.change)) &&
      (weight === null || link.weight >= weight) &&
      (years === null || falls(link, years)),
  );
  const joined = new Set(kept.flatMap((link) => [link.source, link.target]));
  const alone = (node) => node.links.length === 0;
  state.shown = new Set([...kept, ...nodes.filter((node) => hasKind(node) && (joined.has(node) || alone(node)))]);
  find();
  fill();
  paint();
  moveFocus();
  announce(summary());
}

// The node that Tab leads to must be one that is shown.
function moveFocus() {
  const node = thingAt(svg.querySelector('[tabindex="0"]') ?? svg);
  const first = nodes.find(isShown);
  if (node && !isShown(node) && first) focusable(first);
}

function sentences() {
  const { kinds, relations, changes, weight, years } = wanted();
  const count = (each) => numbers.format(each.filter(isShown).length);
  const parts = [
    say("shown", {
      nodes: count(nodes),
      links: count(links),
      allNodes: numbers.format(nodes.length),
      allLinks: numbers.format(links.length),
    }),
  ];
  if (years) {
    const [since, until] = years;
    parts.push(say(since === until ? "year shown" : "years shown", { since, until }));
    const undated = links.filter((link) => isShown(link) && link.spells.length === 0).length;
    if (undated) parts.push(say("undated", { count: numbers.format(undated) }));
    if (sliders.weight) parts.push(say("whole weights"));
  }
  if (weight !== null) parts.push(say("weight shown", { weight: numbers.format(weight) }));
  parts.push(...named("kinds", kinds, "kinds shown"), ...named("relations", relations, "relations shown"));
  parts.push(...named("changes", changes, "changes shown"));
  return parts;
}

function named(id, numbersChosen, phrase) {
  const labels = Array.from(document.querySelectorAll(`#${id} label`));
  if (numbersChosen === null || numbersChosen.size === labels.length) return [];
  const kept = labels.filter((label) => label.querySelector("input").checked);
  const names = kept.map((label) => label.querySelector("bdi").textContent).join(", ");
  return [say(phrase, { names: names || "–" })];
}

function summary() {
  return sentences().join(" ");
}

function find() {
  const text = folded(field("find").value.trim());
  state.found = text ? new Set(nodes.filter((node) => isShown(node) && node.text.includes(text))) : null;
}

function foundFirst() {
  return nodes.find((node) => state.found?.has(node));
}

// Says what the sliders stand at; the one that was moved takes the other year with it.
function show(moved) {
  const { since, until } = sliders;
  if (since && Number(since.value) > Number(until.value)) {
    if (moved === since) until.value = since.value;
    else since.value = until.value;
  }
  for (const each of Object.values(sliders)) {
    if (!each) continue;
    const text = each === sliders.weight ? numbers.format(Number(each.value)) : each.value;
    document.querySelector(`output[for="${each.id}"]`).textContent = text;
  }
  if (sliders.until) sliders.until.closest("p").hidden = field("one-year").checked;
}

function control() {
  controls.hidden = false;
  field("names").append(...nodes.map((node) => make("option", { value: node.label })));
  controls.addEventListener("input", (event) => {
    if (event.target.id === "find") {
      find();
      paint();
      const count = state.found?.size;
      announce(state.found === null ? summary() : count ? say("found", { count: numbers.format(count) }) : say("not found"));
    } else {
      show(event.target);
      filter();
    }
  });
  controls.addEventListener("submit", (event) => event.preventDefault());
  field("find").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    foundFirst()?.group.focus();
  });
  // A form is reset after the event that says so.
  controls.addEventListener("reset", () => setTimeout(() => (show(null), filter())));
}
