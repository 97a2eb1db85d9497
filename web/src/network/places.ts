/** The places that a document gives. */

import type { NetworkDocument } from "./document.ts";
import type { Net } from "./graph.ts";

export type Point = readonly [x: number, y: number];
export type Places = Map<number, Point>;

/** The places that the document gives, as far as these nodes have one. */
export function given(document: NetworkDocument, net: Net): Places | null {
  const places: Places = new Map();
  for (const node of net.nodes) {
    const { x, y } = document.nodes[node]!;
    if (x === undefined || y === undefined) return null;
    places.set(node, [x, y]);
  }
  return places;
}
