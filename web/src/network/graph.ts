/**
 * The network a document makes in a period, between two periods, or of one side: what is drawn, listed and downloaded.
 * The rules are those of `asoen_graph.network` (projection, onemode, comparison, model), which the tests hold it to.
 */

import type { NetworkDocument, Side } from "./document.ts";
import { covers, overlap, unite, type Period, type Spell } from "./period.ts";

export const CHANGES = ["appeared", "vanished", "strengthened", "weakened", "unchanged"] as const;
export type ChangeName = (typeof CHANGES)[number];
export const WEIGHTINGS = ["count", "newman", "jaccard"] as const;
export type Weighting = (typeof WEIGHTINGS)[number];

export interface Change {
  name: ChangeName;
  before: number;
  after: number;
}

/** A link of two nodes (by number in the document). `key` is the same for the same link at every date. */
export interface Link {
  key: string;
  source: number;
  target: number;
  relation: number | null;
  weight: number;
  spells: Spell[];
  facts: number[];
  change?: Change;
}

export interface Net {
  nodes: number[];
  links: Link[];
  directed: boolean;
  /** What became of each node, where two periods are compared. */
  changes?: Map<number, Change>;
}

/** The network in a period, or of all time. */
export function inPeriod(document: NetworkDocument, period: Period | null): Net {
  const links: Link[] = [];
  for (const [source, target, relation, occasions] of document.links) {
    const held = period === null ? occasions : occasions.filter(([, start, end]) => isIn(period, start, end));
    if (held.length === 0) continue;
    const dated = held.filter(([, start, end]) => start !== null || end !== null);
    links.push({
      key: `${source} ${target} ${relation ?? ""}`,
      source,
      target,
      relation,
      weight: document.weighted ? sum(held.map(([weight]) => weight)) : 1,
      spells: unite(dated.map(([, start, end]): Spell => [start, end])),
      facts: distinct(held.flatMap(([, , , facts]) => facts)),
    });
  }
  return { nodes: endsOf(links), links, directed: document.directed };
}

function isIn(period: Period, start: string | null, end: string | null): boolean {
  return (start === null && end === null) || covers(period, [start, end]);
}

/** Every node and link of either network, each with its change; the weight of a link is the greater of both. */
export function compare(before: Net, after: Net): Net {
  const earlier = new Map(before.links.map((link) => [link.key, link]));
  const later = new Map(after.links.map((link) => [link.key, link]));
  const links = [...new Set([...earlier.keys(), ...later.keys()])].map((key): Link => {
    const [old, now] = [earlier.get(key), later.get(key)];
    const change = changeOf(old?.weight, now?.weight);
    const either = (now ?? old)!;
    return {
      ...either,
      weight: Math.max(change.before, change.after),
      spells: unite([...(old?.spells ?? []), ...(now?.spells ?? [])]),
      facts: distinct([...(old?.facts ?? []), ...(now?.facts ?? [])]),
      change,
    };
  });
  const nodes = distinct([...before.nodes, ...after.nodes]);
  const [weak, strong] = [strengths(before), strengths(after)];
  const changes = new Map(nodes.map((node) => [node, changeOf(weak.get(node), strong.get(node))]));
  return { nodes, links: links.toSorted(inOrder), directed: after.directed, changes };
}

function changeOf(before: number | undefined, after: number | undefined): Change {
  if (before === undefined) return { name: "appeared", before: 0, after: after ?? 0 };
  if (after === undefined) return { name: "vanished", before, after: 0 };
  if (Math.abs(before - after) <= 1e-9 * Math.max(Math.abs(before), Math.abs(after)))
    return { name: "unchanged", before, after };
  return { name: after > before ? "strengthened" : "weakened", before, after };
}

/** The nodes of one side, joined by what they share of the other at the same time, as far as days are known. */
export function project(net: Net, kept: Side, weighting: Weighting): Net {
  const ties = new Map<number, Map<number, Link[]>>();
  for (const link of net.links) {
    const [own, shared] = kept === "source" ? [link.source, link.target] : [link.target, link.source];
    const members = ties.get(shared) ?? new Map<number, Link[]>();
    ties.set(shared, members.set(own, [...(members.get(own) ?? []), link]));
  }
  const degrees = new Map<number, number>();
  for (const members of ties.values()) for (const own of members.keys()) degrees.set(own, (degrees.get(own) ?? 0) + 1);
  const links = [...pairsOf(ties).values()].filter((pair) => pair.shared.length > 0);
  return {
    nodes: distinct(net.links.map((link) => link[kept])),
    links: links.map((pair) => joined(pair, ties, degrees, weighting)).toSorted(inOrder),
    directed: false,
  };
}

interface Pair {
  ends: [number, number];
  /** How many things both have at any time, and those both have at the same time. */
  common: number;
  shared: number[];
  spells: Spell[];
}

type Ties = Map<number, Map<number, Link[]>>;

function pairsOf(ties: Ties): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const [shared, members] of ties) {
    const held = [...members].map(([own, links]) => [own, spellsOf(links)] as const).toSorted(([a], [b]) => a - b);
    held.forEach(([one, first], place) => {
      for (const [other, second] of held.slice(place + 1)) {
        const key = `${one} ${other}`;
        const pair: Pair = pairs.get(key) ?? { ends: [one, other], common: 0, shared: [], spells: [] };
        pairs.set(key, pair);
        pair.common += 1;
        const both = together(first, second);
        if (both === null) continue;
        pair.shared.push(shared);
        pair.spells.push(...both);
      }
    });
  }
  return pairs;
}

function joined(pair: Pair, ties: Ties, degrees: Map<number, number>, weighting: Weighting): Link {
  const [source, target] = pair.ends;
  const links = pair.shared.flatMap((shared) => pair.ends.flatMap((end) => ties.get(shared)!.get(end)!));
  let weight = pair.shared.length;
  if (weighting === "newman") weight = sum(pair.shared.map((shared) => 1 / (ties.get(shared)!.size - 1)));
  if (weighting === "jaccard") weight /= degrees.get(source)! + degrees.get(target)! - pair.common;
  const facts = distinct(links.flatMap((link) => link.facts));
  return { key: `${source} ${target} `, source, target, relation: null, weight, spells: unite(pair.spells), facts };
}

/** When any of these links holds; nothing where one of them has no date, and may hold at any time. */
function spellsOf(links: Link[]): Spell[] {
  return links.every((link) => link.spells.length > 0) ? unite(links.flatMap((link) => link.spells)) : [];
}

/** When both hold, nothing where no date is known; `null` where they never do. */
function together(one: Spell[], other: Spell[]): Spell[] | null {
  if (one.length === 0 || other.length === 0) return one.length > 0 ? one : other;
  const both = overlap(one, other);
  return both.length > 0 ? both : null;
}

/** The strength of each node: the sum of the weights of its links. */
export function strengths(net: Net): Map<number, number> {
  const found = new Map(net.nodes.map((node) => [node, 0]));
  for (const { source, target, weight } of net.links)
    for (const node of new Set([source, target])) found.set(node, (found.get(node) ?? 0) + weight);
  return found;
}

/** The network among some of its nodes. */
export function among(net: Net, kept: ReadonlySet<number>): Net {
  return {
    ...net,
    nodes: net.nodes.filter((node) => kept.has(node)),
    links: net.links.filter((link) => kept.has(link.source) && kept.has(link.target)),
  };
}

/** The `count` nodes with the greatest of these values, ties in the order of IRIs, which is that of the document. */
export function strongest(values: ReadonlyMap<number, number>, count: number): Set<number> {
  const order = [...values].toSorted(([a, one], [b, other]) => other - one || a - b);
  return new Set(order.slice(0, count).map(([node]) => node));
}

/** The components, the largest first, those of one size by their first node. */
export function components(net: Net): number[][] {
  const near = new Map<number, number[]>(net.nodes.map((node) => [node, []]));
  for (const { source, target } of net.links) {
    near.get(source)!.push(target);
    near.get(target)!.push(source);
  }
  const seen = new Set<number>();
  const found: number[][] = [];
  for (const start of net.nodes) {
    if (seen.has(start)) continue;
    const group: number[] = [];
    const waiting = [start];
    seen.add(start);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      group.push(node);
      for (const next of near.get(node)!) if (!seen.has(next)) (waiting.push(next), seen.add(next));
    }
    found.push(group.toSorted((a, b) => a - b));
  }
  return found.toSorted((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** The years from the first dated day to the last; `null` where nothing has a date. */
export function yearsOf(document: NetworkDocument): readonly [number, number] | null {
  const days = document.links.flatMap(([, , , occasions]) => occasions.flatMap(([, start, end]) => [start, end]));
  const years = days.filter((day) => day !== null).map((day) => Number(day.slice(0, 4)));
  return years.length === 0 ? null : [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))];
}

function endsOf(links: Link[]): number[] {
  return distinct(links.flatMap(({ source, target }) => [source, target]));
}

function distinct(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function inOrder(one: Link, other: Link): number {
  return one.source - other.source || one.target - other.target || (one.relation ?? -1) - (other.relation ?? -1);
}

/** Things by what they have in common, in the order in which that is first met. */
export function grouped<T, K>(things: Iterable<T>, by: (thing: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const thing of things) {
    const group = found.get(by(thing));
    if (group) group.push(thing);
    else found.set(by(thing), [thing]);
  }
  return found;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
