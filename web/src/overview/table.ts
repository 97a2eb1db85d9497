/** The table beside a picture: the same things, each of which can be found in the picture. */

import type { Language } from "../client/client.ts";
import { html } from "./svg.ts";
import { dated, type Thing } from "./thing.ts";
import type { Details, Source } from "./show.ts";
import { say } from "./words.ts";

/** How many rows are written at once; more are a button away. */
const FIRST = 500;
/** So many sources are led to from one row. */
const MOST_SOURCES = 20;

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
  details: ReadonlyMap<Thing, Details>,
  language: Language,
  onRows: (things: readonly Thing[]) => void,
): HTMLElement {
  const told = [...details.values()];
  const columns: Columns = {
    isKinded: things.some((thing) => thing.kind),
    isTimed: things.some((thing) => thing.since || thing.until),
    isSourced: told.some(({ sources }) => sources.length > 0),
    said: [...new Set(told.flatMap(({ said }) => said.map(([name]) => name)))],
  };
  const heads = [say(language, "column_what")];
  if (columns.isKinded) heads.push(say(language, "column_kind"));
  if (columns.isTimed) heads.push(say(language, "column_when"));
  heads.push(...columns.said);
  if (columns.isSourced) heads.push(say(language, "column_source"));
  const head = html("tr", {}, ...heads.map((text) => html("th", { scope: "col" }, text)));
  const body = html("tbody");
  const write = (some: readonly Thing[]) => {
    body.append(...some.map((thing) => makeRow(thing, details.get(thing) ?? NONE, columns)));
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

/** Which columns the table has beside the name. */
interface Columns {
  isKinded: boolean;
  isTimed: boolean;
  isSourced: boolean;
  said: readonly string[];
}

const NONE: Details = { said: [], sources: [] };

function makeRow(thing: Thing, details: Details, columns: Columns): HTMLTableRowElement {
  const name = thing.address ? html("a", { href: thing.address }, thing.label) : thing.label;
  const row = html("tr", {}, html("th", { scope: "row" }, name));
  if (columns.isKinded) row.append(html("td", {}, thing.kind));
  if (columns.isTimed) row.append(html("td", { class: "when" }, dated(thing)));
  const said = new Map<string, string[]>();
  for (const [key, value] of details.said) said.set(key, [...(said.get(key) ?? []), value]);
  row.append(...columns.said.map((key) => html("td", { "data-head": key }, said.get(key)?.join("; ") ?? "")));
  if (columns.isSourced) row.append(html("td", { class: "sources" }, ...sourcesIn(details.sources)));
  thing.row = row;
  return row;
}

/** The first source in words, the others by number, as the server's tables have them. */
function sourcesIn(sources: readonly Source[]): (Node | string)[] {
  const links = sources.slice(0, MOST_SOURCES).flatMap(({ text, address }, place) => {
    if (!address) return [text, " "];
    const isFirst = place === 0;
    const link = html("a", { href: address, title: text }, isFirst ? text : `[${place + 1}]`);
    if (!isFirst) link.setAttribute("aria-label", text);
    return [link, " "];
  });
  return sources.length > MOST_SOURCES ? [...links, `+${sources.length - MOST_SOURCES}`] : links;
}
