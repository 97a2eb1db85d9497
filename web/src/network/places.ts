/** The places that a document gives. */

import type { NetworkDocument } from "./document.ts";
import type { Net } from "./graph.ts";

export type Point = readonly [x: number, y: number];
export type Places = Map<number, Point>;

/** The places that the document gives, as far as these nodes have one. */
export function given(document: NetworkDocument, net: Net): Places | null {
  // On a circle even steps are the best places there are; those of the printed picture leave room for its boxes.
  if (document.layout === "circle") return circle(document, net);
  const places: Places = new Map();
  for (const node of net.nodes) {
    const { x, y } = document.nodes[node]!;
    if (x === undefined || y === undefined) return null;
    places.set(node, [x, y]);
  }
  return places;
}

/** All on an ellipse, kind by kind. */
export function circle(document: NetworkDocument, net: Net): Places {
  const kind = (node: number) => document.kinds[document.nodes[node]!.kind]!.key;
  const order = net.nodes.toSorted((a, b) => (kind(a) < kind(b) ? -1 : kind(a) > kind(b) ? 1 : a - b));
  const radius = Math.max(160, order.length * 12);
  return new Map(
    order.map((node, place) => {
      const angle = (2 * Math.PI * place) / order.length - Math.PI / 2;
      return [node, [1.45 * radius * Math.cos(angle), radius * Math.sin(angle)]];
    }),
  );
}
