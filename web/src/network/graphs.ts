/** The measures that need graphology, which is loaded with this module. */

import Graph from "graphology";
import louvain from "graphology-communities-louvain";
import betweenness from "graphology-metrics/centrality/betweenness.js";
import pagerank from "graphology-metrics/centrality/pagerank.js";

import { components, type Net } from "./graph.ts";
import { numbered, Simple, type Values } from "./measures.ts";

export function measure(net: Net, key: string): Values {
  switch (key) {
    case "betweenness":
      return betweennessOf(net);
    case "pagerank":
      return pageranks(net);
    case "eigenvector":
      return eigenvector(net);
    case "community":
      return numbered(communities(net).groups);
    default:
      throw new RangeError(`No measure is called ${key}`);
  }
}

function graphOf(net: Net, directed: boolean, { weightless = true } = {}): Graph {
  const graph = new Graph({ type: directed ? "directed" : "undirected" });
  for (const node of net.nodes) graph.addNode(node);
  const simple = new Simple(net);
  for (const [one, other, weight] of directed ? simple.led : simple.linked)
    if (weightless || weight > 0) graph.addEdge(one, other, { weight, length: weight > 0 ? 1 / weight : 0 });
  return graph;
}

function valuesOf(found: Record<string, number>, digits: number): Values {
  return new Map(Object.entries(found).map(([node, value]) => [Number(node), rounded(value, digits)]));
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}

function betweennessOf(net: Net): Values {
  const graph = graphOf(net, net.directed, { weightless: false });
  const lengths = new Set(graph.mapEdges((_, attributes) => attributes["length"] as number));
  const getEdgeWeight = lengths.size > 1 ? "length" : null;
  return valuesOf(betweenness(graph, { getEdgeWeight, normalized: net.nodes.length > 2 }), 6);
}

function pageranks(net: Net): Values {
  const count = net.nodes.length;
  if (count === 0) return new Map();
  const graph = graphOf(net, net.directed);
  return valuesOf(
    pagerank(graph, { getEdgeWeight: "weight", alpha: 0.85, maxIterations: 1000, tolerance: 1e-11 / count }),
    9,
  );
}

/** Of the largest component, by power iteration; the others have none. */
function eigenvector(net: Net): Values {
  const links = new Simple(net).linked.filter(([, , weight]) => weight > 0);
  const weighed = { ...net, links: net.links.filter((link) => link.weight > 0) };
  const part = components(weighed)[0] ?? [];
  if (part.length < 2) return new Map();
  let values: Values = new Map(part.map((node) => [node, 1 / Math.sqrt(part.length)]));
  for (let step = 0; step < 2000; step += 1) {
    // With the matrix and one: as networkx does, so that networks of two sides settle too.
    const next: Values = new Map(values);
    for (const [one, other, weight] of links) {
      if (!values.has(one)) continue;
      next.set(one, next.get(one)! + weight * values.get(other)!);
      next.set(other, next.get(other)! + weight * values.get(one)!);
    }
    const norm = Math.hypot(...next.values()) || 1;
    let moved = 0;
    for (const [node, value] of next) {
      next.set(node, value / norm);
      moved += Math.abs(value / norm - values.get(node)!);
    }
    values = next;
    if (moved < 1e-12) break;
  }
  return new Map([...values].map(([node, value]) => [node, rounded(value, 6)]));
}

/** The communities that the Louvain method finds, the largest first, and their modularity. */
export function communities(net: Net): { groups: number[][]; modularity: number | null } {
  const graph = graphOf(net, false, { weightless: false });
  if (graph.size === 0) return { groups: net.nodes.map((node) => [node]), modularity: null };
  let seed = 1;
  const rng = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const found = louvain.detailed(graph, { getEdgeWeight: "weight", rng });
  const groups = new Map<number, number[]>();
  for (const [node, group] of Object.entries(found.communities))
    groups.set(group, [...(groups.get(group) ?? []), Number(node)]);
  const sorted = [...groups.values()].map((group) => group.sort((a, b) => a - b));
  return { groups: sorted.sort((a, b) => b.length - a.length || a[0]! - b[0]!), modularity: found.modularity };
}

/** The correlation of the degrees at the two ends of a link. */
export function assortativity(simple: Simple): number | null {
  const pairs = simple.linked.flatMap(([one, other]) => {
    const [a, b] = [simple.near(one).size, simple.near(other).size];
    return [
      [a, b],
      [b, a],
    ] as [number, number][];
  });
  if (pairs.length === 0) return null;
  const mean = pairs.reduce((total, [a]) => total + a, 0) / pairs.length;
  const variance = pairs.reduce((total, [a]) => total + (a - mean) ** 2, 0);
  return variance === 0 ? null : pairs.reduce((total, [a, b]) => total + (a - mean) * (b - mean), 0) / variance;
}
