/**
 * A network with its occasions, as `/api/networks/{name}/occasions.json` gives it and `project.ts` makes it of rows.
 * Kinds, relations, documents and facts stand once and are named by their number; texts are in both languages.
 */

import type { Language } from "../client/client.ts";

export type Texts = Partial<Record<Language, string>>;

/** Weight, first and last day (`null` where not known, both where there is no date), and facts. */
export type Occasion = [weight: number, start: string | null, end: string | null, facts: number[]];

/** Two nodes, their relation (`null` where it has no name), and each occasion of it. */
export type LinkRow = [source: number, target: number, relation: number | null, occasions: Occasion[]];

/** A kind of node or a relation: `rank` is its place in the vocabulary, by which it keeps its look. */
export interface Named {
  key: string;
  labels: Texts;
  rank: number | null;
  iri: string;
}

export interface NodeRow {
  /** The slug of an entity, or the IRI as short as prefixes make it: how files name the node. */
  id: string;
  iri: string;
  labels: Texts;
  kind: number;
  /** Where it stands in the picture of all time; left out where it has no place. */
  x?: number;
  y?: number;
}

export interface DocumentRow {
  iri: string;
  texts: Texts;
  url: string;
}

/** A fact: the document its place belongs to, then those it is jointly attributed to. */
export interface FactRow {
  iri: string;
  documents: number[];
  place?: Texts;
  /** Left out where it is accepted. */
  status?: string;
  /** The status in words, with the curator's note. */
  remark?: Texts;
}

export type Layout = "spring" | "layered" | "circle";

export interface NetworkDocument {
  form: "asoen-network-1";
  name: string;
  title: Texts;
  description: Texts;
  /** What weights count; empty where nobody says. */
  weights: Texts;
  /** What two sources share, and what two targets do. */
  shared: Partial<Record<Side, Texts>>;
  columns: Record<string, Texts>;
  directed: boolean;
  /** Whether weights count anything; where not, every link weighs 1. */
  weighted: boolean;
  /** Whether nothing is both source and target, so that one side can be joined by what it shares. */
  twoMode: boolean;
  layout: Layout;
  release: string;
  notes: string[];
  kinds: Named[];
  relations: Named[];
  nodes: NodeRow[];
  links: LinkRow[];
  documents: DocumentRow[];
  facts: FactRow[];
}

export type Side = "source" | "target";

/** The text in the language, else in the other. */
export function inLanguage(texts: Texts | undefined, language: Language): string {
  return texts?.[language] ?? texts?.en ?? texts?.vi ?? "";
}
