/**
 * How kinds and relations look, the same as in the pictures of `asoen_graph.network.picture.palette`: a colour (by its
 * number, which the style sheet turns into one for light or dark ground) and a shape, or dashes.
 */

import type { Named } from "./document.ts";

/** Okabe and Ito, "Color Universal Design" (2008), without yellow; `--kind-0` … in network.css are the same. */
export const COLOURS = ["#0072B2", "#E69F00", "#CC79A7", "#D55E00", "#000000", "#56B4E9", "#009E73"] as const;
export const SHAPES = ["circle", "square", "triangle", "diamond", "hexagon", "pentagon", "cross", "star"] as const;
export type Shape = (typeof SHAPES)[number];
export const DASHES = ["", "7 4", "2 3", "11 3 2 3", "15 5", "6 3 2 3 2 3"] as const;
export const LINE_COLOURS = ["#3E4954", "#0072B2", "#C04E00", "#5B1E4B"] as const;
export const CHANGE_STYLES = {
  appeared: { colour: "#0072B2", dashes: "" },
  vanished: { colour: "#D55E00", dashes: "2 4" },
  strengthened: { colour: "#008060", dashes: "16 3" },
  weakened: { colour: "#8A4A78", dashes: "7 5" },
  unchanged: { colour: "#7A838C", dashes: "" },
} as const;

const COMMON_KINDS = (
  "member-state partner-country working-group grouping senior-officials-body ministerial-body " +
  "international-organisation regional-organisation secretariat centre national-body person " +
  "meeting instrument heritage-park committee governing-board ministry government-unit " +
  "institution meeting-run meeting-series programme activity other"
).split(" ");
/** The first is that without a name. */
const COMMON_RELATIONS = (
  " dialogue-with coordinates partner funder supported-by participating-country organised-by " +
  "reviewed-cooperation-with reports-to overseen-by national-counterpart-of serves"
).split(" ");

export interface KindStyle {
  colour: number;
  shape: Shape;
}
export interface LineStyle {
  colour: number;
  dashes: string;
}

export function kindStyles(kinds: readonly Named[]): KindStyle[] {
  const count = COLOURS.length * SHAPES.length;
  return places(kinds, COMMON_KINDS, count).map((place) => ({
    colour: place % COLOURS.length,
    shape: SHAPES[place % SHAPES.length]!,
  }));
}

/** A style for each relation, and last that of links whose relation has no name. */
export function lineStyles(relations: readonly Named[]): LineStyle[] {
  const count = LINE_COLOURS.length * DASHES.length;
  const unnamed: Named = { key: "", labels: {}, rank: null, iri: "" };
  return places([...relations, unnamed], COMMON_RELATIONS, count).map((wish) => {
    const place = Math.min(wish, count - 1);
    const colour = (place + Math.floor(place / 12)) % LINE_COLOURS.length;
    return { colour, dashes: DASHES[place % DASHES.length]! };
  });
}

/** A number for each, below `count` while there are free ones: the common ones have theirs, then the others by rank. */
function places(things: readonly Named[], common: readonly string[], count: number): number[] {
  const order = things.map(({ key, rank }, number) => {
    const usual = common.indexOf(key);
    const group = usual >= 0 ? 0 : rank !== null ? 1 : 2;
    return { number, key, group, place: usual >= 0 ? usual : (rank ?? 0) };
  });
  order.sort((a, b) => a.group - b.group || a.place - b.place || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const found: number[] = [];
  const taken = new Set<number>();
  for (const { number, group, place } of order) {
    const wish = group === 0 ? place : group === 1 ? common.length + (place % (count - common.length)) : 0;
    const free = Array.from({ length: count }, (_, step) => (wish + step) % count).find((each) => !taken.has(each));
    found[number] = free ?? taken.size;
    taken.add(found[number]);
  }
  return found;
}

const CIRCLE = 0.93;
const ARM = 0.36;
const REACH = 0.92;
const polygon = (corners: number, radius: number, turn: number): [number, number][] =>
  Array.from({ length: corners }, (_, corner) => {
    const angle = ((turn + (360 * corner) / corners) * Math.PI) / 180;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  });
const OUTLINES: Record<Exclude<Shape, "circle">, [number, number][]> = {
  square: polygon(4, 1.2, 45),
  triangle: polygon(3, 1.2, 0).map(([x, y]) => [x, y + 0.17]),
  diamond: polygon(4, 1.12, 0),
  hexagon: polygon(6, 1.05, 30),
  pentagon: polygon(5, 1.08, 0),
  cross: [
    [-ARM, -REACH],
    [ARM, -REACH],
    [ARM, -ARM],
    [REACH, -ARM],
    [REACH, ARM],
    [ARM, ARM],
    [ARM, REACH],
    [-ARM, REACH],
    [-ARM, ARM],
    [-REACH, ARM],
    [-REACH, -ARM],
    [-ARM, -ARM],
  ],
  star: polygon(5, 1.2, 0).flatMap((point, number) => [point, polygon(5, 0.55, 36)[number]!]),
};

/** The outline of a mark about zero, as the `d` of a path. */
export function outline(shape: Shape, radius: number): string {
  if (shape === "circle") {
    const r = (radius * CIRCLE).toFixed(2);
    return `M-${r} 0a${r} ${r} 0 1 0 ${(2 * radius * CIRCLE).toFixed(2)} 0a${r} ${r} 0 1 0 -${(2 * radius * CIRCLE).toFixed(2)} 0Z`;
  }
  return `M${OUTLINES[shape].map(([x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`).join("L")}Z`;
}
