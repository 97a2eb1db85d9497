/**
 * What the pages ask of the graph, whoever answers: the server over HTTP, or the engine in the browser on a site of
 * static files. There is one implementation of each; `connect` gives the one that the page names.
 */

import type { NetworkDocument } from "../network/document.ts";

/** A language of the pages. */
export type Language = "en" | "vi";

/** A problem as RFC 9457 has it; both implementations reject with a `ProblemError` that carries one. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  hint?: string;
  /** The same in other languages. */
  translations?: Partial<Record<Language, { detail?: string; hint?: string }>>;
  /** Where in the query, counted from one. */
  line?: number;
  column?: number;
  token?: string;
  expected?: string[];
  /** The known names most like the one that is not known. */
  nearest?: string[];
  kind?: string;
  /** The query as it was probably meant, where that is certain. */
  repaired?: string;
  /** Of what `check` doubts in a query that can be asked (status 200): the other doubts, in order of place. */
  more?: Problem[];
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** A term as SPARQL 1.1 Query Results JSON writes it; triple terms have their three parts as `value`. */
export type Term =
  | { type: "uri"; value: string }
  | { type: "bnode"; value: string }
  | { type: "literal"; value: string; datatype?: string; "xml:lang"?: string }
  | { type: "triple"; value: { subject: Term; predicate: Term; object: Term } };

/** One row: variables that are not bound are left out. */
export type Row = Record<string, Term>;

/** Where an answer comes from, which goes with it wherever it goes. */
export interface Origin {
  /** The version of the release, such as `2026.11.2`. */
  release: string;
  /** The digest of the query as the server writes it; empty where it is not known. */
  query: string;
  /** An address that gives the same answer for good; empty where there is none (a draft, a static site). */
  address: string;
  /** How to cite the answer, in the language that was asked for. */
  citation: string;
}

export interface Table {
  kind: "table";
  variables: string[];
  rows: Row[];
  /** Whether the row limit cut it off. */
  truncated: boolean;
  origin: Origin;
}

export interface Verdict {
  kind: "verdict";
  value: boolean;
  origin: Origin;
}

/** The answer to CONSTRUCT or DESCRIBE. */
export interface Graph {
  kind: "graph";
  /** As Turtle, with the usual prefixes. */
  turtle: string;
  /** The same, triple by triple; each row has `subject`, `predicate` and `object`. */
  rows: Row[];
  truncated: boolean;
  origin: Origin;
}

export type Answer = Table | Verdict | Graph;

export interface Asking {
  language: Language;
  /** Ends the work where it is still going on. */
  signal?: AbortSignal;
  /** The seconds after which it is given up; the server's own limit holds besides. */
  seconds?: number;
}

/** An entity as search and completion show it. */
export interface Found {
  /** As in `/id/{slug}`. */
  slug: string;
  iri: string;
  /** In the language that was asked for. */
  label: string;
  class: string;
  classLabel: string;
  /** The other name that was hit, where it was not the label. */
  matched?: string;
}

/** An entity, class or property as completion in the editor knows it. */
export interface Name {
  kind: "entity" | "class" | "property" | "concept";
  /** With its prefix, as a query writes it: `asoen:Meeting`. */
  curie: string;
  iri: string;
  label: Record<Language, string>;
  /** What it means, in both languages; entities have none. */
  definition?: Record<Language, string>;
  /** The CURIE of the class of an entity or concept; of a property, what it leads to. */
  of?: string;
  /** The CURIEs of the classes that carry a property; of a class, those right above it. */
  on?: string[];
}

/** What the editor completes and colours with. */
export interface Glossary {
  /** Prefixes that a query may use without declaring them. */
  prefixes: Record<string, string>;
  names: Name[];
}

/** A query of the catalogue; parameters as its header declares them. */
export interface CatalogueQuery {
  name: string;
  title: Record<Language, string>;
  description: Record<Language, string>;
  isNetwork: boolean;
  view: string | null;
  text: string;
  parameters: {
    name: string;
    type: string;
    class?: string;
    required: boolean;
    default: string | null;
    description?: Record<Language, string>;
  }[];
}

export type Arguments = Record<string, string>;

/** The formats an answer can be had in; a static site writes those that need no library of the server. */
export interface Format {
  /** As in `?format=`. */
  name: string;
  /** What people call it. */
  label: string;
  mediaType: string;
}

/** What a network is asked with: a query of the catalogue, or any text that projects `?source ?target`. */
export interface NetworkQuestion {
  name?: string;
  values?: Arguments;
  text?: string;
  /** Only so many nodes, the strongest: for what is too large to be looked at as a whole. */
  top?: number;
  language: Language;
}

export interface Client {
  /** Which of the two it is, for what can only be done by one (and is then said in words). */
  readonly kind: "server" | "static";
  readonly release: string;
  /** Run a query. Rejects with `ProblemError`. */
  query(text: string, asking: Asking): Promise<Answer>;
  /**
   * Look a query over without running it: `null` where nothing is wrong with it. A problem of status 200 is a doubt:
   * the query can be run, but names what is not there.
   */
  check(text: string, language: Language): Promise<Problem | null>;
  /** The formats in which the answer to a query of this kind can be downloaded. */
  formats(kind: Answer["kind"]): readonly Format[];
  /** The answer as a file. Rejects with `ProblemError`. */
  file(text: string, format: string, asking: Asking): Promise<Blob>;
  /** Entities called so, best first; diacritics or not. */
  search(words: string, language: Language, limit: number): Promise<Found[]>;
  glossary(): Promise<Glossary>;
  catalogue(): Promise<CatalogueQuery[]>;
  /** A query of the catalogue with values for its parameters, as text that `query` takes. Rejects with `ProblemError`. */
  bind(name: string, values: Arguments): Promise<string>;
  /** The network of the whole period: each link with its facts and their validity. Rejects with `ProblemError`. */
  network(question: NetworkQuestion, signal?: AbortSignal): Promise<NetworkDocument>;
  /**
   * Where the network can be had as a file in a form of the server, with more parameters of the address besides;
   * `null` or no such method where there is no server.
   */
  networkAddress?(question: NetworkQuestion, form: string, parameters: Record<string, string>): string | null;
}
