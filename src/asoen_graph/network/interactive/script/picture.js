// The picture under mouse, finger and keyboard. To a screen reader it is a list of nodes, of which one is chosen.

const FAR = 2.2; // How much more a step aside counts than a step ahead.

function prepare() {
  if (nodes.length === 0) return;
  svg.setAttribute("role", "graphics-document document");
  svg.removeAttribute("aria-describedby");
  const list = svg.querySelector(".graph");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector("h1").textContent);
  list.setAttribute("aria-describedby", "keys-text");
  for (const node of nodes) {
    const count = numbers.format(node.links.length);
    node.group.setAttribute("role", "option");
    node.group.setAttribute("aria-label", say("node", { label: node.label, kind: node.kindLabel, count }));
    node.group.setAttribute("tabindex", "-1");
  }
  for (const { group } of links) {
    // Said in the tables and beside the picture; here it would stand between the nodes.
    group.setAttribute("aria-hidden", "true");
    const reach = group.querySelector("path").cloneNode();
    reach.setAttribute("class", "reach");
    reach.removeAttribute("stroke-dasharray");
    group.append(reach);
  }
  focusable(nodes[0]);
  listen();
  drag();
}

// One node at a time can be reached with Tab.
function focusable(node) {
  for (const each of svg.querySelectorAll('[tabindex="0"]')) each.setAttribute("tabindex", "-1");
  node.group.setAttribute("tabindex", "0");
}

function thingAt(target) {
  const part = target.closest("[data-row], [data-of]");
  return thingOf.get(part?.dataset.row ?? part?.dataset.of) ?? null;
}

function listen() {
  svg.addEventListener("pointerover", (event) => look(thingAt(event.target)));
  svg.addEventListener("pointerleave", () => look(null));
  svg.addEventListener("click", (event) => choose(thingAt(event.target)));
  // On what is around it: an element of SVG that listens for focus can itself be focused in Chromium.
  const stage = document.getElementById("stage");
  stage.addEventListener("focusin", (event) => {
    const node = thingAt(event.target);
    if (node === null) return;
    focusable(node);
    view.reveal(node.group);
    if (node.group.matches(":focus-visible")) look(node);
  });
  stage.addEventListener("focusout", () => look(null));
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = command(event, thingAt(event.target));
    if (!act) return;
    event.preventDefault();
    act();
  });
}

// A thing with all that it is joined to.
function zoomTo(thing) {
  const seen = Array.from(around(thing)).filter((each) => each === thing || isNode(each));
  view.frame(seen.map(({ group }) => group));
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function command(event, node) {
  const step = STEPS[event.key];
  if (step && event.shiftKey) return () => view.move(step[0] / 5, step[1] / 5);
  if (step) return () => nearest(node, step)?.group.focus();
  const shown = nodes.filter(isShown);
  const place = shown.indexOf(node);
  return {
    PageUp: () => shown.at(place - 1)?.group.focus(),
    PageDown: () => shown[(place + 1) % shown.length]?.group.focus(),
    Home: () => shown[0]?.group.focus(),
    End: () => shown.at(-1)?.group.focus(),
    Enter: () => choose(node, { lead: true }),
    " ": () => choose(node, { lead: true }),
    Escape: () => choose(null),
    "+": () => view.zoom(0.8),
    "=": () => view.zoom(0.8),
    "-": () => view.zoom(1.25),
    0: () => view.whole(),
  }[event.key];
}

// The node that lies next in a direction: not far ahead, and not far aside.
function nearest(node, [across, down]) {
  const from = middle(node);
  let best = null;
  let least = Infinity;
  for (const other of nodes) {
    if (other === node || !isShown(other)) continue;
    const to = middle(other);
    const ahead = (to.x - from.x) * across + (to.y - from.y) * down;
    const aside = Math.abs((to.x - from.x) * down) + Math.abs((to.y - from.y) * across);
    if (ahead <= 1 || ahead + FAR * aside >= least) continue;
    best = other;
    least = ahead + FAR * aside;
  }
  return best;
}

function middle(node) {
  const { x, y, width, height } = node.group.querySelector("rect").getBBox();
  return { x: x + width / 2, y: y + height / 2 };
}

// One pointer moves the picture, two zoom it; a wheel zooms while Ctrl is down and moves the page otherwise.
function drag() {
  const pointers = new Map();
  let moved = 0;
  svg.addEventListener("pointerdown", (event) => {
    if (pointers.size === 0) moved = 0;
    pointers.set(event.pointerId, event);
  });
  svg.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const across = event.clientX - last.clientX;
    const down = event.clientY - last.clientY;
    moved += Math.abs(across) + Math.abs(down);
    // A hand that shakes is no hand that drags.
    if (moved < 6) return;
    if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    svg.classList.add("moving");
    if (pointers.size === 1) {
      view.drag(across, down);
    } else {
      const other = Array.from(pointers.values()).find((each) => each.pointerId !== event.pointerId);
      const before = Math.hypot(last.clientX - other.clientX, last.clientY - other.clientY);
      const after = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
      view.zoom(before / Math.max(after, 1), { x: (event.clientX + other.clientX) / 2, y: (event.clientY + other.clientY) / 2 });
    }
    pointers.set(event.pointerId, event);
  });
  const release = (event) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) svg.classList.remove("moving");
  };
  svg.addEventListener("pointerup", release);
  svg.addEventListener("pointercancel", release);
  // The click at the end of a drag chooses nothing.
  svg.addEventListener("click", (event) => moved >= 6 && event.stopImmediatePropagation(), { capture: true });
  svg.addEventListener("dblclick", (event) => {
    const thing = thingAt(event.target);
    if (thing) zoomTo(thing);
    else view.zoom(0.6, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      view.zoom(1.002 ** event.deltaY, { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );
}
