/** The marks of pictures: a shape and a colour for each kind, told apart by either alone. `marks.py` has the same. */

import { short, svg } from "./svg.ts";

type Corners = readonly (readonly [number, number])[];

const SHAPES: readonly Corners[] = [
  [],
  [
    [0, -1.35],
    [1.2, 0.85],
    [-1.2, 0.85],
  ],
  [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  [
    [0, -1.2],
    [1.14, -0.37],
    [0.7, 0.97],
    [-0.7, 0.97],
    [-1.14, -0.37],
  ],
  [
    [0, 1.35],
    [1.2, -0.85],
    [-1.2, -0.85],
  ],
  [
    [-0.38, -1.1],
    [0.38, -1.1],
    [0.38, -0.38],
    [1.1, -0.38],
    [1.1, 0.38],
    [0.38, 0.38],
    [0.38, 1.1],
    [-0.38, 1.1],
    [-0.38, 0.38],
    [-1.1, 0.38],
    [-1.1, -0.38],
    [-0.38, -0.38],
  ],
  [
    [-1.3, -0.62],
    [1.3, -0.62],
    [1.3, 0.62],
    [-1.3, 0.62],
  ],
  [
    [-0.62, -1.3],
    [0.62, -1.3],
    [0.62, 1.3],
    [-0.62, 1.3],
  ],
  [
    [-1.1, 0],
    [-0.55, -0.95],
    [0.55, -0.95],
    [1.1, 0],
    [0.55, 0.95],
    [-0.55, 0.95],
  ],
];
/** The colours of files; a page's style sheet overrules them for its themes. */
export const COLOURS = [
  "#0066a6",
  "#00734f",
  "#b34700",
  "#8a3f8f",
  "#866000",
  "#00707a",
  "#5b6770",
  "#1f4e9e",
  "#9e2a4f",
  "#4a5560",
] as const;
/** The mark of what has no kind with a mark of its own. */
export const OTHER = 9;

export function colour(slot: number): string {
  return COLOURS[slot] ?? COLOURS[OTHER];
}

/** The mark of a kind about a point. */
export function shape(slot: number, x: number, y: number, radius: number, hollow = false): SVGElement {
  const paint = {
    class: hollow ? "shape hollow" : "shape",
    fill: hollow ? "#ffffff" : colour(slot),
    stroke: hollow ? colour(slot) : "#ffffff",
  };
  const corners = SHAPES[slot] ?? [];
  if (corners.length === 0) return svg("circle", { cx: short(x), cy: short(y), r: short(radius), ...paint });
  const points = corners.map(([dx, dy]) => `${short(x + dx * radius)},${short(y + dy * radius)}`).join(" ");
  return svg("polygon", { points, ...paint });
}

export function lettering(
  x: number,
  y: number,
  text: string,
  { size = 10, anchor = "middle", kind = "count" } = {},
): SVGElement {
  const fill = kind === "count" ? "#ffffff" : "#14211b";
  return svg("text", { class: kind, x: short(x), y: short(y), "font-size": size, "text-anchor": anchor, fill }, text);
}

/** How large the mark of so many things is. */
export function radiusOf(count: number): number {
  return count === 1 ? 5 : 8 + Math.min(9, 1.6 * Math.log2(count));
}

/** The mark of things of several kinds: a disc, and about it a ring with the share of each kind. */
export function ring(x: number, y: number, radius: number, counts: ReadonlyMap<number, number>): SVGElement[] {
  const whole = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const disc = { class: "several", cx: short(x), cy: short(y), r: short(radius), fill: "#33413a", stroke: "#ffffff" };
  const made: SVGElement[] = [svg("circle", disc)];
  const middle = radius - 1;
  let turn = -Math.PI / 2;
  for (const [slot, count] of [...counts].sort(([a], [b]) => a - b)) {
    const span = (2 * Math.PI * count) / whole;
    const [x1, y1] = [x + middle * Math.cos(turn), y + middle * Math.sin(turn)];
    turn += span;
    const [x2, y2] = [x + middle * Math.cos(turn), y + middle * Math.sin(turn)];
    const arc = `A${short(middle)} ${short(middle)} 0 ${span > Math.PI ? 1 : 0} 1 ${short(x2)} ${short(y2)}`;
    made.push(
      svg("path", {
        class: `share s${slot}`,
        d: `M${short(x1)} ${short(y1)}${arc}`,
        fill: "none",
        stroke: colour(slot),
        "stroke-width": 4.5,
      }),
    );
  }
  return made;
}
