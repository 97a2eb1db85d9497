/** Places for the nodes of a network where nobody gives any, or another arrangement is wanted. Always the same places. */

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

import type { Layout, NetworkDocument } from "./document.ts";
import { components, grouped, type Net } from "./graph.ts";
import { circle, type Places } from "./places.ts";

/** Arranges the network of all time; `document` says of what kind nodes are. */
export function arrange(document: NetworkDocument, net: Net, layout: Layout): Places {
  if (layout === "circle") return circle(document, net);
  return layout === "layered" ? layered(net) : spring(net);
}

/** Sources to the right of their targets, by the longest way; within a layer near those they are linked with. */
function layered(net: Net): Places {
  const layer = new Map(net.nodes.map((node) => [node, 0]));
  for (let step = 0; step < net.nodes.length; step += 1) {
    let moved = false;
    for (const { source, target } of net.links) {
      const wanted = layer.get(target)! + 1;
      if (source === target || layer.get(source)! >= wanted || wanted > net.nodes.length) continue;
      layer.set(source, wanted);
      moved = true;
    }
    if (!moved) break;
  }
  const columns = grouped(net.nodes, (node) => Math.min(layer.get(node)!, 12));
  const places: Places = new Map();
  for (const [number, nodes] of [...columns].sort(([a], [b]) => a - b)) {
    const wish = (node: number) => {
      const near = net.links.filter((link) => link.source === node).map((link) => places.get(link.target)?.[1]);
      const known = near.filter((y) => y !== undefined);
      return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : 0;
    };
    const order = nodes.toSorted((a, b) => wish(a) - wish(b) || a - b);
    order.forEach((node, place) => places.set(node, [number * 260, (place - (order.length - 1) / 2) * 56]));
  }
  return places;
}

/** Each part for itself, pulled to the middle; started from a spiral in the order of nodes, so without any chance. */
function spring(net: Net): Places {
  const nodes = net.nodes.map((node, place) => {
    const [radius, angle] = [30 * Math.sqrt(place + 0.5), place * Math.PI * (3 - Math.sqrt(5))];
    return { node, x: radius * Math.cos(angle) * 1.4, y: radius * Math.sin(angle) };
  });
  const number = new Map(net.nodes.map((node, place) => [node, place]));
  const links = net.links
    .filter((link) => link.source !== link.target)
    .map((link) => ({ source: number.get(link.source)!, target: number.get(link.target)! }));
  const isOne = components(net).length === 1;
  forceSimulation(nodes)
    .force("links", forceLink(links).distance(90).strength(0.4))
    .force("apart", forceManyBody().strength(-320).distanceMax(700))
    .force("room", forceCollide(34))
    .force("x", forceX(0).strength(isOne ? 0.025 : 0.05))
    .force("y", forceY(0).strength(isOne ? 0.05 : 0.09))
    .stop()
    .tick(net.nodes.length > 200 ? 180 : 320);
  return new Map(nodes.map(({ node, x, y }) => [node, [round(x), round(y)]]));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
