// Without this the page is a picture and two tables; with it they move.

document.documentElement.classList.add("live");
for (const name of ["tabindex", "role", "aria-label"]) document.getElementById("stage").removeAttribute(name);
panel.hidden = false;

if (nodes.length) {
  view = new View(svg);
  prepare();
  arrangeTables();
  control();
  show(null);
  offerDownloads();
  field("keys").hidden = false;
  // Where the controls have a column to themselves they are open.
  field("filters").open = matchMedia("(min-width: 88rem)").matches;
  field("tools").hidden = false;
  const acts = {
    "zoom in": () => view.zoom(0.8),
    "zoom out": () => view.zoom(1.25),
    whole: () => view.whole(),
    left: () => view.move(-0.2, 0),
    right: () => view.move(0.2, 0),
    up: () => view.move(0, -0.2),
    down: () => view.move(0, 0.2),
  };
  field("tools").addEventListener("click", (event) => acts[event.target.closest("button")?.dataset.do]?.());
  addEventListener("beforeprint", () => view.print(true));
  addEventListener("afterprint", () => view.print(false));
  paint();
  announce(summary());
}
