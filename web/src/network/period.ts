/**
 * Time in a network, as `asoen_graph.network.period` has it: dates of any precision, the period a reader asks for, and
 * the spells of a link. Days are ISO dates, which sort as texts.
 */

import type { Language } from "../client/client.ts";

/** Two days, both included; `null` is an end that is not known, and is taken as open. */
export type Spell = readonly [start: string | null, end: string | null];

/** Its ends as written, both included, `null` for no limit. */
export interface Period {
  since: string | null;
  until: string | null;
}

/** What is wrong with a period, by a name that `words.ts` has a sentence for. */
export class PeriodError extends Error {
  readonly reason: "no date" | "two ways" | "ends before" | "same days" | "later first" | "not two";

  constructor(reason: PeriodError["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function daysOf(year: number, month: number): number {
  const first = new Date(0);
  first.setUTCFullYear(year, month, 0);
  return first.getUTCDate();
}

/** The first and the last day a written date may mean. Throws PeriodError where it is none. */
export function daysMeant(text: string): readonly [string, string] {
  const found = DATE.exec(text);
  if (!found || found[1] === "0000") throw new PeriodError("no date");
  const [year, month, day] = [found[1]!, found[2], found[3]];
  if (month === undefined) return [`${year}-01-01`, `${year}-12-31`];
  if (Number(month) < 1 || Number(month) > 12) throw new PeriodError("no date");
  const last = daysOf(Number(year), Number(month));
  if (day === undefined) return [`${year}-${month}-01`, `${year}-${month}-${String(last).padStart(2, "0")}`];
  if (Number(day) < 1 || Number(day) > last) throw new PeriodError("no date");
  return [text, text];
}

/** The period of `at`, or of `from` and `until`; `null` where none is given. Throws PeriodError. */
export function periodOf(at: string, from: string, until: string): Period | null {
  if (at && (from || until)) throw new PeriodError("two ways");
  const period = { since: at || from || null, until: at || until || null };
  if (period.since === null && period.until === null) return null;
  const first = period.since === null ? null : daysMeant(period.since)[0];
  const last = period.until === null ? null : daysMeant(period.until)[1];
  if (first !== null && last !== null && last < first) throw new PeriodError("ends before");
  return period;
}

/** The period of one word: a date, or a span of two (`2009..2015`), either of them open. Throws PeriodError. */
export function readPeriod(word: string): Period {
  const [since = "", until, more] = word.trim().split("..");
  if (more !== undefined) throw new PeriodError("no date");
  const found = until === undefined ? periodOf(since, "", "") : periodOf("", since, until);
  if (found === null) throw new PeriodError("no date");
  return found;
}

/** The two periods of `2010,2020`, the earlier first. Throws PeriodError. */
export function readComparison(text: string): readonly [Period, Period] {
  const words = text.split(",");
  if (words.length !== 2) throw new PeriodError("not two");
  const [earlier, later] = [readPeriod(words[0]!), readPeriod(words[1]!)];
  const [one, other] = [daysOfPeriod(earlier).join(), daysOfPeriod(later).join()];
  if (one === other) throw new PeriodError("same days");
  if (other < one) throw new PeriodError("later first");
  return [earlier, later];
}

/** The first and the last day; an open end is the first or last day there is. */
export function daysOfPeriod(period: Period): readonly [string, string] {
  return [
    period.since === null ? "0001-01-01" : daysMeant(period.since)[0],
    period.until === null ? "9999-12-31" : daysMeant(period.until)[1],
  ];
}

/** Whether any day of the spell lies in the period. */
export function covers(period: Period, [start, end]: Spell): boolean {
  const [first, last] = daysOfPeriod(period);
  return (
    (period.since === null || end === null || end >= first) &&
    (period.until === null || start === null || start <= last)
  );
}

/** The spells in order of time, those that share a day or follow one another without a gap as one. */
export function unite(spells: Iterable<Spell>): Spell[] {
  const ordered = [...spells].sort(
    (a, b) => compareTexts(a[0] ?? "", b[0] ?? "") || compareTexts(a[1] ?? "", b[1] ?? ""),
  );
  const united: Spell[] = [];
  for (const each of ordered) {
    const last = united.at(-1);
    if (last && reaches(last, each)) {
      const end = last[1] === null || each[1] === null ? null : last[1] > each[1] ? last[1] : each[1];
      united[united.length - 1] = [last[0], end];
    } else united.push(each);
  }
  return united;
}

/** The stretches of time in spells of both; both are given in order and apart. */
export function overlap(one: readonly Spell[], other: readonly Spell[]): Spell[] {
  const found: Spell[] = [];
  for (const first of one)
    for (const second of other) {
      const start = latest(first[0], second[0]);
      const end = earliest(first[1], second[1]);
      if (start === null || end === null || start <= end) found.push([start, end]);
    }
  return unite(found);
}

function latest(one: string | null, other: string | null): string | null {
  return one === null ? other : other === null ? one : one > other ? one : other;
}

function earliest(one: string | null, other: string | null): string | null {
  return one === null ? other : other === null ? one : one < other ? one : other;
}

function reaches([, end]: Spell, [start]: Spell): boolean {
  if (end === null || start === null) return true;
  return Date.parse(`${start}T00:00:00Z`) - Date.parse(`${end}T00:00:00Z`) <= 86_400_000;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The first and the last day of spells, `null` where an end is not known. */
export function extent(spells: readonly Spell[]): Spell {
  const starts = spells.map(([start]) => start);
  const ends = spells.map(([, end]) => end);
  return [
    starts.includes(null) ? null : (starts as string[]).toSorted()[0]!,
    ends.includes(null) ? null : (ends as string[]).toSorted().at(-1)!,
  ];
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
].concat("November", "December");

/** A date as people of the language write it: `2 November 2019`, `2/11/2019`; less where less is known. */
export function spokenDate(text: string, language: Language): string {
  const parts = text.split("-").map(Number);
  if (language === "vi") return parts.toReversed().join("/");
  const [year, month, day] = parts;
  return [day, month === undefined ? undefined : MONTHS[month - 1], year]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** `2009 – 2015`, `Since May 2012`. */
export function spokenPeriod(period: Period, language: Language): string {
  const since = period.since && spokenDate(period.since, language);
  const until = period.until && spokenDate(period.until, language);
  if (since === until) return since ?? "";
  if (since && until) return `${since} – ${until}`;
  if (since) return language === "vi" ? `Từ ${since}` : `Since ${since}`;
  return language === "vi" ? `Đến ${until}` : `Until ${until}`;
}

/** A stretch of days no more precisely than it is known: whole years as `2018 – 2021`. */
export function spokenSpell([start, end]: Spell, language: Language): string {
  const [first, last] = coarsened(start, end);
  if (first === last && first !== null) return spokenDate(first, language);
  return [first, last].map((day) => (day === null ? "…" : spokenDate(day, language))).join(" – ");
}

function coarsened(start: string | null, end: string | null): Spell {
  for (const length of [4, 7]) {
    const [first, last] = [start?.slice(0, length) ?? null, end?.slice(0, length) ?? null];
    const opens = first === null || daysMeant(first)[0] === start;
    const closes = last === null || daysMeant(last)[1] === end;
    if (opens && closes) return [first, last];
  }
  return [start, end];
}
