import type { Language } from "../client/client.ts";
import { lettering, radiusOf, ring, shape } from "../overview/marks.ts";
import type { Mark, Painter, View } from "../overview/stage.ts";
import { short, svg } from "../overview/svg.ts";
import { tally } from "../overview/tally.ts";
import type { Thing } from "../overview/thing.ts";
import { say } from "../overview/words.ts";
import { COUNTRIES, NEIGHBOURS } from "./outlines.ts";
import {
  type Cluster,
  clustered,
  counted,
  type Frame,
  frameOf,
  heightOf,
  holds,
  place,
  type Point,
  project,
  REGION,
} from "./plane.ts";

type Box = readonly [number, number, number, number];

const SIZE = 12;
const STEPS = [1, 2, 5, 10, 20, 30];
const BAND = 40;

/** Draws the map: the land as it is zoomed, marks and names always of one size. */
export class MapPainter implements Painter {
  readonly word = "picture_of_map";
  readonly kind = "map";
  readonly mostZoom = 60;
  readonly isFlat = false;
  readonly #language: Language;
  #frame: Frame = { ...REGION, width: 1000 };
  #land: { key: string; element: SVGGElement } | null = null;
  #measure: CanvasRenderingContext2D | null = null;

  constructor(language: Language) {
    this.#language = language;
  }

  where(thing: Thing): Point | null {
    return thing.point && place(this.#frame, thing.point);
  }

  paint(
    picture: SVGSVGElement,
    things: readonly Thing[],
    view: View,
    width: number,
  ): { marks: Mark[]; height: number } {
    const frame = frameOf(
      things.flatMap((thing) => (thing.point ? [thing.point] : [])),
      width,
    );
    this.#frame = frame;
    const height = heightOf(frame);
    const screen = ([x, y]: Point): Point => [(x - view.x) * view.zoom, (y - view.y) * view.zoom];
    const clusters = clustered(
      things,
      (point) => screen(place(frame, point)),
      (point) => !holds(frame, point),
    );
    const seen = clusters.filter(({ x, y }) => x > -20 && y > -20 && x < width + 20 && y < height + 20);
    picture.append(svg("rect", { class: "sea", width, height: short(height), fill: "#e8f1f5" }));
    const shift = `scale(${view.zoom}) translate(${-view.x} ${-view.y})`;
    const ground = this.#ground(frame);
    ground.setAttribute("transform", shift);
    picture.append(ground);
    // Small marks above large ones, so that each can be seen and pointed at.
    const marks = new Map(seen.map((cluster) => [cluster, this.#mark(cluster)]));
    const drawn = [...seen].sort((a, b) => counted(b.things).length - counted(a.things).length);
    // They are reached as they are read: band by band, from left to right.
    const read = [...seen].sort((a, b) => Math.floor(a.y / BAND) - Math.floor(b.y / BAND) || a.x - b.x);
    picture.append(...drawn.map((cluster) => marks.get(cluster)!.element));
    picture.append(...this.#names(seen, width, height));
    return { marks: read.map((cluster) => marks.get(cluster)!), height };
  }

  /** The land, drawn once for each width of the picture. */
  #ground(frame: Frame): SVGGElement {
    const key = Object.values(frame).join(" ");
    if (this.#land?.key !== key) this.#land = { key, element: svg("g", {}, ...land(frame)) };
    return this.#land.element;
  }

  #mark(cluster: Cluster<Thing>): Mark {
    const { x, y } = cluster;
    const things = counted(cluster.things);
    const counts = tally(things, (thing) => thing.slot);
    const radius = radiusOf(things.length);
    const first = things[0]!;
    const name = nameOf(cluster);
    const told = this.#told(things);
    const element = svg("g", { class: counts.size === 1 ? `mark s${first.slot}` : "mark" });
    element.append(
      svg("title", {}, `${name}: ${told}`),
      svg("circle", { class: "hit", cx: x, cy: y, r: 12, fill: "none" }),
    );
    if (counts.size === 1) element.append(shape(first.slot, x, y, radius, things.length === 1 && first.ahead));
    else element.append(...ring(x, y, radius + 2, counts));
    if (things.length > 1) element.append(lettering(x, y + 3.6, String(things.length)));
    element.append(svg("circle", { class: "halo", cx: x, cy: y, r: short(radius + 6), fill: "none" }));
    return { element, things: cluster.things, name, told, x, y };
  }

  #told(things: readonly Thing[]): string {
    const [first] = things;
    if (first && things.length === 1) return first.kind ? `${first.label} (${first.kind})` : first.label;
    const kinds = [...tally(things, (thing) => thing.kind)].sort((a, b) => b[1] - a[1]);
    if (kinds.length === 1 && !kinds[0]?.[0]) return say(this.#language, "count_told", { count: things.length });
    return kinds.map(([kind, count]) => `${count} ${kind}`).join(", ");
  }

  /** The names of the marks with most, beside them, where they touch no other mark and no other name. */
  *#names(clusters: readonly Cluster<Thing>[], width: number, height: number): Generator<SVGElement> {
    const taken: Box[] = clusters.map(({ x, y, things }) => {
      const radius = radiusOf(counted(things).length) + 3;
      return [x - radius, y - radius, x + radius, y + radius];
    });
    const ordered = [...clusters].sort((a, b) => counted(b.things).length - counted(a.things).length || a.x - b.x);
    for (const cluster of ordered) {
      const { x, y } = cluster;
      const things = counted(cluster.things);
      const radius = radiusOf(things.length) + (things.length > 1 ? 7 : 4);
      const text = clipped(nameOf(cluster));
      const wide = this.#widthOf(text);
      const spots: Point[] = [
        [x + radius, y + 4],
        [x - radius - wide, y + 4],
        [x - wide / 2, y - radius],
        [x - wide / 2, y + radius + 9],
      ];
      for (const [left, base] of spots) {
        const box: Box = [left - 1, base - 10, left + wide + 1, base + 3];
        const isOutside = box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2;
        if (isOutside || taken.some((other) => touch(box, other))) continue;
        taken.push(box);
        yield lettering(left, base, text, { size: SIZE, anchor: "start", kind: "name" });
        break;
      }
    }
  }

  #widthOf(text: string): number {
    this.#measure ??= document.createElement("canvas").getContext("2d");
    if (!this.#measure) return text.length * SIZE * 0.55;
    this.#measure.font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
    return this.#measure.measureText(text).width;
  }
}

/** What a mark is called in the picture: the place it stands at and how many more, or what stands there. */
export function nameOf(cluster: Cluster<Thing>): string {
  const arrow = cluster.beyond ? "↗ " : "";
  return `${arrow}${placeOf(cluster)}${cluster.points > 1 ? ` +${cluster.points - 1}` : ""}`;
}

/** The same in words. */
export function toldName(cluster: Cluster<Thing>, language: Language): string {
  if (cluster.points === 1) return placeOf(cluster);
  return say(language, "place_and_more", { name: placeOf(cluster), count: cluster.points - 1 });
}

function placeOf({ things }: Cluster<Thing>): string {
  return (things.find((thing) => thing.ground) ?? things[0]!).place;
}

function clipped(text: string): string {
  return text.length > 44 ? `${text.slice(0, 43)}…` : text;
}

function land(frame: Frame): SVGElement[] {
  const outline = (kind: string, rings: number[][][], fill: string) =>
    svg("path", {
      class: kind,
      d: rings.map((each) => trace(frame, each)).join(""),
      fill,
      stroke: "#9aa8a0",
      "stroke-width": 0.7,
    });
  return [
    graticule(frame),
    outline("neighbour", NEIGHBOURS, "#f7f6f1"),
    ...COUNTRIES.map((rings) => outline("land", rings, "#ffffff")),
  ];
}

function trace(frame: Frame, points: number[][]): string {
  const placed = points.slice(0, -1).map(([longitude, latitude]) => {
    const [x, y] = project(frame, [longitude ?? 0, latitude ?? 0]);
    // Two decimals, for they are looked at enlarged.
    return `${x.toFixed(2)} ${y.toFixed(2)}`;
  });
  return `M${placed.join("L")}Z`;
}

/** Lines of longitude and latitude; beyond the region they are all there is. */
function graticule(frame: Frame): SVGElement {
  const step = STEPS.find((each) => (frame.east - frame.west) / each <= 12) ?? 30;
  const lines: string[] = [];
  for (let degree = Math.ceil(frame.west / step) * step; degree <= frame.east; degree += step) {
    lines.push(`M${short(project(frame, [degree, 0])[0])} 0V${short(heightOf(frame))}`);
  }
  for (let degree = Math.ceil(frame.south / step) * step; degree <= frame.north; degree += step) {
    lines.push(`M0 ${short(project(frame, [0, degree])[1])}H${short(frame.width)}`);
  }
  return svg("path", { class: "graticule", d: lines.join(""), fill: "none", stroke: "#cfdde3", "stroke-width": 0.6 });
}

function touch(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
