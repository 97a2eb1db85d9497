/** The table beside a picture: the same things, each of which can be found in the picture. */

import type { Language } from "../client/client.ts";
import { html } from "./svg.ts";
import { dated, type Thing } from "./thing.ts";
import { say } from "./words.ts";

/** How many rows are written at once; more are a button away. */
const FIRST = 500;

/** Beside each name a button that shows it in the picture. */
export function addFinders(things: readonly Thing[], language: Language, find: (thing: Thing) => void): void {
  for (const thing of things) {
    const name = thing.row?.cells[0];
    if (!name || (!thing.point && !thing.since && !thing.until)) continue;
    const label = say(language, "find_mark", { name: thing.label });
    const button = html(
      "button",
      { type: "button", class: "find plain no-print", "aria-label": label, title: label },
      "◎",
    );
    button.addEventListener("click", () => find(thing));
    name.append(button);
  }
}

/** Show which rows are those of the mark that is selected. */
export function choose(things: readonly Thing[], chosen: readonly Thing[]): void {
  const those = new Set(chosen);
  for (const thing of things) thing.row?.classList.toggle("chosen", those.has(thing));
}

/** A table of things that no server wrote. */
export function makeTable(
  things: readonly Thing[],
  details: ReadonlyMap<Thing, readonly [string, string][]>,
  language: Language,
  onRows: (things: readonly Thing[]) => void,
): HTMLElement {
  const columns = [...new Set([...details.values()].flat().map(([name]) => name))];
  const isTimed = things.some((thing) => thing.since || thing.until);
  const heads = [say(language, "column_what"), say(language, "column_kind")];
  if (isTimed) heads.push(say(language, "column_when"));
  const head = html("tr", {}, ...[...heads, ...columns].map((text) => html("th", { scope: "col" }, text)));
  const body = html("tbody");
  const write = (some: readonly Thing[]) => {
    body.append(...some.map((thing) => makeRow(thing, details.get(thing) ?? [], columns, isTimed)));
    onRows(some);
  };
  write(things.slice(0, FIRST));
  const table = html("table", { class: "overview" }, html("thead", {}, head), body);
  const label = say(language, "as_table");
  const box = html("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label }, table);
  if (things.length > FIRST) {
    const more = html("button", { type: "button" }, say(language, "rows_more", { count: things.length }));
    more.addEventListener("click", () => {
      write(things.slice(FIRST));
      more.remove();
    });
    box.append(more);
  }
  return box;
}

function makeRow(
  thing: Thing,
  details: readonly [string, string][],
  columns: readonly string[],
  isTimed: boolean,
): HTMLTableRowElement {
  const name = thing.address ? html("a", { href: thing.address }, thing.label) : thing.label;
  const row = html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, thing.kind));
  if (isTimed) row.append(html("td", { class: "when" }, dated(thing)));
  const said = new Map<string, string[]>();
  for (const [key, value] of details) said.set(key, [...(said.get(key) ?? []), value]);
  row.append(...columns.map((key) => html("td", {}, said.get(key)?.join("; ") ?? "")));
  thing.row = row;
  return row;
}
