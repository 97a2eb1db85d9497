/** Answers as files: what the engine writes, and Markdown. */

import type { Format, Row, Term } from "../client.ts";

/** What the engine calls a format, where it writes it. */
export interface StaticFormat extends Format {
  engine: string;
}

export const TABLES: readonly StaticFormat[] = [
  { name: "csv", label: "CSV", mediaType: "text/csv", engine: "csv" },
  { name: "json", label: "JSON", mediaType: "application/sparql-results+json", engine: "json" },
  { name: "tsv", label: "TSV", mediaType: "text/tab-separated-values", engine: "tsv" },
  { name: "xml", label: "XML", mediaType: "application/sparql-results+xml", engine: "xml" },
  { name: "md", label: "Markdown", mediaType: "text/markdown", engine: "" },
];
export const GRAPHS: readonly StaticFormat[] = [
  { name: "ttl", label: "Turtle", mediaType: "text/turtle", engine: "" },
  { name: "jsonld", label: "JSON-LD", mediaType: "application/ld+json", engine: "jsonld" },
  { name: "nt", label: "N-Triples", mediaType: "application/n-triples", engine: "nt" },
  { name: "rdf", label: "RDF/XML", mediaType: "application/rdf+xml", engine: "rdf" },
];

/** A table in the Markdown of GitHub. */
export function writeMarkdown(variables: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const body = rows.map((row) => line(variables.map((variable) => escape(textOf(row[variable])))));
  return line(variables.map(escape)) + line(variables.map(() => "---")) + body.join("");
}

function textOf(term: Term | undefined): string {
  if (term === undefined) return "";
  if (term.type !== "triple") return term.type === "bnode" ? `_:${term.value}` : term.value;
  const { subject, predicate, object } = term.value;
  return `<<( ${[subject, predicate, object].map(textOf).join(" ")} )>>`;
}

function escape(text: string): string {
  return text
    .split(/\s+/u)
    .join(" ")
    .trim()
    .replace(/([\\`*_[\]<>|#~])/g, "\\$1");
}
