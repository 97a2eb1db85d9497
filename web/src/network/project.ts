/**
 * The network of any query, made in the browser of its rows: for a site of static files, where there is no server to do
 * it. The rules are those of `asoen_graph.network` (links, projection): a row is one occasion. Nobody gives nodes their
 * places here; the explorer arranges them itself, always in the same way.
 */

import type { Client, Glossary, Language, ProblemError, Row, Term } from "../client/client.ts";
import { problem, tell, type Told } from "../client/static/telling.ts";
import type { DocumentRow, FactRow, LinkRow, Named, NetworkDocument, NodeRow, Occasion, Texts } from "./document.ts";
import { daysMeant, PeriodError } from "./period.ts";

const TERM = "https://w3id.org/asoen/ontology#";
const ENTITY = "https://w3id.org/asoen/id/";
const BATCH = 400;
const PREFIXES = `PREFIX asoen: <${TERM}> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>`;

/** What is known of a network besides its rows: from the header of a catalogue query. */
export interface Header {
  name?: string;
  title?: Texts;
  description?: Texts;
  directed?: boolean;
}

/** One row, read. */
interface Link {
  source: string;
  target: string;
  relation: Term | undefined;
  occasion: [weight: number, start: string | null, end: string | null];
  facts: string[];
}

/** Where facts stand: what `lookUp` finds and the tests invent. */
export interface Evidence {
  facts: Map<string, { documents: string[]; place?: string; status?: string; note?: Texts }>;
  documents: Map<string, { texts: Texts; url: string }>;
}

/** Asks a query, and makes the network of its rows. Rejects with `ProblemError`. */
export async function askNetwork(
  client: Client,
  text: string,
  language: Language,
  header: Header = {},
): Promise<NetworkDocument> {
  const answer = await client.query(text, { language });
  if (answer.kind !== "table") throw refused(tell("network.no-select"));
  const missing = ["source", "target"].filter((name) => !answer.variables.includes(name));
  if (missing.length > 0) {
    const given = answer.variables.map((name) => `?${name}`).join(" ") || tell("network.no-column");
    throw refused(tell("network.lacks", { given, missing: missing.map((name) => `?${name}`) }));
  }
  const links = answer.rows.map(readRow);
  const facts = [...new Set(links.flatMap((link) => link.facts))].sort();
  const [glossary, evidence] = await Promise.all([client.glossary(), lookUp(client, facts, language)]);
  return networkOf(links, answer.variables, glossary, evidence, { ...header, release: client.release });
}

/** The document of links: without a clock, chance or any outside, so that the same rows give the same. */
export function networkOf(
  links: Link[],
  variables: readonly string[],
  glossary: Glossary,
  evidence: Evidence,
  header: Header & { release: string },
): NetworkDocument {
  const directed = header.directed ?? true;
  const known = new Map(glossary.names.map((name) => [name.iri, name]));
  const classes = new Map(glossary.names.filter(({ kind }) => kind === "class").map((name) => [name.curie, name]));
  const iris = [...new Set(links.flatMap(({ source, target }) => [source, target]))].sort();
  const kindOf = (iri: string) => classes.get(known.get(iri)?.of ?? "");
  const kinds = ranked(
    [...new Set(iris.map((iri) => kindOf(iri)?.iri ?? ""))],
    [...classes.values()].map(({ iri }) => iri),
    known,
    {
      key: "other",
      labels: { en: "other", vi: "khác" },
    },
  );
  const numbers = new Map(iris.map((iri, number) => [iri, number]));
  const nodes = iris.map((iri): NodeRow => ({
    id: iri.startsWith(ENTITY) ? iri.slice(ENTITY.length) : iri,
    iri,
    labels: known.get(iri)?.label ?? { en: decodeURIComponent(iri.split(/[#/]/).at(-1) || iri) },
    kind: kinds.findIndex((each) => each.iri === (kindOf(iri)?.iri ?? "")),
  }));
  const properties = glossary.names.filter(({ kind }) => kind === "property").map(({ iri }) => iri);
  const terms = [...new Set(links.map(({ relation }) => nameOf(relation)).filter((name) => name !== ""))];
  const relations = ranked(terms, properties, known);
  const order = factsInOrder(links, evidence);
  const documents = [...new Set(order.flatMap((fact) => evidence.facts.get(fact)?.documents ?? []))];
  return {
    form: "asoen-network-1",
    name: header.name ?? "network",
    title: header.title ?? { en: "Network", vi: "Mạng lưới" },
    description: header.description ?? {},
    weights: {},
    shared: {},
    columns: {},
    directed,
    weighted: true,
    twoMode: !links.some(({ source }) => links.some(({ target }) => target === source)),
    layout: "spring",
    release: header.release,
    notes: [],
    kinds,
    relations,
    nodes,
    links: grouped(links, numbers, terms, order, directed),
    documents: documents.map((iri): DocumentRow => ({
      iri,
      ...(evidence.documents.get(iri) ?? { texts: { en: iri }, url: "" }),
    })),
    facts: order.map((iri) => factOf(iri, evidence, documents)),
  };
}

/** Kinds or relations by IRI (or the text of a relation), with their places in the vocabulary by the alphabet of keys. */
function ranked(
  names: string[],
  vocabulary: string[],
  known: Map<string, { label: Texts }>,
  other?: { key: string; labels: Texts },
): Named[] {
  const ranks = vocabulary.map(keyOf).sort();
  return names.map((iri) => {
    const found = known.get(iri);
    if (!found && other) return { ...other, rank: null, iri: "" };
    if (!found)
      return {
        key: /^https?:/.test(iri) ? keyOf(iri) : iri,
        labels: { en: iri.split(/[#/]/).at(-1) ?? iri },
        rank: null,
        iri: /^https?:/.test(iri) ? iri : "",
      };
    const rank = ranks.indexOf(keyOf(iri));
    return { key: keyOf(iri), labels: found.label, rank: rank < 0 ? null : rank, iri };
  });
}

/** `https://…#WorkingGroup` → `working-group`. */
function keyOf(iri: string): string {
  const name = iri.split(/[#/]/).at(-1) ?? iri;
  return iri.startsWith(TERM) ? name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase() : name;
}

function nameOf(term: Term | undefined): string {
  return term === undefined || term.type === "triple" ? "" : term.value;
}

function grouped(
  links: Link[],
  numbers: Map<string, number>,
  terms: string[],
  order: string[],
  directed: boolean,
): LinkRow[] {
  const places = new Map(order.map((fact, place) => [fact, place]));
  const groups = new Map<string, LinkRow>();
  const given = new Set(links.map(({ source, target, relation }) => [source, target, nameOf(relation)].join("\n")));
  for (const link of links) {
    const name = nameOf(link.relation);
    // Only where both orders are stated is there none.
    const isTurned = !directed && link.source > link.target && given.has([link.target, link.source, name].join("\n"));
    const [source, target] = isTurned ? [link.target, link.source] : [link.source, link.target];
    const key = [source, target, name].join("\n");
    const row = groups.get(key) ?? [
      numbers.get(source)!,
      numbers.get(target)!,
      name === "" ? null : terms.indexOf(name),
      [],
    ];
    groups.set(key, row);
    const facts = link.facts.map((fact) => places.get(fact)!).sort((a, b) => a - b);
    row[3].push([...link.occasion, facts] satisfies Occasion);
  }
  return [...groups.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] ?? -1) - (b[2] ?? -1));
}

function factsInOrder(links: Link[], evidence: Evidence): string[] {
  const line = (iri: string) => {
    const fact = evidence.facts.get(iri);
    const first = fact && evidence.documents.get(fact.documents[0] ?? "");
    return first ? `${first.texts.en ?? ""}\n${fact.place ?? ""}\n${iri}` : `\uffff${iri}`;
  };
  const facts = [...new Set(links.flatMap((link) => link.facts))].map((iri) => [line(iri), iri] as const);
  return facts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, iri]) => iri);
}

function factOf(iri: string, { facts }: Evidence, documents: string[]): FactRow {
  const found = facts.get(iri);
  if (!found) return { iri, documents: [] };
  const isDoubted = found.status !== undefined && found.status !== "accepted";
  const remark = isDoubted && {
    en: [found.status, found.note?.en].filter(Boolean).join(": "),
    vi: [found.status, found.note?.vi ?? found.note?.en].filter(Boolean).join(": "),
  };
  return {
    iri,
    documents: found.documents.map((each) => documents.indexOf(each)),
    ...(found.place && { place: { en: found.place } }),
    ...(isDoubted && { status: found.status! }),
    ...(remark && { remark }),
  };
}

/** Reads one row. Throws `ProblemError` where a value is not what its column expects. */
export function readRow(row: Row, place: number): Link {
  const wrong = (column: string | Told, what: Told, hint: Told) =>
    refused(tell("network.in-row", { number: place + 1, column, what }), hint);
  const end = (name: "source" | "target") => {
    const term = row[name];
    if (term?.type !== "uri") {
      throw term === undefined
        ? wrong(name, tell("network.no-value"), tell("network.no-optional"))
        : wrong(name, tell("network.holds-no-entity", { term: shown(term) }), tell("network.project-entity"));
    }
    return term.value;
  };
  const value = (name: string) => {
    const term = row[name];
    return term === undefined || term.type === "triple" ? null : term.value;
  };
  const weight = value("weight") ?? "1";
  if (!/^[+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(weight))
    throw wrong("weight", tell("network.holds", { term: weight }), tell("network.weight-is"));
  try {
    const [from, until] = [value("from"), value("until")];
    const occasion: Link["occasion"] = [Number(weight), from && daysMeant(from)[0], until && daysMeant(until)[1]];
    const facts = [value("fact"), ...(value("facts") ?? "").split(/\s+/)].filter((fact): fact is string =>
      Boolean(fact),
    );
    return {
      source: end("source"),
      target: end("target"),
      relation: row["relation"],
      occasion,
      facts: [...new Set(facts)],
    };
  } catch (error) {
    if (error instanceof PeriodError) {
      const said = [value("from"), value("until")].filter(Boolean).join(", ");
      throw wrong(tell("network.from-until"), tell("network.holds", { term: said }), tell("network.date-is"));
    }
    throw error;
  }
}

/** Where facts stand, asked of the graph. */
async function lookUp(client: Client, facts: string[], language: Language): Promise<Evidence> {
  const found: Evidence = { facts: new Map(), documents: new Map() };
  for (const some of batches(facts)) {
    const rows = await rowsOf(
      client,
      language,
      `SELECT ?fact ?document ?locator ?status ?note ?first WHERE { VALUES ?fact { ${some} } ?fact prov:wasDerivedFrom ?document OPTIONAL { ?fact asoen:locator ?locator } OPTIONAL { ?fact asoen:status ?status } OPTIONAL { ?fact asoen:note ?note } OPTIONAL { ?fact asoen:locatorSource ?first } } ORDER BY ?fact ?document`,
    );
    for (const row of rows) {
      const fact = nameOf(row["fact"]);
      const entry = found.facts.get(fact) ?? { documents: [] as string[] };
      const document = nameOf(row["document"]);
      if (!entry.documents.includes(document))
        entry.documents[nameOf(row["first"]) === document ? "unshift" : "push"](document);
      found.facts.set(fact, {
        ...entry,
        ...(row["locator"] && { place: nameOf(row["locator"]) }),
        ...(row["status"] && { status: keyOf(nameOf(row["status"])) }),
        ...(row["note"] && { note: { en: nameOf(row["note"]) } }),
      });
    }
  }
  const documents = [...new Set([...found.facts.values()].flatMap((fact) => fact.documents))].sort();
  for (const some of batches(documents)) {
    const rows = await rowsOf(
      client,
      language,
      `SELECT ?document ?title ?url ?published ?publisher WHERE { VALUES ?document { ${some} } OPTIONAL { ?document asoen:title ?title } OPTIONAL { ?document asoen:url ?url } OPTIONAL { ?document asoen:published ?published } OPTIONAL { ?document asoen:publisher/rdfs:label ?publisher } }`,
    );
    for (const [iri, own] of byDocument(rows))
      found.documents.set(iri, { texts: { en: cited(own, "en"), vi: cited(own, "vi") }, url: nameOf(own[0]!["url"]) });
  }
  return found;
}

function byDocument(rows: Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(nameOf(row["document"]), [...(found.get(nameOf(row["document"])) ?? []), row]);
  return found;
}

/** `Publisher (2023-08), "Title"`, as every citation begins. */
function cited(rows: Row[], language: Language): string {
  const text = (name: string) => {
    const terms = rows.map((row) => row[name]).filter((term) => term !== undefined);
    const own = terms.find((term) => term.type === "literal" && term["xml:lang"] === language);
    return nameOf(own ?? terms[0]);
  };
  const dated = text("published") ? `${text("publisher")} (${text("published")})` : text("publisher");
  return [dated.trim(), text("title") ? `"${text("title")}"` : text("url")].filter(Boolean).join(", ");
}

async function rowsOf(client: Client, language: Language, text: string): Promise<Row[]> {
  const answer = await client.query(`${PREFIXES} ${text}`, { language });
  return answer.kind === "table" ? answer.rows : [];
}

/** IRIs as VALUES writes them, so many at a time; what could not stand in a query is left out. */
function batches(iris: string[]): string[] {
  const written = iris.filter((iri) => !/[\s<>"{}|\\^`]/.test(iri)).map((iri) => `<${iri}>`);
  return Array.from({ length: Math.ceil(written.length / BATCH) }, (_, place) =>
    written.slice(place * BATCH, (place + 1) * BATCH).join(" "),
  );
}

function refused(detail: Told, hint: Told = tell("network.columns")): ProblemError {
  return problem("no-network", 400, "The result cannot be drawn as a network", { detail, hint });
}

function shown(term: Term): string {
  return typeof term.value === "string" ? term.value : "<<( … )>>";
}
