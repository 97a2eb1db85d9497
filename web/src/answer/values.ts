/** What kind of values a column holds, and how they are read, ordered and compared. */

import type { Language, Term } from "../client/client.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const WKT = "http://www.opengis.net/ont/geosparql#wktLiteral";
const NUMBERS = new Set(
  [
    ...["integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger"],
    ...["positiveInteger", "nonPositiveInteger", "negativeInteger"],
    ...["unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"],
  ].map((name) => XSD + name),
);
const DATES = new Set(["date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"].map((name) => XSD + name));
/** A year, a month or a day, and what may follow the day. */
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.]+)?)?)?(?:Z|[+-]\d\d:\d\d)?$/;
const POINT =
  /^\s*(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*(-?[\d.]+(?:[eE][-+]?\d+)?)\s+(-?[\d.]+(?:[eE][-+]?\d+)?)[^)]*\)\s*$/i;

/** What a column holds; `mixed` where its values are of several kinds, `empty` where there are none. */
export type Kind = "iri" | "number" | "date" | "point" | "text" | "other" | "mixed" | "empty";

/** The kind of one value. A text that is a year, a month or a day is a date: that is how queries give years. */
export function kindOf(term: Term): Exclude<Kind, "mixed" | "empty"> {
  if (term.type === "uri") return "iri";
  if (term.type !== "literal") return "other";
  if (numberOf(term) !== null) return "number";
  if (dateOf(term) !== null) return "date";
  if (term.datatype === WKT && pointOf(term) !== null) return "point";
  return term.datatype === undefined || term.datatype === `${XSD}string` ? "text" : "other";
}

/** The kind of a column. */
export function kindOfAll(terms: Iterable<Term | undefined>): Kind {
  let found: Kind = "empty";
  for (const term of terms) {
    if (term === undefined || (term.type === "literal" && term.value === "")) continue;
    const kind = kindOf(term);
    if (found === "empty") found = kind;
    else if (found !== kind) return "mixed";
  }
  return found;
}

/** The number a literal of a numeric type is; `null` for everything else. */
export function numberOf(term: Term | undefined): number | null {
  if (term?.type !== "literal" || term.datatype === undefined || !NUMBERS.has(term.datatype)) return null;
  const value = term.value.trim();
  if (value === "INF" || value === "+INF") return Infinity;
  if (value === "-INF") return -Infinity;
  const number = value === "" ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}

/** Whether a literal is of a numeric type, readable or not. */
export function isNumeric(term: Term | undefined): boolean {
  return term?.type === "literal" && term.datatype !== undefined && NUMBERS.has(term.datatype);
}

/** A date as it is written, in the precision it has; `null` for everything else. */
export function dateOf(term: Term | undefined): string | null {
  if (term?.type !== "literal" || term["xml:lang"]) return null;
  if (term.datatype !== undefined && term.datatype !== `${XSD}string` && !DATES.has(term.datatype)) return null;
  return isDate(term.value) ? term.value : null;
}

function isDate(text: string): boolean {
  const found = DATE.exec(text);
  if (found === null) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  if (year === 0 || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/** The day in the middle of what a date may mean, so that a year stands in its middle, in milliseconds since 1970. */
export function middleOf(date: string): number {
  const found = DATE.exec(date);
  if (found === null) return Number.NaN;
  const [year, month, day] = [Number(found[1]), found[2], found[3]];
  const first = at(year, Number(month ?? 1), Number(day ?? 1));
  if (day !== undefined) return first;
  const end = month === undefined ? at(year + 1, 1, 1) : at(year, Number(month) + 1, 1);
  return (first + end) / 2;
}

function at(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

/** Longitude and latitude in degrees of a point as WKT; `null` for anything else. */
export function pointOf(term: Term | undefined): [longitude: number, latitude: number] | null {
  const found = term?.type === "literal" ? POINT.exec(term.value) : null;
  if (!found) return null;
  const [longitude, latitude] = [Number(found[1]), Number(found[2])];
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : null;
}

/** A value as text: the IRI, the text of the literal, the name of the blank node, the triple in brackets. */
export function textOf(term: Term | undefined): string {
  if (term === undefined) return "";
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type !== "triple") return term.value;
  const { subject, predicate, object } = term.value;
  return `<< ${textOf(subject)} ${textOf(predicate)} ${textOf(object)} >>`;
}

/** A text without diacritics and case, đ as d, for finding: `Đà Nẵng` → `da nang`. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .normalize("NFC");
}

/** Something that can be put in order: what is read off a cell once, before sorting. */
export interface Key {
  rank: number;
  number: number;
  text: string;
}

/** What a cell is put in order by; `null` where it is empty. `shown` is what stands in it. */
export function keyOf(term: Term | undefined, shown: string): Key | null {
  if (term === undefined || shown === "") return null;
  const number = numberOf(term);
  if (number !== null) return { rank: 0, number, text: shown };
  const rank = dateOf(term) === null ? 2 : 1;
  return { rank, number: 0, text: shown };
}

/** Numbers before dates before texts; texts as the language has them, numbers within them by their size. */
export function comparer(language: Language): (one: Key, other: Key) => number {
  const collator = new Intl.Collator(language, { numeric: true });
  return (one, other) => {
    if (one.rank !== other.rank) return one.rank - other.rank;
    if (one.rank === 0) return one.number < other.number ? -1 : one.number > other.number ? 1 : 0;
    if (one.rank === 1) return one.text < other.text ? -1 : one.text > other.text ? 1 : 0;
    return collator.compare(one.text, other.text);
  };
}
