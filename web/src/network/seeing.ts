/** From what is chosen to what is seen: period, projection, component, strongest, filters, in the server's order. */

import type { Language } from "../client/client.ts";
import { inLanguage, type NetworkDocument } from "./document.ts";
import { among, compare, components, inPeriod, project, strongest, strengths, type Link, type Net } from "./graph.ts";
import type { Values } from "./measures.ts";
import { periodOf, readComparison, type Period } from "./period.ts";
import type { State } from "./state.ts";

export const MOST_NODES = 400;
export const MOST_LINKS = 5000;

export interface Seen {
  /** What is drawn and listed. */
  net: Net;
  /** The same before filters by kind, relation, weight and name: what the server would give for the same words. */
  asked: Net;
  /** The same before `top`: what measures are computed of. */
  measured: Net;
  /** How many components the network of the period has, the largest first. */
  components: number[];
  period: Period | null;
  comparison: readonly [Period, Period] | null;
  strengths: Values;
  sizes: Values | null;
  colours: Values | null;
  /** Between which weights the widths of lines run. */
  scale: readonly [number, number];
  undated: number;
}

/** Throws PeriodError where a date is none. */
export async function see(document: NetworkDocument, state: State, language: Language): Promise<Seen> {
  const comparison = state.compare ? readComparison(state.compare) : null;
  const period = comparison ? null : periodOf(state.at, state.from, state.until);
  const whole = comparison
    ? compare(sided(document, comparison[0], state), sided(document, comparison[1], state))
    : sided(document, period, state);
  const parts = components(whole);
  const part = state.component === null ? null : (parts[Math.min(state.component, parts.length) - 1] ?? []);
  const measured = part ? among(whole, new Set(part)) : whole;
  const asked =
    state.top === null
      ? measured
      : among(measured, strongest(await valuesOf(measured, state.by || "strength"), state.top));
  const net = filtered(document, asked, state, language);
  return {
    net,
    asked,
    measured,
    components: parts.map((each) => each.length),
    period,
    comparison,
    strengths: strengths(net),
    sizes: state.size ? await valuesOf(measured, state.size) : null,
    colours: state.colour ? await valuesOf(measured, state.colour) : null,
    scale: scaleOf(document, state, whole),
    undated: net.links.filter((link) => link.spells.length === 0).length,
  };
}

function sided(document: NetworkDocument, period: Period | null, state: State): Net {
  const net = inPeriod(document, period);
  return state.project && document.twoMode ? project(net, state.project, state.weighting || "count") : net;
}

/** The network of all time on the side that is looked at: what nodes are arranged by. */
export function ofAllTime(document: NetworkDocument, state: State): Net {
  return sided(document, null, state);
}

async function valuesOf(net: Net, key: string): Promise<Values> {
  if (key === "strength") return strengths(net);
  const { measure } = await import("./measures.ts");
  try {
    return await measure(net, key);
  } catch (error) {
    if (error instanceof RangeError) return strengths(net);
    throw error;
  }
}

/** Nodes that lose all their links to a filter go too: what is left has what it had. */
function filtered(document: NetworkDocument, net: Net, state: State, language: Language): Net {
  const kinds = state.kinds && new Set(state.kinds);
  const shown = (node: number) => !kinds || kinds.has(document.kinds[document.nodes[node]!.kind]!.key);
  const relations = state.relations && new Set(state.relations);
  const found = state.find ? matching(document, net, state.find, language) : null;
  const keep = (link: Link) =>
    shown(link.source) &&
    shown(link.target) &&
    (!relations || relations.has(link.relation === null ? "" : document.relations[link.relation]!.key)) &&
    (state.least === null || link.weight >= state.least) &&
    (!found || found.has(link.source) || found.has(link.target));
  if (!kinds && !relations && state.least === null && !found) return net;
  const links = net.links.filter(keep);
  const linked = new Set(links.flatMap((link) => [link.source, link.target]));
  const alone = new Set(net.nodes);
  for (const link of net.links) (alone.delete(link.source), alone.delete(link.target));
  const nodes = net.nodes.filter(
    (node) => linked.has(node) || (shown(node) && (found ? found.has(node) : alone.has(node))),
  );
  return { ...net, nodes, links };
}

/** The nodes one of whose names holds all the words, diacritics or not. */
export function matching(document: NetworkDocument, net: Net, text: string, _language: Language): Set<number> {
  const asked = plain(text).split(/\s+/).filter(Boolean);
  const names = (node: number) => {
    const { labels, id } = document.nodes[node]!;
    return plain([inLanguage(labels, "en"), inLanguage(labels, "vi"), id].join(" "));
  };
  return new Set(net.nodes.filter((node) => asked.every((word) => names(node).includes(word))));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
}

/** Widths are those of the same scale at every single date, so that two of them can be compared by eye. */
function scaleOf(document: NetworkDocument, state: State, whole: Net): readonly [number, number] {
  if (state.at && !state.project && document.weighted) {
    const found = scales.get(document) ?? yearlyScale(document);
    scales.set(document, found);
    return found;
  }
  const weights = whole.links.map((link) => link.weight);
  return [weights.reduce((a, b) => Math.min(a, b), Infinity), weights.reduce((a, b) => Math.max(a, b), 0)];
}

const scales = new WeakMap<NetworkDocument, readonly [number, number]>();

function yearlyScale(document: NetworkDocument): readonly [number, number] {
  let [least, greatest] = [Infinity, 0];
  for (const [, , , occasions] of document.links) {
    const edges = new Set(
      occasions
        .flatMap(([, start, end]) => [start, end])
        .filter((day) => day !== null)
        .map((day) => day.slice(0, 4)),
    );
    for (const year of edges.size > 0 ? edges : ["2000"]) {
      const held = occasions.filter(
        ([, start, end]) => (start === null || start.slice(0, 4) <= year) && (end === null || end.slice(0, 4) >= year),
      );
      const weight = held.reduce((total, [each]) => total + each, 0);
      if (held.length > 0) [least, greatest] = [Math.min(least, weight), Math.max(greatest, weight)];
    }
  }
  return [least, greatest];
}
