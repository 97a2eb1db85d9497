/** What a chart shows: which columns suit it, and their values brought together. */

import type { Names } from "./names.ts";
import type { Column, Sheet } from "./sheet.ts";
import { dateOf, middleOf, numberOf } from "./values.ts";

export type ChartKind = "bars" | "line" | "dots";
export type Combining = "sum" | "mean" | "most";

export interface ChartChoice {
  kind: ChartKind;
  /** The column along the axis. */
  across: string;
  /** The column of numbers; empty for the number of rows. */
  measure: string;
  /** The column that tells colours apart; empty for one colour. */
  series: string;
  /** What becomes of several rows with the same value across. */
  combine: Combining;
}

export interface Datum {
  /** Where it stands: a name, a number, a year, or milliseconds since 1970 for dots of dates. */
  across: string | number;
  label: string;
  series: string;
  value: number;
}

export interface ChartData {
  data: Datum[];
  /** Rows that lack a value. */
  leftOut: number;
  /** Whether some values stand for several rows. */
  isCombined: boolean;
}

/** Numbers that say which, not how many. */
const NAMING = /^(?:ordinal|number|no|lat|latitude|lon|lng|long|longitude|year|rank)$/i;

/** Columns that can stand along the axis. */
export function acrossColumns(sheet: Sheet): Column[] {
  return sheet.columns.filter(({ kind }) => kind === "iri" || kind === "text" || kind === "date" || kind === "number");
}

/** Columns of numbers. */
export function measureColumns(sheet: Sheet): Column[] {
  return sheet.columns.filter(({ kind }) => kind === "number");
}

/** The chart to begin with; `null` where no column suits any. */
export function suggestChart(sheet: Sheet): ChartChoice | null {
  if (sheet.rows.length === 0) return null;
  const numbers = measureColumns(sheet).filter(({ name }) => !NAMING.test(name));
  const dates = sheet.columns.filter(({ kind }) => kind === "date");
  const names = sheet.columns.filter(({ kind }) => kind === "iri" || kind === "text");
  const [number, date] = [numbers[0]?.name ?? "", dates[0]?.name];
  const chosen = (kind: ChartKind, across: string, measure = number): ChartChoice => {
    return { kind, across, measure, series: "", combine: "sum" };
  };
  if (number && date && (sheet.columns[0]?.name === date || !names.length)) return chosen("line", date);
  if (number && names[0]) return chosen("bars", names[0].name);
  if (numbers[1]) return chosen("dots", number, numbers[1].name);
  if (date) return chosen("bars", date, "");
  const grouping = names.find(({ name }) => isGrouping(sheet, name)) ?? names[0];
  if (grouping) return chosen("bars", grouping.name, "");
  const only = acrossColumns(sheet)[0];
  return only ? chosen("bars", only.name, "") : null;
}

function isGrouping(sheet: Sheet, name: string): boolean {
  const values = new Set(sheet.rows.map((row) => JSON.stringify(row[name])));
  return values.size > 1 && values.size < sheet.rows.length;
}

/** The values of a chart. Dots show each row; bars and lines bring the rows of a name, a number or a year together. */
export function chartData(sheet: Sheet, choice: ChartChoice, names: Names, unknown: string): ChartData {
  const groups = new Map<string, Datum & { values: number[] }>();
  let leftOut = 0;
  for (const [index, row] of sheet.rows.entries()) {
    const place = placeOf(sheet, choice, row, names);
    const value = choice.measure === "" ? 1 : numberOf(row[choice.measure]);
    if (place === null || value === null || !Number.isFinite(value)) {
      leftOut += 1;
      continue;
    }
    const series = choice.series === "" ? "" : names.of(row[choice.series]) || unknown;
    const key = choice.kind === "dots" ? String(index) : JSON.stringify([place.across, series]);
    const known = groups.get(key);
    if (known) known.values.push(value);
    else groups.set(key, { ...place, series, value, values: [value] });
  }
  const found = [...groups.values()];
  const isCombined = choice.measure !== "" && found.some(({ values }) => values.length > 1);
  const combine = choice.measure === "" ? "sum" : choice.combine;
  const data = found.map(({ values, ...datum }) => ({ ...datum, value: combined(values, combine) }));
  return { data: ordered(data, choice.kind), leftOut, isCombined };
}

function placeOf(sheet: Sheet, { across, kind }: ChartChoice, row: Sheet["rows"][number], names: Names) {
  const term = row[across];
  const column = sheet.columns.find(({ name }) => name === across);
  const label = names.of(term);
  if (term === undefined || label === "") return null;
  if (column?.kind === "number") {
    const number = numberOf(term);
    return number === null || !Number.isFinite(number) ? null : { across: number, label };
  }
  if (column?.kind !== "date") return { across: label, label };
  const date = dateOf(term);
  if (date === null) return null;
  if (kind === "dots") return { across: middleOf(date), label };
  return { across: Number(date.slice(0, 4)), label: date.slice(0, 4) };
}

function combined(values: readonly number[], combine: Combining): number {
  if (combine === "most") return values.reduce((one, other) => Math.max(one, other));
  const sum = values.reduce((one, other) => one + other, 0);
  return combine === "mean" ? sum / values.length : sum;
}

/** Names by what they measure together, largest first; everything else along its axis. */
function ordered(data: Datum[], kind: ChartKind): Datum[] {
  const totals = new Map<string | number, number>();
  for (const { across, value } of data) totals.set(across, (totals.get(across) ?? 0) + value);
  return data.sort((one, other) => {
    if (typeof one.across === "number" && typeof other.across === "number") return one.across - other.across;
    if (kind !== "bars") return 0;
    return (totals.get(other.across) ?? 0) - (totals.get(one.across) ?? 0) || (one.label < other.label ? -1 : 1);
  });
}

/** The data with at most so many series: the smallest become one. */
export function fewSeries(data: readonly Datum[], most: number, others: string): Datum[] {
  const totals = new Map<string, number>();
  for (const { series, value } of data) totals.set(series, (totals.get(series) ?? 0) + Math.abs(value));
  if (totals.size <= most) return [...data];
  const ranked = [...totals].sort((one, other) => other[1] - one[1]).slice(0, most - 1);
  const kept = new Set(ranked.map(([series]) => series));
  const found = new Map<string, Datum>();
  for (const datum of data) {
    const series = kept.has(datum.series) ? datum.series : others;
    const key = JSON.stringify([datum.across, series]);
    const known = found.get(key);
    if (known) known.value += datum.value;
    else found.set(key, { ...datum, series });
  }
  return [...found.values()];
}
