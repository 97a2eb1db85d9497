/** Where marks and bars lie in time: days, lanes, and rows within a lane. `lanes.py` has the same. */

const DAY = 86_400_000;
/** How many things a lane of its own needs, where there are other small ones. */
export const FEWEST = 3;
/** How long the tail of a bar is that no document ends or begins. */
export const TAIL = 26;

/** First and last day that a date may mean, in days from 1970. */
export type Days = readonly [number, number];

/** When a thing begins and ends; `null` where no document says so. */
export interface Span {
  begins: Days | null;
  ends: Days | null;
}

export interface Timed {
  since: string;
  until: string;
  lasts: boolean;
}

/** The days that a written date may mean: a year, a month or a day; `null` for what is none, such as 2023-02-30. */
export function daysOf(text: string): Days | null {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*|Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), found[2] && Number(found[2]), found[3] && Number(found[3])];
  if (year === 0 || (month && month > 12) || month === 0 || day === 0) return null;
  const first = dayOf(year, month || 1, day || 1);
  if (day && new Date(first * DAY).getUTCDate() !== day) return null;
  const last = day ? first : month ? dayOf(year, month + 1, 1) - 1 : dayOf(year + 1, 1, 1) - 1;
  return [first, last];
}

/** A day of a calendar in days from 1970; months beyond December are of the next year. */
export function dayOf(year: number, month: number, day: number): number {
  // Years below 100 would be taken for those of the 20th century.
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year + (date.getUTCFullYear() - 2000));
  return Math.round(date.getTime() / DAY);
}

export function yearOf(day: number): number {
  return new Date(day * DAY).getUTCFullYear();
}

export function spanOf(thing: Timed): Span | null {
  const [begins, ends] = [daysOf(thing.since), daysOf(thing.until)];
  if (!begins && !ends) return null;
  return { begins, ends: ends ?? (thing.lasts ? null : begins) };
}

/** The middle of the days that it may have been. */
export function middle(days: Days): number {
  return (days[0] + days[1] + 1) / 2;
}

export interface Lane<Item> {
  label: string;
  things: Item[];
}

interface Laned {
  slot: number;
  lane: string;
  withinLabel: string;
}

/**
 * Lanes in the order of the marks' kinds, then of most things: by kind, or by what things belong to. Those with few
 * things are one, `others`, for each kind of mark, and come last.
 */
export function laidOut<Item extends Laned>(things: readonly Item[], others: string, bySeries: boolean): Lane<Item>[] {
  const found = new Map<string, Lane<Item> & { slot: number }>();
  for (const thing of things) {
    const label = bySeries && thing.withinLabel ? thing.withinLabel : thing.lane;
    const key = `${thing.slot} ${label}`;
    const lane = found.get(key) ?? { slot: thing.slot, label, things: [] };
    lane.things.push(thing);
    found.set(key, lane);
  }
  const lanes = [...found.values()];
  const mixed = new Set<Lane<Item>>();
  const kept = lanes.filter((lane) => lane.things.length >= FEWEST);
  for (const slot of new Set(lanes.map((lane) => lane.slot))) {
    const small = lanes.filter((lane) => lane.slot === slot && lane.things.length < FEWEST);
    small.sort((a, b) => order(a.label, b.label));
    const [first] = small;
    if (first === undefined) continue;
    if (small.length === 1) kept.push(first);
    else {
      const label = `${first.label.split(":")[0]}, ${others}`;
      const lane = { slot, label, things: small.flatMap((each) => each.things) };
      mixed.add(lane);
      kept.push(lane);
    }
  }
  const rank = (lane: Lane<Item>) => (mixed.has(lane) ? 0 : lane.things.length);
  return kept.sort((a, b) => a.slot - b.slot || rank(b) - rank(a) || order(a.label, b.label));
}

/** As Python orders texts: by their characters. */
function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** For each interval the first row in which it touches no interval before it. */
export function packed(intervals: readonly (readonly [number, number])[]): number[] {
  const ends: number[] = [];
  return intervals.map(([start, end]) => {
    const free = ends.findIndex((last) => last <= start);
    const row = free < 0 ? ends.length : free;
    ends[row] = end;
    return row;
  });
}
