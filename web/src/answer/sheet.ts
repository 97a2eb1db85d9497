/** An answer made ready for people, as the server makes it: columns with headings, and facts apart from the rest. */

import type { Row } from "../client/client.ts";
import { isNumeric, kindOfAll, textOf } from "./values.ts";
import type { Kind } from "./values.ts";

export const BASE = "https://w3id.org/asoen/";
const FACT = `${BASE}fact/`;
/** The variables that hold facts: one IRI, or several separated by spaces. */
const EVIDENCE = new Set(["fact", "facts"]);

export interface Column {
  name: string;
  heading: string;
  kind: Kind;
}

export interface Sheet {
  /** The columns to show: all but those that hold facts. */
  columns: Column[];
  rows: readonly Row[];
  /** For each row its facts, each once. */
  facts: string[][];
  /** Whether the query projects facts, so that rows can have sources. */
  hasSources: boolean;
}

export function makeSheet(
  variables: readonly string[],
  rows: readonly Row[],
  headings: Readonly<Record<string, string>> = {},
): Sheet {
  const evidence = variables.filter((name) => EVIDENCE.has(name) && canBeEvidence(rows, name));
  const columns = variables
    .filter((name) => !evidence.includes(name))
    .map((name) => ({ name, heading: headings[name] ?? name, kind: kindOfAll(valuesOf(rows, name)) }));
  const facts = rows.map((row) => [...new Set(evidence.flatMap((name) => factsIn(textOf(row[name]))))]);
  return { columns, rows, facts, hasSources: evidence.length > 0 };
}

/** A query may also call a count of facts `?facts`. */
function canBeEvidence(rows: readonly Row[], name: string): boolean {
  return rows.every((row) => !isNumeric(row[name]));
}

function* valuesOf(rows: readonly Row[], name: string) {
  for (const row of rows) yield row[name];
}

function factsIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => word.startsWith(FACT));
}

/** The rows with the facts that state each of them, which a graph does not say itself. */
export function withFacts(rows: readonly Row[], facts: readonly string[][]): Row[] {
  return rows.map((row, place) => {
    const found = facts[place] ?? [];
    return found.length ? { ...row, facts: { type: "literal", value: found.join(" ") } } : row;
  });
}
