/** Where facts stand, as the server cites them: the document and the place in it, and what is disputed about it. */

import type { Client, Language, Row, Term } from "../client/client.ts";
import { writeTerm } from "../client/ntriples.ts";
import { choose, describe, textsOf } from "./names.ts";
import { BASE } from "./sheet.ts";

const TERM = `${BASE}ontology#`;
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom";
const OF_FACTS = [DERIVED_FROM, ...["locatorSource", "locator", "status", "note"].map((name) => TERM + name)];
const OF_SOURCES = [LABEL, ...["title", "language", "publisher", "published", "url"].map((name) => TERM + name)];
const ONE_OR_MORE = { en: "one or more of", vi: "một hoặc nhiều trong số" };
/** Bytes beyond ASCII in an address. */
const ENCODED = /(?:%[89A-Fa-f][0-9A-Fa-f])+/g;

export interface Document {
  /** Its IRI. */
  source: string;
  /** One line: `Ngày Nay (2023-08), "Việt Nam tích cực …"`. */
  text: string;
  /** Its address on the web; empty where it has none. */
  url: string;
}

export interface Citation {
  fact: string;
  /** The document the locator belongs to, then the others of a jointly attributed fact. */
  documents: Document[];
  /** One line for a footnote, with the place and what is disputed. */
  text: string;
  /** The status of the fact where it is not accepted, such as `disputed`; else empty. */
  status: string;
}

type About = ReadonlyMap<string, readonly Term[]> | undefined;
type Words = ReadonlyMap<string, Record<string, string>>;

/** Reads citations, each document once. */
export class Citations {
  readonly #client: Client;
  readonly #language: Language;
  readonly #documents = new Map<string, Document>();
  #words: Promise<Words> | undefined;

  constructor(client: Client, language: Language) {
    this.#client = client;
    this.#language = language;
  }

  /** The citation of each fact that has a source, by its IRI. Rejects with `ProblemError`. */
  async read(facts: readonly string[]): Promise<Map<string, Citation>> {
    this.#words ??= this.#readWords();
    const described = await describe(this.#client, facts, OF_FACTS, this.#language);
    const sources = new Set([...described.values()].flatMap(sourcesOf));
    await this.#readDocuments([...sources].filter((iri) => !this.#documents.has(iri)));
    const words = await this.#words;
    const found = new Map<string, Citation>();
    for (const fact of facts) {
      const about = described.get(fact);
      const documents = sourcesOf(about).flatMap((iri) => this.#documents.get(iri) ?? []);
      if (documents.length) found.set(fact, this.#citation(fact, about, documents, words));
    }
    return found;
  }

  #citation(fact: string, about: About, documents: Document[], words: Words): Citation {
    const [first, ...others] = documents.map((each) => each.text);
    const say = (key: string) => choose(words.get(key) ?? {}, this.#language) || key;
    const place = placeOf(this.#text(about, `${TERM}locator`), say);
    let text = [first, place].filter(Boolean).join(", ");
    if (others.length) text = [`${ONE_OR_MORE[this.#language]}: ${text}`, ...others].join("; ");
    const key = keyOf(localName(firstIri(about, `${TERM}status`)));
    const status = key === "accepted" ? "" : key;
    const remark = status && [say(status), this.#text(about, `${TERM}note`)].filter(Boolean).join(": ");
    return { fact, documents, text: remark ? `${text} [${remark}]` : text, status };
  }

  async #readDocuments(sources: readonly string[]): Promise<void> {
    const described = await describe(this.#client, sources, OF_SOURCES, this.#language);
    const publishers = [...described.values()].map((about) => firstIri(about, `${TERM}publisher`)).filter(Boolean);
    const named = await describe(this.#client, [...new Set(publishers)], [LABEL], this.#language);
    for (const source of sources) {
      const about = described.get(source);
      const iri = firstIri(about, `${TERM}publisher`);
      const publisher = this.#text(named.get(iri), LABEL) || localName(iri);
      this.#documents.set(source, this.#document(source, about, publisher));
    }
  }

  #document(source: string, about: About, publisher: string): Document {
    const published = this.#text(about, `${TERM}published`);
    const url = this.#text(about, `${TERM}url`);
    const title = this.#title(about) || this.#text(about, LABEL);
    const dated = published ? `${publisher} (${published})`.trim() : publisher;
    return { source, url, text: [dated, title ? `"${title}"` : readable(url) || source].filter(Boolean).join(", ") };
  }

  /** The title in the language of the document; a translation into that of the page follows in brackets. */
  #title(about: About): string {
    const titles = textsOf(about?.get(`${TERM}title`));
    const spoken = (about?.get(`${TERM}language`) ?? []).flatMap((each) => (each.type === "literal" ? each.value : []));
    spoken.sort();
    const own = spoken.length && !spoken.includes(this.#language) ? (spoken[0] as Language) : this.#language;
    const [first, translated] = [choose(titles, own), choose(titles, this.#language)];
    return first === translated ? first : `${first} [${translated}]`;
  }

  #text(about: About, property: string): string {
    return choose(textsOf(about?.get(property)), this.#language);
  }

  /** The labels of locator units and of the statuses of facts, by their keys. */
  async #readWords(): Promise<Words> {
    const pattern = `GRAPH <${BASE}ontology> { ?x a ?class ; <${LABEL}> ?label }`;
    const text = `SELECT ?x ?label { VALUES ?class { <${TERM}LocatorUnit> <${TERM}FactStatus> } ${pattern} }`;
    const answer = await this.#client.query(text, { language: this.#language });
    const found = new Map<string, Record<string, string>>();
    for (const { x, label } of answer.kind === "table" ? answer.rows : []) {
      if (x?.type !== "uri" || label?.type !== "literal") continue;
      const key = keyOf(localName(x.value));
      found.set(key, { ...found.get(key), [label["xml:lang"] ?? ""]: label.value });
    }
    return found;
  }
}

/** So long may the triples in one query be, in characters; a server may take no longer text. */
const LONGEST = 24_000;

/** The facts that state each triple, in the order of the rows. Rejects with `ProblemError`. */
export async function factsOf(client: Client, rows: readonly Row[], language: Language): Promise<string[][]> {
  const keys = rows.map(tripleOf);
  const found = new Map<string, string[]>();
  // Blank nodes have other names elsewhere, and nobody states a triple term.
  const wanted = [...new Set(keys)].filter((key) => !/^_:| _:\S+$|<<\(/.test(key));
  for (const values of batches(wanted)) {
    const pattern = `GRAPH ?fact { ?subject ?predicate ?object } FILTER(STRSTARTS(STR(?fact), "${BASE}fact/"))`;
    const select = "SELECT ?subject ?predicate ?object ?fact";
    const text = `${select} { VALUES (?subject ?predicate ?object) { ${values} } ${pattern} } ORDER BY ?fact`;
    const answer = await client.query(text, { language });
    for (const row of answer.kind === "table" ? answer.rows : []) {
      const key = tripleOf(row);
      if (row.fact?.type === "uri") found.set(key, [...(found.get(key) ?? []), row.fact.value]);
    }
  }
  return keys.map((key) => found.get(key) ?? []);
}

function* batches(keys: readonly string[]): Generator<string> {
  let batch = "";
  for (const key of keys) {
    if (batch && batch.length + key.length > LONGEST) {
      yield batch;
      batch = "";
    }
    batch += `(${key}) `;
  }
  if (batch) yield batch;
}

function tripleOf({ subject, predicate, object }: Row): string {
  return [subject, predicate, object].map((term) => (term ? writeTerm(term) : "")).join(" ");
}

/** The IRIs of a fact's sources: the one its locator belongs to, then the others in order. */
function sourcesOf(about: About): string[] {
  const first = firstIri(about, `${TERM}locatorSource`);
  const iris = [...new Set(irisOf(about, DERIVED_FROM))].sort();
  return iris.includes(first) ? [first, ...iris.filter((iri) => iri !== first)] : iris;
}

function irisOf(about: About, property: string): string[] {
  return (about?.get(property) ?? []).flatMap((each) => (each.type === "uri" ? each.value : []));
}

function firstIri(about: About, property: string): string {
  return irisOf(about, property).sort()[0] ?? "";
}

/** The locator in words: `paragraph 3` → `đoạn 3`. */
function placeOf(locator: string, say: (key: string) => string): string {
  if (!locator) return "";
  const parts = locator.split(", ").map((part) => /^(\S*)(.*)$/s.exec(part));
  return parts.map((part) => `${say(part?.[1] ?? "")}${part?.[2] ?? ""}`).join(", ");
}

function localName(iri: string): string {
  return iri.split(/[#/]/).at(-1) ?? "";
}

/** `wholeDocument` → `whole-document`. */
export function keyOf(name: string): string {
  const words = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+/g) ?? [];
  return words.map((word) => word.toLowerCase()).join("-");
}

/** An address as people read it: letters beyond ASCII as letters, everything else as it is written. */
export function readable(address: string): string {
  return address.replace(ENCODED, (found) => {
    try {
      const text = decodeURIComponent(found);
      return /^[^\p{C}\p{Z}]*$/u.test(text) ? text : found;
    } catch {
      return found;
    }
  });
}
