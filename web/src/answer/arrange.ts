/** Which rows of a table are shown, and in what order. */

import type { Language } from "../client/client.ts";
import { comparer, folded } from "./values.ts";
import type { Key } from "./values.ts";

/** A row as it is arranged: what stands in its cells, and by what each is put in order. */
export interface Line {
  /** Its place in the answer. */
  index: number;
  /** The cells without diacritics and case. */
  folded: readonly string[];
  keys: readonly (Key | null)[];
}

export interface Arrangement {
  /** The words that all must stand somewhere in a row. */
  filter: string;
  /** What must stand in a column, by its place. */
  filters: ReadonlyMap<number, string>;
  /** The column it is sorted by; `null` for the order of the query. */
  sort: { column: number; descending: boolean } | null;
}

/** The lines that fit, in order. Empty cells come last whichever way a column is sorted; the rest keeps its order. */
export function arrange(lines: readonly Line[], wanted: Arrangement, language: Language): Line[] {
  const words = folded(wanted.filter).split(/\s+/).filter(Boolean);
  const filters = [...wanted.filters].map(([column, text]) => [column, folded(text).trim()] as const);
  const found = lines.filter(
    (line) =>
      words.every((word) => line.folded.some((text) => text.includes(word))) &&
      filters.every(([column, text]) => (line.folded[column] ?? "").includes(text)),
  );
  return wanted.sort === null ? found : sorted(found, wanted.sort, language);
}

function sorted(lines: Line[], { column, descending }: { column: number; descending: boolean }, language: Language) {
  const compare = comparer(language);
  const sign = descending ? -1 : 1;
  return lines.sort((one, other) => {
    const [a, b] = [one.keys[column] ?? null, other.keys[column] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || one.index - other.index;
    return sign * compare(a, b) || one.index - other.index;
  });
}

/** Lines as tab-separated values; white space inside a value becomes a space. */
export function tabbed(lines: Iterable<readonly string[]>): string {
  const written = Array.from(lines, (line) => line.map((value) => value.split(/\s+/).filter(Boolean).join(" ")));
  return written.map((line) => `${line.join("\t")}\n`).join("");
}
