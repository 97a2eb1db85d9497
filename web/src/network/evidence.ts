/** What a link rests on: as lines for files, and document by document for reading. */

import type { Language } from "../client/client.ts";
import { inLanguage, type FactRow, type NetworkDocument } from "./document.ts";
import { words } from "./words.ts";

/** The citation of a fact in one line, as every file writes it; empty where it has no source. */
export function citation(document: NetworkDocument, fact: FactRow, language: Language): string {
  const [first, ...others] = fact.documents.map((number) => inLanguage(document.documents[number]?.texts, language));
  if (first === undefined) return "";
  let line = [first, inLanguage(fact.place, language)].filter(Boolean).join(", ");
  if (others.length > 0) line = [`${words(language)("joint")}: ${line}`, ...others].join("; ");
  const remark = inLanguage(fact.remark, language);
  return remark ? `${line} [${remark}]` : line;
}

/** The citations of facts, each once, in the order of their numbers, which is that of reading. */
export function citations(document: NetworkDocument, facts: readonly number[], language: Language): string[] {
  const found = facts.map((number) => citation(document, document.facts[number]!, language)).filter(Boolean);
  return [...new Set(found)];
}

/** A place in a document (or in one or more of several), with the facts that stand there. */
export interface Place {
  text: string;
  remark: string;
  facts: FactRow[];
}
export interface Cited {
  documents: number[];
  places: Place[];
}

/** The documents that facts stand in, each once with its places, each of those once with its facts. */
export function cited(document: NetworkDocument, facts: readonly number[], language: Language): Cited[] {
  const found = new Map<string, Cited>();
  for (const fact of facts.map((number) => document.facts[number]!)) {
    if (fact.documents.length === 0) continue;
    const key = fact.documents.join();
    const entry = found.get(key) ?? { documents: fact.documents, places: [] };
    found.set(key, entry);
    const [text, remark] = [inLanguage(fact.place, language), inLanguage(fact.remark, language)];
    const place = entry.places.find((each) => each.text === text && each.remark === remark);
    if (place) place.facts.push(fact);
    else entry.places.push({ text, remark, facts: [fact] });
  }
  return [...found.values()];
}

/** Where this site has what an IRI of the project stands for; `null` for other IRIs. */
export function pageOf(iri: string, root: string, language: Language): string | null {
  const found = /^https:\/\/w3id\.org\/asoen\/((?:id|fact|source)\/[^/?#]+)$/.exec(iri);
  return found ? `${new URL(found[1]!, root).href}.html?lang=${language}` : null;
}
