/** The rows of an answer as things at a place or a time: each once, with all that its rows tell of it. */

import type { Row, Term } from "../client/client.ts";
import type { Placed } from "../map/show.ts";
import type { Source } from "../overview/show.ts";
import type { Dated } from "../timeline/show.ts";
import type { Names } from "./names.ts";
import type { Column, Sheet } from "./sheet.ts";
import { dateOf, numberOf, pointOf, textOf } from "./values.ts";

/** The column of each role, as headers of catalogue queries name them. */
export type Roles = Readonly<Record<string, string>>;

const LATITUDE = /^(?:lat|latitude)$/i;
const LONGITUDE = /^(?:lon|lng|long|longitude)$/i;
const END = /end|until|last|ceased|finish|^to$/i;
/** More kinds than this are no kinds. */
const KINDS = 12;

/** What a thing needs besides its rows. */
export interface Telling {
  sheet: Sheet;
  names: Names;
  roles: Roles;
  sourcesOf: (row: number) => Source[];
}

/** The points of an answer: of its own columns, or of its entities as the graph has them. */
export type Points = (row: Row) => [longitude: number, latitude: number] | null;

/** How rows are placed by their own columns; `null` where they are not. */
export function pointsIn(sheet: Sheet, roles: Roles): Points | null {
  const point = roles.point ?? sheet.columns.find((column) => column.kind === "point")?.name;
  if (point !== undefined && sheet.rows.some((row) => pointOf(row[point]))) return (row) => pointOf(row[point]);
  const numeric = sheet.columns.filter((column) => column.kind === "number");
  const latitude = numeric.find((column) => LATITUDE.test(column.name))?.name;
  const longitude = numeric.find((column) => LONGITUDE.test(column.name))?.name;
  if (latitude === undefined || longitude === undefined) return null;
  return (row) => {
    const [x, y] = [numberOf(row[longitude]), numberOf(row[latitude])];
    return x !== null && y !== null && Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
  };
}

/** How rows are placed by the points of the entities in a column; `null` where no entity has one. */
export function pointsOf(sheet: Sheet, known: ReadonlyMap<string, Term>): { column: string; points: Points } | null {
  for (const { name } of sheet.columns) {
    const points: Points = (row) => pointOf(row[name]?.type === "uri" ? known.get(textOf(row[name])) : undefined);
    if (sheet.rows.some((row) => points(row))) return { column: name, points };
  }
  return null;
}

/** Things on a map; rows without a point are left out. */
export function placed(telling: Telling, points: Points, name = nameIn(telling)): Placed[] {
  const kind = telling.roles.group ?? kindIn(telling.sheet, name);
  const key = (row: Row) => JSON.stringify([points(row), termKey(row[name]), termKey(row[kind])]);
  return grouped(telling, (row) => (points(row) ? key(row) : null)).map((rows) => {
    const [longitude, latitude] = points(rows[0]?.row ?? {}) ?? [0, 0];
    return { longitude, latitude, ...told(telling, rows, name, kind, []) };
  });
}

/** The columns of dates, the one that things begin at first. */
export function datesIn({ sheet, roles }: Pick<Telling, "sheet" | "roles">): Column[] {
  const dates = sheet.columns.filter((column) => column.kind === "date");
  const first = dates.find((column) => column.name === roles.when) ?? dates.find((column) => !END.test(column.name));
  return first ? [first, ...dates.filter((column) => column !== first)] : dates;
}

/** Things along time; rows without a date are left out. */
export function dated(telling: Telling, from: string): Dated[] {
  const { sheet, roles } = telling;
  const isRole = from === roles.when;
  const guessed = sheet.columns.find(({ name, kind }) => kind === "date" && name !== from && END.test(name))?.name;
  const until = (isRole ? roles.until : undefined) ?? guessed ?? "";
  const name = nameIn(telling);
  const kind = roles.lane ?? kindIn(sheet, name);
  const key = (row: Row) =>
    JSON.stringify([dayOf(row[from]), dayOf(row[until]), termKey(row[name]), termKey(row[kind])]);
  return grouped(telling, (row) => (dayOf(row[from]) ? key(row) : null)).map((rows) => {
    const [start, end] = [dayOf(rows[0]?.row[from]), dayOf(rows[0]?.row[until])];
    return { from: start, until: end >= start ? end : "", ...told(telling, rows, name, kind, [from, until]) };
  });
}

/** A date without what follows the day. */
function dayOf(term: Term | undefined): string {
  return dateOf(term)?.replace(/(?:T.*|Z|[+-]\d\d:\d\d)$/, "") ?? "";
}

interface Numbered {
  row: Row;
  index: number;
}

function grouped({ sheet }: Telling, key: (row: Row) => string | null): Numbered[][] {
  const found = new Map<string, Numbered[]>();
  for (const [index, row] of sheet.rows.entries()) {
    const own = key(row);
    if (own !== null) found.set(own, [...(found.get(own) ?? []), { row, index }]);
  }
  return [...found.values()];
}

/** Name, page, kind and everything else that the rows of a thing say, each value once; `shown` columns are seen already. */
function told(telling: Telling, rows: readonly Numbered[], name: string, kind: string, shown: readonly string[]) {
  const { sheet, names, roles } = telling;
  const first = rows[0]?.row ?? {};
  const details: [string, string][] = [];
  for (const column of sheet.columns) {
    if ([name, kind, roles.point, ...shown].includes(column.name) || column.kind === "point") continue;
    const values = new Set(rows.map(({ row }) => names.of(row[column.name])).filter(Boolean));
    if (values.size) details.push([column.heading, [...values].join("; ")]);
  }
  const all = rows.flatMap(({ index }) => telling.sourcesOf(index));
  const sources = [...new Map(all.map((source) => [source.text, source])).values()];
  const term = first[name];
  const address = term?.type === "uri" ? names.page(term.value) : "";
  return { label: names.of(term) || "–", address, kind: names.of(first[kind]), details, sources };
}

/** The column that says what a row is about: the first with entities, else with texts. */
function nameIn({ sheet, roles }: Telling): string {
  const byKind = (kind: string) => sheet.columns.find((column) => column.kind === kind)?.name;
  return roles.name ?? byKind("iri") ?? byKind("text") ?? sheet.columns[0]?.name ?? "";
}

/** A column that tells few kinds apart; empty where none does. */
function kindIn(sheet: Sheet, name: string): string {
  for (const column of sheet.columns) {
    if (column.name === name || (column.kind !== "iri" && column.kind !== "text")) continue;
    // What is mostly not known tells nothing apart.
    const bound = sheet.rows.filter((row) => row[column.name] !== undefined);
    if (bound.length * 5 < sheet.rows.length * 4) continue;
    const values = new Set(bound.map((row) => termKey(row[column.name])));
    if (values.size > 1 && values.size <= KINDS && values.size * 2 <= sheet.rows.length) return column.name;
  }
  return "";
}

function termKey(term: Term | undefined): string {
  return term === undefined ? "" : `${term.type} ${textOf(term)}`;
}
