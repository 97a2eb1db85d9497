// What is shown, what is chosen and what is looked at, in the picture and in the tables alike.

const state = { shown: new Set(things), chosen: null, looked: null, found: null };

function isShown(thing) {
  return state.shown.has(thing);
}

// A thing with what it is joined to: what stays bright while it is looked at.
function around(thing) {
  const bright = new Set([thing]);
  if (isNode(thing)) {
    for (const link of thing.links.filter(isShown)) bright.add(link).add(others(thing, link));
  } else {
    bright.add(thing.source).add(thing.target);
  }
  return bright;
}

function paint() {
  const subject = state.looked ?? state.chosen;
  const bright = subject && isShown(subject) ? around(subject) : state.found;
  for (const thing of things) {
    const { group, row } = thing;
    const shown = isShown(thing);
    row.hidden = !shown;
    row.classList.toggle("lit", thing === state.chosen || thing === state.looked);
    if (!group) continue;
    for (const part of thing.sign ? [group, thing.sign] : [group]) {
      part.classList.toggle("off", !shown);
      part.classList.toggle("dim", shown && bright !== null && !bright.has(thing));
    }
    group.classList.toggle("chosen", thing === state.chosen);
    group.classList.toggle("found", state.found?.has(thing) ?? false);
    if (isNode(thing)) {
      group.setAttribute("aria-selected", String(thing === state.chosen));
      if (shown) group.removeAttribute("aria-hidden");
      else group.setAttribute("aria-hidden", "true");
    }
  }
}

const caption = document.getElementById("caption");

// In a large picture letters may be too small to be read: what is looked at is named below.
function look(thing) {
  if (state.looked === thing) return;
  state.looked = thing;
  caption.hidden = thing === null;
  caption.textContent = thing ? nameOf(thing) : "";
  paint();
}

let waiting = 0;

// What is shown, above the picture. Sliders change many times a second; a screen reader hears where they came to rest.
function announce(text) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    document.getElementById("shown").textContent = text;
  }, 200);
}

// What is seen anyhow, for those who do not see it.
function tell(text) {
  document.getElementById("said").textContent = text;
}
