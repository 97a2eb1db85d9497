/** Dates of the precision a document gives: a year, a month or a day; as `dates.py` reads them. */

import { Mistaken, tell } from "./telling.ts";

const DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
const MONTHS = "January February March April May June July August September October November December".split(" ");

interface Parts {
  year: number;
  month: number | undefined;
  day: number | undefined;
}

/** Throws a `Mistaken` with a sentence for the reader where the text is no date. */
function parse(text: string): Parts {
  const found = DATE.exec(text);
  if (!found) throw new Mistaken(tell("value.no-date", { text }));
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (!year) throw new Mistaken(tell("value.no-year-0"));
  if (month !== undefined && (month < 1 || month > 12)) throw new Mistaken(tell("value.no-month", { month }));
  if (month !== undefined && day !== undefined && (day < 1 || day > daysOf(year, month))) {
    throw new Mistaken(tell("value.no-day", { day, month, month_name: MONTHS[month - 1] ?? "", year: String(year) }));
  }
  return { year, month, day };
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The first day a written date may mean. */
export function earliest(text: string): string {
  const { year, month = 1, day = 1 } = parse(text);
  return written(year, month, day);
}

/** The last day a written date may mean. */
export function latest(text: string): string {
  const { year, month = 12, day } = parse(text);
  return written(year, month, day ?? daysOf(year, month));
}

/** The year of a date that says no more than that. */
export function yearOf(text: string): string {
  const { year, month } = parse(text);
  if (month !== undefined) throw new Mistaken(tell("value.year-alone"));
  return String(year).padStart(4, "0");
}

function written(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
