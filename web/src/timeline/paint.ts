import type { Language } from "../client/client.ts";
import { colour, lettering, shape } from "../overview/marks.ts";
import type { Mark, Painter, View } from "../overview/stage.ts";
import { short, svg } from "../overview/svg.ts";
import { dated, type Thing } from "../overview/thing.ts";
import { say } from "../overview/words.ts";
import { type Days, dayOf, laidOut, middle, packed, type Span, spanOf, TAIL, yearOf } from "./lanes.ts";

const LEFT = 8;
const HEAD = 22;
const ROW = 13;
const RADIUS = 4.6;
const AXIS = 24;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const MONTH = 30.4;

/** Where a day lies in the picture, of which a stretch is seen. */
type Scale = (day: number) => number;

export class TimelinePainter implements Painter {
  readonly word = "picture_of_timeline";
  readonly kind = "timeline";
  readonly mostZoom = 80;
  readonly isFlat = true;
  /** Whether a lane is for what things belong to, rather than for their kind. */
  bySeries = false;
  readonly #language: Language;
  #whole: readonly [number, number] = [0, 365];
  #rows = new Map<Thing, number>();

  constructor(language: Language) {
    this.#language = language;
  }

  where(thing: Thing, width: number): readonly [number, number] | null {
    const span = spanOf(thing);
    return span && [this.#scale({ zoom: 1, x: 0, y: 0 }, width)(middle(known(span))), this.#rows.get(thing) ?? 0];
  }

  paint(
    picture: SVGSVGElement,
    things: readonly Thing[],
    view: View,
    width: number,
  ): { marks: Mark[]; height: number } {
    const spans = new Map(things.map((thing) => [thing, spanOf(thing)] as const).filter(hasSpan));
    this.#whole = wholeOf([...spans.values()]);
    const scale = this.#scale(view, width);
    const marks: Mark[] = [];
    const drawn: SVGElement[] = [];
    let y = AXIS;
    for (const lane of laidOut([...spans.keys()], say(this.#language, "others_lane"), this.bySeries)) {
      drawn.push(svg("path", { class: "lane", d: `M0 ${short(y)}H${width}`, stroke: "#c3cec8" }));
      const name = `${lane.label} (${lane.things.length})`;
      if (lane.label) drawn.push(lettering(LEFT, y + 15, name, { size: 12, anchor: "start", kind: "lane-name" }));
      const boxes = lane.things.map((thing) => ({ thing, box: boxOf(spans.get(thing)!, scale) }));
      boxes.sort((a, b) => a.box[0] - b.box[0]);
      const rows = packed(boxes.map(({ box }) => box));
      for (const [rank, { thing, box }] of boxes.entries()) {
        const middleOfRow = y + HEAD + ROW / 2 + rows[rank]! * ROW;
        this.#rows.set(thing, middleOfRow);
        if (box[1] < 0 || box[0] > width) continue;
        marks.push(this.#mark(thing, spans.get(thing)!, scale, middleOfRow, width));
      }
      y += HEAD + (Math.max(0, ...rows) + 1) * ROW + 6;
    }
    const height = y + 4;
    picture.append(...this.#years(scale, width, height), ...drawn, ...marks.map((mark) => mark.element));
    return { marks, height };
  }

  #scale(view: View, width: number): Scale {
    const [first, last] = this.#whole;
    return (day) => (LEFT + ((day - first) / (last - first)) * (width - 2 * LEFT) - view.x) * view.zoom;
  }

  *#years(scale: Scale, width: number, height: number): Generator<SVGElement> {
    const [first, last] = this.#whole.map(yearOf) as [number, number];
    const year = scale(365.25) - scale(0);
    const step = STEPS.find((each) => year * each >= 42) ?? 1000;
    for (let at = Math.ceil(first / step) * step; at <= last; at += step) {
      const x = scale(dayOf(at, 1, 1));
      if (x < -1 || x > width) continue;
      yield svg("path", { class: "year", d: `M${short(x)} ${AXIS - 6}V${short(height)}`, stroke: "#d5ddd9" });
      if (x < width - 30) yield lettering(x + 3, 13, String(at), { size: 11, anchor: "start", kind: "axis" });
      for (let month = 2; month <= 12 && scale(MONTH) - scale(0) >= 28; month++) {
        const there = scale(dayOf(at, month, 1));
        if (there < 0 || there > width - 20) continue;
        yield lettering(there + 3, 13, String(month).padStart(2, "0"), { size: 9, anchor: "start", kind: "axis" });
      }
    }
  }

  #mark(thing: Thing, span: Span, scale: Scale, y: number, width: number): Mark {
    const told = [thing.kind, thing.relation, dated(thing), thing.place === thing.label ? "" : thing.place];
    if (thing.disputed) told.push(say(this.#language, "is_disputed"));
    const words = told.filter(Boolean).join(", ");
    const element = svg("g", { class: `mark s${thing.slot}` }, svg("title", {}, `${thing.label}: ${words}`));
    let [start, end] = [scale(middle(span.begins ?? known(span))), scale(middle(span.ends ?? known(span)))];
    if (!span.begins) start = end - TAIL;
    if (!span.ends) end = start + TAIL;
    for (const days of [span.begins, span.ends]) {
      if (days && days[1] > days[0]) element.append(vague(days, scale, y, thing.slot, width));
    }
    const at = (Math.max(start, 0) + Math.min(end, width)) / 2;
    element.append(svg("circle", { class: "hit", cx: at, cy: y, r: ROW / 2, fill: "none" }));
    if (end - start > 2 * RADIUS) {
      const bar = { class: "bar", stroke: colour(thing.slot), "stroke-width": 6 };
      const dashes = !span.begins || !span.ends || thing.ahead ? { "stroke-dasharray": "5 3" } : {};
      const line = `M${short(Math.max(start, -9))} ${short(y)}H${short(Math.min(end, width + 9))}`;
      element.append(svg("path", { ...bar, d: line, ...dashes }));
    } else element.append(shape(thing.slot, at, y, RADIUS, thing.ahead));
    if (thing.disputed) {
      const ring = { class: "dispute", cx: short(at), cy: short(y), r: RADIUS + 1.8, fill: "none" };
      element.append(svg("circle", { ...ring, stroke: "#8a4b00", "stroke-width": 1.4, "stroke-dasharray": "2 1.6" }));
    }
    element.append(svg("circle", { class: "halo", cx: short(at), cy: short(y), r: RADIUS + 4, fill: "none" }));
    return { element, things: [thing], name: thing.label, told: words, x: at, y };
  }
}

function vague(days: Days, scale: Scale, y: number, slot: number, width: number): SVGElement {
  const [left, right] = [Math.max(scale(days[0]), -9), Math.min(scale(days[1] + 1), width + 9)];
  return svg("path", {
    class: "vague",
    d: `M${short(left)} ${short(y)}H${short(right)}`,
    stroke: colour(slot),
    "stroke-width": 1.6,
    "stroke-opacity": 0.55,
  });
}

/** The room a thing takes from left to right. */
function boxOf(span: Span, scale: Scale): readonly [number, number] {
  const left = span.begins ? scale(span.begins[0]) : scale(known(span)[0]) - TAIL;
  const right = span.ends ? scale(span.ends[1] + 1) : scale(known(span)[1] + 1) + TAIL;
  const centre = (left + right) / 2;
  return [Math.min(left, centre - RADIUS - 1.5), Math.max(right, centre + RADIUS + 1.5)];
}

/** From the first year that is known to the last. */
function wholeOf(spans: readonly Span[]): readonly [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const span of spans) {
    for (const days of [span.begins, span.ends]) {
      if (days) [first, last] = [Math.min(first, days[0]), Math.max(last, days[1])];
    }
  }
  if (first > last) [first, last] = [0, 0];
  return [dayOf(yearOf(first), 1, 1), dayOf(yearOf(last) + 1, 1, 1)];
}

function known(span: Span): Days {
  return span.begins ?? span.ends ?? [0, 0];
}

function hasSpan(pair: readonly [Thing, Span | null]): pair is readonly [Thing, Span] {
  return pair[1] !== null;
}
