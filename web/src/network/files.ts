/**
 * What is seen as files, with the columns and attributes of the server's (`asoen_graph.network.attributes`): every link
 * carries its facts and sources.
 */

import type { Language } from "../client/client.ts";
import { inLanguage, type NetworkDocument } from "./document.ts";
import { citations } from "./evidence.ts";
import type { Link, Net } from "./graph.ts";
import { extent, type Spell } from "./period.ts";
import type { Places } from "./places.ts";

/** A network to be written: what it is called, and numbers that its nodes carry besides. */
export interface Written {
  document: NetworkDocument;
  net: Net;
  language: Language;
  title: string;
  /** What part it is, and what is uncertain of it: sentences. */
  notes: string;
  values: ReadonlyMap<string, ReadonlyMap<number, number>>;
  places: Places;
  /** The colour of each node, as `#RRGGBB`. */
  colours: ReadonlyMap<number, string>;
}

type Value = string | number;
type Attributes = Record<string, Value>;

export function nodeAttributes({ document, net, language, values }: Written, node: number): Attributes {
  const { labels, iri, id, kind } = document.nodes[node]!;
  const change = net.changes?.get(node);
  const found: Attributes = { label: inLanguage(labels, language) || id };
  for (const each of ["en", "vi"] as const) if (labels[each] !== undefined) found[`label_${each}`] = labels[each];
  Object.assign(found, {
    iri,
    kind: document.kinds[kind]!.key,
    kind_label: inLanguage(document.kinds[kind]!.labels, language),
  });
  if (change)
    Object.assign(found, { change: change.name, strength_before: change.before, strength_after: change.after });
  for (const [key, each] of values) {
    const value = each.get(node);
    if (value !== undefined) found[key] = value;
  }
  return found;
}

export function linkAttributes({ document, language }: Written, link: Link): Attributes {
  const found: Attributes = {};
  const relation = link.relation === null ? null : document.relations[link.relation]!;
  if (relation) Object.assign(found, { relation: relation.key, relation_label: inLanguage(relation.labels, language) });
  found["weight"] = link.weight;
  if (link.spells.length > 0) {
    const [from, until] = extent(link.spells);
    if (from !== null) found["from"] = from;
    if (until !== null) found["until"] = until;
  }
  if (link.spells.length > 1) found["spells"] = link.spells.map(interval).join(" | ");
  if (link.change)
    Object.assign(found, {
      change: link.change.name,
      weight_before: link.change.before,
      weight_after: link.change.after,
    });
  found["facts"] = factsOf(document, link).join(" ");
  found["sources"] = citations(document, link.facts, language).join(" | ");
  return found;
}

function factsOf(document: NetworkDocument, link: Link): string[] {
  return link.facts.map((number) => document.facts[number]!.iri).sort();
}

/** As ISO 8601 writes it, two dots for an end that is not known. */
function interval([start, end]: Spell): string {
  return `${start ?? ".."}/${end ?? ".."}`;
}

function networkAttributes({ document, language, title, notes }: Written): Attributes {
  const given = {
    name: document.name,
    title,
    description: inLanguage(document.description, language),
    language,
    weights: inLanguage(document.weights, language),
    release: document.release,
    notes,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value));
}

const LINK_COLUMNS =
  "source target source_label target_label relation relation_label weight from until facts sources".split(" ");

/** The links as CSV, with the columns of every CSV of links. */
export function linksAsCsv(written: Written): string {
  const { document, net, language } = written;
  const rows = net.links.map((link) => {
    const [source, target] = [document.nodes[link.source]!, document.nodes[link.target]!];
    return {
      source: source.id,
      target: target.id,
      source_label: inLanguage(source.labels, language),
      target_label: inLanguage(target.labels, language),
      ...linkAttributes(written, link),
    };
  });
  return csv(rows, LINK_COLUMNS);
}

/** The nodes as CSV. */
export function nodesAsCsv(written: Written): string {
  const rows = written.net.nodes.map((node) => ({
    id: written.document.nodes[node]!.id,
    ...nodeAttributes(written, node),
  }));
  return csv(rows, ["id"]);
}

function csv(rows: Attributes[], first: string[]): string {
  const columns = [...new Set([...first, ...rows.flatMap(Object.keys)])];
  const lines = rows.map((row) => columns.map((name) => quoted(String(row[name] ?? ""))).join(","));
  return [columns.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Node-link JSON, as the server's: facts and sources are lists, spells pairs of days. */
export function asJson(written: Written): string {
  const { document, net, language } = written;
  const multigraph = hasParallels(net);
  const nodes = net.nodes.map((node) => ({ id: document.nodes[node]!.id, ...nodeAttributes(written, node) }));
  const edges = net.links.map((link) => ({
    source: document.nodes[link.source]!.id,
    target: document.nodes[link.target]!.id,
    ...(multigraph && { key: link.relation === null ? "" : document.relations[link.relation]!.key }),
    ...linkAttributes(written, link),
    spells: link.spells,
    facts: factsOf(document, link),
    sources: citations(document, link.facts, language),
  }));
  return `${JSON.stringify({ directed: net.directed, multigraph, graph: networkAttributes(written), nodes, edges }, null, 1)}\n`;
}

function hasParallels(net: Net): boolean {
  const ends = net.links.map(({ source, target }) =>
    (net.directed || source < target ? [source, target] : [target, source]).join(),
  );
  return new Set(ends).size < ends.length;
}

/** GraphML 1.0. */
export function asGraphml(written: Written): string {
  const { document, net } = written;
  const nodes = net.nodes.map((node) => nodeAttributes(written, node));
  const links = net.links.map((link) => linkAttributes(written, link));
  const about = networkAttributes(written);
  const [ofGraph, ofNodes, ofLinks] = [keys("g", [about]), keys("n", nodes), keys("e", links)];
  const data = (values: Attributes, known: Keys) =>
    Object.entries(values).map(([name, value]) => `<data key="${known.get(name)!.id}">${xml(String(value))}</data>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...declared(ofGraph, "graph"),
    ...declared(ofNodes, "node"),
    ...declared(ofLinks, "edge"),
    `<graph edgedefault="${net.directed ? "directed" : "undirected"}">`,
    ...data(about, ofGraph),
    ...net.nodes.map(
      (node, row) => `<node id="${xml(document.nodes[node]!.id)}">${data(nodes[row]!, ofNodes).join("")}</node>`,
    ),
    ...net.links.map(
      ({ source, target }, row) =>
        `<edge id="e${row}" source="${xml(document.nodes[source]!.id)}" target="${xml(document.nodes[target]!.id)}">${data(links[row]!, ofLinks).join("")}</edge>`,
    ),
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}

type Keys = Map<string, { id: string; isNumber: boolean }>;

function keys(prefix: string, rows: Attributes[]): Keys {
  const found: Keys = new Map();
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      const known = found.get(name);
      if (known) known.isNumber &&= typeof value === "number";
      else found.set(name, { id: `${prefix}${found.size}`, isNumber: typeof value === "number" });
    }
  return found;
}

function declared(known: Keys, what: string): string[] {
  return [...known].map(
    ([name, { id, isNumber }]) =>
      `<key id="${id}" for="${what}" attr.name="${xml(name)}" attr.type="${isNumber ? "double" : "string"}"/>`,
  );
}

/** GEXF 1.3, with colours and places for Gephi. */
export function asGexf(written: Written): string {
  const { document, net, places, colours } = written;
  const nodes = net.nodes.map((node) => nodeAttributes(written, node));
  const links = net.links.map((link) => linkAttributes(written, link));
  const [ofNodes, ofLinks] = [keys("n", nodes), keys("e", links)];
  const about = networkAttributes(written);
  const values = (row: Attributes, known: Keys) =>
    `<attvalues>${Object.entries(row)
      .map(([name, value]) => `<attvalue for="${known.get(name)!.id}" value="${xml(String(value))}"/>`)
      .join("")}</attvalues>`;
  const attributes = (known: Keys, what: string) =>
    `<attributes class="${what}">${[...known]
      .map(
        ([name, { id, isNumber }]) =>
          `<attribute id="${id}" title="${xml(name)}" type="${isNumber ? "double" : "string"}"/>`,
      )
      .join("")}</attributes>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    `<meta><creator>asoen_graph</creator><description>${xml([about["title"], about["description"], about["notes"], about["release"]].filter(Boolean).join(" "))}</description></meta>`,
    `<graph defaultedgetype="${net.directed ? "directed" : "undirected"}">`,
    attributes(ofNodes, "node"),
    attributes(ofLinks, "edge"),
    "<nodes>",
    ...net.nodes.map((node, row) => {
      const [x, y] = places.get(node) ?? [0, 0];
      const colour = /^#(..)(..)(..)$/
        .exec(colours.get(node) ?? "")
        ?.slice(1)
        .map((part) => parseInt(part, 16)) ?? [0, 0, 0];
      const looks = `<viz:color r="${colour[0]}" g="${colour[1]}" b="${colour[2]}"/><viz:position x="${x}" y="${-y}" z="0"/>`;
      return `<node id="${xml(document.nodes[node]!.id)}" label="${xml(String(nodes[row]!["label"]))}">${values(nodes[row]!, ofNodes)}${looks}</node>`;
    }),
    "</nodes>",
    "<edges>",
    ...net.links.map(({ source, target, weight }, row) => {
      const label = links[row]!["relation_label"];
      return `<edge id="${row}" source="${xml(document.nodes[source]!.id)}" target="${xml(document.nodes[target]!.id)}" weight="${weight}"${label ? ` label="${xml(String(label))}"` : ""}>${values(links[row]!, ofLinks)}</edge>`;
    }),
    "</edges>",
    "</graph>",
    "</gexf>",
    "",
  ].join("\n");
}

/** A text as it may stand in XML: marks escaped, without what no XML can hold. */
export function xml(text: string): string {
  // Half of a surrogate pair is no character either.
  return text
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD")
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/[\t\n\r]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
