/**
 * Measures of the nodes and of the whole, under the names and definitions of `asoen_graph.network.measures`; definitions
 * are in measures.json, which the tests hold to those. What needs graphology is loaded when it is first asked for.
 */

import type { Texts } from "./document.ts";
import { components, strengths, type Net } from "./graph.ts";
import definitions from "./measures.json" with { type: "json" };

export interface Definition {
  key: string;
  labels: Texts;
  definitions: Texts;
  references: string[];
  needsDirection: boolean;
  isGroup: boolean;
}

export const OF_NODES = definitions.nodes as Definition[];
export const OF_NETWORKS = definitions.networks as Definition[];

export type Values = Map<number, number>;

/** Those that a network can have. */
export function measuresOf(net: { directed: boolean }): Definition[] {
  return OF_NODES.filter((each) => net.directed || !each.needsDirection);
}

/** A measure of each node, as far as it has one. */
export async function measure(net: Net, key: string): Promise<Values> {
  const simple = new Simple(net);
  switch (key) {
    case "strength":
      return strengths(net);
    case "degree":
      return new Map(net.nodes.map((node) => [node, simple.near(node).size]));
    case "in_degree":
      return counts(
        net,
        simple.led.map(([, target]) => target),
      );
    case "out_degree":
      return counts(
        net,
        simple.led.map(([source]) => source),
      );
    case "clustering":
      return new Map(net.nodes.map((node) => [node, clustering(simple, node)]));
    case "core":
      return cores(net, simple);
    case "component":
      return numbered(components(net));
    default:
      return (await import("./graphs.ts")).measure(net, key);
  }
}

/** The measures of the whole, `null` where one is not defined. */
export async function measureWhole(net: Net): Promise<Record<string, number | null>> {
  const { communities, assortativity } = await import("./graphs.ts");
  const simple = new Simple(net);
  const count = net.nodes.length;
  const pairs = net.directed ? count * (count - 1) : (count * (count - 1)) / 2;
  const clusterings = net.nodes.map((node) => clustering(simple, node));
  const groups = communities(net);
  return {
    nodes: count,
    links: net.links.length,
    density: count > 1 ? (net.directed ? simple.led.length : simple.linked.length) / pairs : null,
    components: components(net).length,
    mean_clustering: count ? clusterings.reduce((a, b) => a + b, 0) / count : null,
    assortativity: assortativity(simple),
    communities: groups.groups.length,
    modularity: groups.modularity,
  };
}

/** The simple graph of a network: links side by side as one that weighs as much, none of a node with itself. */
export class Simple {
  /** Who is linked with whom, whichever way: both ends and the weight. */
  readonly linked: [number, number, number][];
  /** The same with the direction of links, where they have one. */
  readonly led: [number, number, number][];
  readonly nodes: readonly number[];
  readonly #near = new Map<number, Set<number>>();

  constructor(net: Net) {
    this.nodes = net.nodes;
    this.linked = summed(net, false);
    this.led = net.directed ? summed(net, true) : this.linked;
    for (const node of net.nodes) this.#near.set(node, new Set());
    for (const [one, other] of this.linked) (this.near(one).add(other), this.near(other).add(one));
  }

  near(node: number): Set<number> {
    return this.#near.get(node)!;
  }
}

function summed(net: Net, directed: boolean): [number, number, number][] {
  const found = new Map<string, [number, number, number]>();
  for (const { source, target, weight } of net.links) {
    if (source === target) continue;
    const [one, other] = directed || source < target ? [source, target] : [target, source];
    const known = found.get(`${one} ${other}`);
    if (known) known[2] += weight;
    else found.set(`${one} ${other}`, [one, other, weight]);
  }
  return [...found.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function counts(net: Net, ends: number[]): Values {
  const found: Values = new Map(net.nodes.map((node) => [node, 0]));
  for (const node of ends) found.set(node, found.get(node)! + 1);
  return found;
}

function clustering(simple: Simple, node: number): number {
  const near = [...simple.near(node)];
  if (near.length < 2) return 0;
  let closed = 0;
  near.forEach((one, place) => {
    for (const other of near.slice(place + 1)) if (simple.near(one).has(other)) closed += 1;
  });
  return (2 * closed) / (near.length * (near.length - 1));
}

function cores(net: Net, simple: Simple): Values {
  const degrees: Values = new Map(net.nodes.map((node) => [node, simple.near(node).size]));
  const left = new Set(net.nodes);
  const found: Values = new Map();
  let core = 0;
  while (left.size > 0) {
    const node = [...left].reduce((a, b) => (degrees.get(b)! < degrees.get(a)! ? b : a));
    core = Math.max(core, degrees.get(node)!);
    found.set(node, core);
    left.delete(node);
    for (const near of simple.near(node)) degrees.set(near, degrees.get(near)! - 1);
  }
  return found;
}

/** The number of the group that each node is in, from 1. */
export function numbered(groups: number[][]): Values {
  return new Map(groups.flatMap((group, place) => group.map((node) => [node, place + 1] as const)));
}
