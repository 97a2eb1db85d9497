/**
 * From degrees to the picture, and marks that would lie on each other as one. `plane.py` has the same.
 *
 * The projection is plate carrée: degrees as they are, which hardly distorts near the equator.
 */

import { radiusOf } from "../overview/marks.ts";

export type Point = readonly [number, number];

/** What a picture shows, in degrees, and how wide it is. */
export interface Frame {
  west: number;
  south: number;
  east: number;
  north: number;
  width: number;
}

/** What the outlines show. */
export const REGION = { west: 90, south: -12, east: 142.5, north: 29.5 } as const;
/** Marks nearer to each other than this are one; large ones, where they would hide much of each other. */
export const REACH = 20;
const SHARE = 0.9;
/** No two marks farther from each other than this are one. */
const CELL = 36;
/** How far from the edge the mark of what lies beyond it stands. */
export const EDGE = 16;
const MARGIN = 2;

export function scaleOf(frame: Frame): number {
  return frame.width / (frame.east - frame.west);
}

export function heightOf(frame: Frame): number {
  return (frame.north - frame.south) * scaleOf(frame);
}

export function holds(frame: Omit<Frame, "width">, [longitude, latitude]: Point): boolean {
  return longitude >= frame.west && longitude <= frame.east && latitude >= frame.south && latitude <= frame.north;
}

/** Where a point lies in the picture. */
export function project(frame: Frame, [longitude, latitude]: Point): Point {
  const scale = scaleOf(frame);
  return [(longitude - frame.west) * scale, (frame.north - latitude) * scale];
}

/** Where the mark of a point stands: where it lies, or on the way there at the edge. */
export function place(frame: Frame, point: Point): Point {
  const [x, y] = project(frame, point);
  return [Math.min(Math.max(x, EDGE), frame.width - EDGE), Math.min(Math.max(y, EDGE), heightOf(frame) - EDGE)];
}

/** The region where anything lies in it; else what holds all the points. */
export function frameOf(points: readonly Point[], width: number): Frame {
  if (points.length === 0 || points.some((point) => holds(REGION, point))) return { ...REGION, width };
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [longitude, latitude] of points) {
    [west, east] = [Math.min(west, longitude), Math.max(east, longitude)];
    [south, north] = [Math.min(south, latitude), Math.max(north, latitude)];
  }
  const [middle, centre] = [(south + north) / 2, (west + east) / 2];
  const [tall, broad] = [(north - south) / 2 + MARGIN, (east - west) / 2 + MARGIN];
  const [half, wide] = [Math.max(tall, broad * 0.5), Math.max(broad, tall)];
  return { west: centre - wide, south: middle - half, east: centre + wide, north: middle + half, width };
}

export interface Placing {
  point: Point | null;
}

/** What one mark stands for, and where it is: at the point with most. */
export interface Cluster<Item extends Placing> {
  x: number;
  y: number;
  things: Item[];
  points: number;
  /** Whether it lies outside the picture, and the mark stands at the edge. */
  beyond: boolean;
}

interface Spot<Item> {
  point: Point;
  things: Item[];
  x: number;
  y: number;
}

/**
 * The marks: those with most things first, each with all that is within reach of it. `where` says where the mark of a
 * point stands, in pixels of the screen.
 */
export function clustered<Item extends Placing>(
  things: readonly Item[],
  where: (point: Point) => Point,
  beyond: (point: Point) => boolean,
): Cluster<Item>[] {
  const ordered = spotsOf(things, where);
  const cells = new Map<string, Spot<Item>[]>();
  for (const spot of ordered) push(cells, cell(spot.x, spot.y, 0, 0), spot);
  const taken = new Set<Spot<Item>>();
  const found: Cluster<Item>[] = [];
  for (const spot of ordered) {
    if (taken.has(spot)) continue;
    const near: Spot<Item>[] = [];
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        for (const other of cells.get(cell(spot.x, spot.y, dx, dy)) ?? []) {
          const reach = reachOf(spot.things.length, other.things.length);
          const isNear = Math.hypot(other.x - spot.x, other.y - spot.y) < reach;
          if (other !== spot && isNear && !taken.has(other)) near.push(other);
        }
      }
    }
    const inside = [spot, ...near.sort((a, b) => before(a.point, b.point))];
    for (const each of inside) taken.add(each);
    const members = inside.flatMap((each) => each.things);
    found.push({ x: spot.x, y: spot.y, things: members, points: inside.length, beyond: beyond(spot.point) });
  }
  return found;
}

function spotsOf<Item extends Placing>(things: readonly Item[], where: (point: Point) => Point): Spot<Item>[] {
  const spots = new Map<string, Spot<Item>>();
  for (const thing of things) {
    if (thing.point === null) continue;
    const key = thing.point.join(" ");
    const known = spots.get(key);
    if (known) known.things.push(thing);
    else {
      const [x, y] = where(thing.point);
      spots.set(key, { point: thing.point, things: [thing], x, y });
    }
  }
  return [...spots.values()].sort((a, b) => b.things.length - a.things.length || before(a.point, b.point));
}

function before(one: Point, other: Point): number {
  return one[0] - other[0] || one[1] - other[1];
}

function cell(x: number, y: number, dx: number, dy: number): string {
  return `${Math.floor(x / CELL) + dx} ${Math.floor(y / CELL) + dy}`;
}

function reachOf(one: number, other: number): number {
  return Math.max(REACH, SHARE * (radiusOf(one) + radiusOf(other) + 4));
}

function push<Value>(table: Map<string, Value[]>, key: string, value: Value): void {
  const known = table.get(key);
  if (known) known.push(value);
  else table.set(key, [value]);
}

/** What a mark counts: the place itself only where nothing else stands there. */
export function counted<Item extends { ground: boolean }>(things: readonly Item[]): readonly Item[] {
  const others = things.filter((thing) => !thing.ground);
  return others.length > 0 ? others : things;
}
