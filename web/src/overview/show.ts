/** A picture with its kinds to choose among and its table, of things that come from anywhere. */

import type { Language } from "../client/client.ts";
import { save, write } from "./files.ts";
import { OTHER, shape } from "./marks.ts";
import { type Painter, Stage } from "./stage.ts";
import { html, svg } from "./svg.ts";
import { addFinders, choose, makeTable } from "./table.ts";
import type { Thing } from "./thing.ts";
import { say } from "./words.ts";

/** Where it stands: a citation, and the page of the fact. */
export interface Source {
  text: string;
  address: string;
}

/** What is told of a thing besides its mark. */
export interface Details {
  /** Pairs of name and text. */
  said: readonly [string, string][];
  sources: readonly Source[];
}

/** What the graph calls nothing else gets from here. */
export function thing(said: Partial<Thing>): Thing {
  return {
    ...{ label: "", address: "", kind: "", relation: "", kinds: [], slot: OTHER, lane: "", place: "" },
    ...{ countries: [], within: "", withinLabel: "", point: null, since: "", until: "" },
    ...{ lasts: false, ahead: false, disputed: false, ground: false, row: null },
    ...said,
  };
}

/** Give each kind a mark: the nine that are most frequent one of their own. */
export function giveSlots(things: readonly Thing[]): Map<string, { slot: number; count: number }> {
  const counts = new Map<string, number>();
  for (const each of things) counts.set(each.kind, (counts.get(each.kind) ?? 0) + 1);
  const ordered = [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
  const slots = new Map(ordered.map(([kind, count], rank) => [kind, { slot: Math.min(rank, OTHER), count }]));
  for (const each of things) each.slot = slots.get(each.kind)?.slot ?? OTHER;
  return slots;
}

export function showOverview(
  host: HTMLElement,
  things: readonly Thing[],
  details: ReadonlyMap<Thing, Details>,
  painter: Painter,
  tell: (things: readonly Thing[], language: Language) => string,
  key: string,
  language: Language,
): void {
  const slots = giveSlots(things);
  const canvas = html("div", { class: "canvas" });
  const figure = html("figure", { class: `picture of-${painter.kind}` }, canvas);
  figure.append(html("figcaption", { class: "quiet" }, key));
  const told = html("p", { class: "told", role: "status" });
  const form = html("form", { class: "choice no-print" });
  host.replaceChildren(...(slots.size > 1 ? [form] : []), told, figure);
  const stage = new Stage(figure, canvas, painter, language);
  stage.onPin = (pinned) => choose(things, pinned);
  const table = makeTable(things, details, language, (rows) => addFinders(rows, language, (each) => stage.find(each)));
  const files = html("p", { class: "files no-print" }, `${say(language, "save_as")}:`);
  host.append(files, table);
  let shown = things;
  const apply = () => {
    const boxes = [...form.querySelectorAll<HTMLInputElement>("input")];
    const hidden = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    shown = things.filter((each) => !hidden.has(each.kind));
    for (const each of things) if (each.row) each.row.hidden = hidden.has(each.kind);
    stage.show(shown);
    const counts = say(language, "shown_of", { shown: shown.length, all: things.length });
    told.textContent = `${counts} ${tell(shown, language)}`;
  };
  form.append(kinds(slots, language));
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const format of ["svg", "csv", painter.kind === "map" ? "geojson" : "json"]) {
    const button = html(
      "button",
      { type: "button", class: "plain" },
      format === "geojson" ? "GeoJSON" : format.toUpperCase(),
    );
    button.addEventListener("click", () => save(`${painter.kind}.${format}`, write(format, stage.picture, shown)));
    files.append(button);
  }
  apply();
}

function kinds(slots: ReadonlyMap<string, { slot: number; count: number }>, language: Language): HTMLElement {
  const made = html("fieldset", { class: "kinds" }, html("legend", {}, say(language, "show_what")));
  for (const [kind, { slot, count }] of slots) {
    const box = html("input", { type: "checkbox", checked: "" });
    box.value = kind;
    const picture = svg("svg", {
      class: `key s${slot}`,
      viewBox: "-9 -9 18 18",
      width: 18,
      height: 18,
      "aria-hidden": "true",
    });
    picture.append(shape(slot, 0, 0, 5.5));
    made.append(html("label", { class: "kind" }, box, picture, ` ${kind || "–"} (${count})`));
  }
  return made;
}
