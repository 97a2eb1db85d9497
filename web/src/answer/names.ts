/** What IRIs are called on the pages: by their labels, as prefixed names, and where a page tells more of them. */

import { writeTerm } from "../client/ntriples.ts";
import type { Client, Language, Row, Term } from "../client/client.ts";
import { site } from "../client/connect.ts";
import { BASE } from "./sheet.ts";

const LABELS = ["http://www.w3.org/2000/01/rdf-schema#label", `${BASE}ontology#title`, `${BASE}ontology#url`];
const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;
const PAGES = /^(id|source|fact)\/([a-z0-9]+(?:-[a-z0-9]+)*)$/;
const ONTOLOGY = `${BASE}ontology`;
/** So many IRIs go into one query: a server may take no longer text, and give no more rows. */
const AT_ONCE = 300;

/** The prefixed name of an IRI where a prefix fits and the rest is a plain local name, else the IRI as it is. */
export function compact(iri: string, prefixes: Readonly<Record<string, string>>): string {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && LOCAL.test(iri.slice(namespace.length))) {
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  return iri;
}

/** The address of the page about an IRI: on this site where it has one; empty where a link would lead nowhere. */
export function pageOf(iri: string, root: string, language: Language): string {
  if (iri.startsWith(BASE)) {
    const found = PAGES.exec(iri.slice(BASE.length));
    if (found) return `${root}${found[1]}/${found[2]}.html?lang=${language}`;
    if (iri === ONTOLOGY) return `${root}ontology?lang=${language}`;
    if (iri.startsWith(`${ONTOLOGY}#`)) {
      return `${root}ontology?lang=${language}#${encodeURIComponent(iri.slice(ONTOLOGY.length + 1))}`;
    }
  }
  return isWeb(iri) ? iri : "";
}

/** Whether an address is one of the web, which alone may become a link: data may hold `javascript:` too. */
export function isWeb(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address);
}

/** The text in the language, else in English or Vietnamese, else without a language, else in any. */
export function choose(texts: Readonly<Record<string, string>>, language: Language): string {
  for (const tag of [language, "en", "vi", "", ...Object.keys(texts).sort()]) {
    const text = texts[tag];
    if (text !== undefined) return text;
  }
  return "";
}

export class Names {
  readonly language: Language;
  readonly #client: Client;
  readonly #labels = new Map<string, string>();
  #prefixes: Readonly<Record<string, string>> = {};

  constructor(client: Client, language: Language) {
    this.#client = client;
    this.language = language;
  }

  /** The label of an IRI; empty where it has none, or it is not read yet. */
  label(iri: string): string {
    return this.#labels.get(iri) ?? "";
  }

  curie(iri: string): string {
    return compact(iri, this.#prefixes);
  }

  page(iri: string): string {
    return pageOf(iri, site().root, this.language);
  }

  /** What a value is called: the label or prefixed name of an IRI, the text of everything else. */
  of(term: Term | undefined): string {
    if (term === undefined) return "";
    if (term.type === "uri") return this.label(term.value) || this.curie(term.value);
    if (term.type === "bnode") return `_:${term.value}`;
    if (term.type !== "triple") return term.value;
    const { subject, predicate, object } = term.value;
    return `<< ${this.of(subject)} ${this.of(predicate)} ${this.of(object)} >>`;
  }

  /** Learn what these IRIs are called: from the glossary, and what is not in there from the graph. */
  async learn(iris: Iterable<string>): Promise<void> {
    const wanted = [...new Set(iris)].filter((iri) => !this.#labels.has(iri));
    // Without the glossary, names are asked for one by one.
    const { prefixes, names } = await this.#client.glossary().catch(() => ({ prefixes: {}, names: [] }));
    this.#prefixes = prefixes;
    const known = new Map(names.map((name) => [name.iri, name.label]));
    const unknown: string[] = [];
    for (const iri of wanted) {
      const label = known.get(iri);
      if (label !== undefined) this.#labels.set(iri, choose(label, this.language));
      else unknown.push(iri);
    }
    await this.#ask(unknown);
  }

  async #ask(iris: readonly string[]): Promise<void> {
    const described = await describe(this.#client, iris, LABELS, this.language);
    for (const iri of iris) {
      const found = described.get(iri);
      const texts = LABELS.map((property) => choose(textsOf(found?.get(property)), this.language));
      this.#labels.set(iri, texts.find(Boolean) ?? "");
    }
  }
}

/** The IRIs in these rows, those within triple terms too. */
export function irisIn(rows: Iterable<Row>, columns: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (term: Term | undefined) => {
    if (term?.type === "uri") found.add(term.value);
    else if (term?.type === "triple") Object.values(term.value).forEach(visit);
  };
  for (const row of rows) for (const name of columns) visit(row[name]);
  return found;
}

/** Subject IRI → property IRI → values. */
export type Descriptions = Map<string, Map<string, Term[]>>;

/** What the graph says of these IRIs by these properties. Rejects with `ProblemError`. */
export async function describe(
  client: Client,
  iris: readonly string[],
  properties: readonly string[],
  language: Language,
): Promise<Descriptions> {
  const found: Descriptions = new Map();
  // As a filter: joined to two tables of values, engines would try every pair.
  const among = properties.map((iri) => writeTerm({ type: "uri", value: iri })).join(", ");
  for (let start = 0; start < iris.length; start += AT_ONCE) {
    const values = iris.slice(start, start + AT_ONCE).map((value) => writeTerm({ type: "uri", value }));
    const text = `SELECT ?s ?p ?o { VALUES ?s { ${values.join(" ")} } ?s ?p ?o FILTER(?p IN (${among})) }`;
    const answer = await client.query(text, { language });
    for (const row of answer.kind === "table" ? answer.rows : []) {
      const { s, p, o } = row;
      if (s === undefined || p === undefined || o === undefined) continue;
      const about = found.get(textIri(s)) ?? new Map<string, Term[]>();
      found.set(textIri(s), about);
      about.set(textIri(p), [...(about.get(textIri(p)) ?? []), o]);
    }
  }
  return found;
}

function textIri(term: Term): string {
  return term.type === "uri" ? term.value : "";
}

/** The literals among values by language tag (empty for none); of several in a language the first in order. */
export function textsOf(values: readonly Term[] | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  const literals = (values ?? []).filter((each) => each.type === "literal");
  for (const each of literals.sort((a, b) => (a.value < b.value ? -1 : 1)))
    found[each["xml:lang"] ?? ""] ??= each.value;
  return found;
}
