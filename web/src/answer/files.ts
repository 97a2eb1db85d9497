/**
 * A table as CSV or TSV for people, as the server writes those of its catalogue: what the query projects, a column
 * `<variable>Label` after each variable that holds labelled things, and last the sources. The endpoint's own CSV and TSV
 * are SPARQL's and may have nothing but the values.
 */

import { tabbed } from "./arrange.ts";
import type { Names } from "./names.ts";
import type { Row, Term } from "../client/client.ts";
import type { Sources } from "./sources.ts";
import { textOf } from "./values.ts";

export type Delimited = "csv" | "tsv";

/** The file; the sources have to be read before. */
export function delimited(
  format: Delimited,
  variables: readonly string[],
  rows: readonly Row[],
  names: Pick<Names, "label">,
  sources: Pick<Sources, "text" | "sheet">,
): Blob {
  const label = (term: Term | undefined) => (term?.type === "uri" ? names.label(term.value) : "");
  const shown = new Set(sources.sheet.columns.map((column) => column.name));
  const labelled = new Set(variables.filter((name) => shown.has(name) && rows.some((row) => label(row[name]))));
  const head = variables.flatMap((name) => (labelled.has(name) ? [name, `${name}Label`] : [name]));
  if (sources.sheet.hasSources) head.push(head.includes("sources") ? "citations" : "sources");
  const lines = rows.map((row, place) => {
    const values = variables.flatMap((name) => {
      return labelled.has(name) ? [textOf(row[name]), label(row[name])] : [textOf(row[name])];
    });
    return sources.sheet.hasSources ? [...values, sources.text(place)] : values;
  });
  const all = [head, ...lines];
  const text = format === "tsv" ? tabbed(all) : all.map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
  return new Blob([text], { type: format === "tsv" ? "text/tab-separated-values" : "text/csv" });
}

/** As RFC 4180 has it. */
function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
