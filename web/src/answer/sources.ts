/** The sources of an answer as footnotes: numbered in the order of its rows, those that say the same once. */

import type { Citation, Citations } from "./citations.ts";
import type { Sheet } from "./sheet.ts";

export interface Note {
  number: number;
  text: string;
  /** The citation of the first fact that has it: facts that share document and place share a note. */
  citation: Citation;
}

/** So many facts are looked up at once: few at first, so that the rows in sight have theirs soon. */
const AT_ONCE = [400, 2000];

export class Sources {
  readonly sheet: Sheet;
  /** Resolves when all are read; rejects where they cannot be. */
  readonly read: Promise<void>;
  readonly #citations: Citations;
  readonly #cited = new Map<string, Citation>();
  readonly #notes = new Map<string, Note>();
  readonly #listeners = new Set<() => void>();
  /** So many rows, from the first on, have theirs. */
  #known = 0;

  constructor(sheet: Sheet, citations: Citations) {
    this.sheet = sheet;
    this.#citations = citations;
    this.read = this.#read();
    // Who waits for it hears of it; where nobody does, the rows go without.
    this.read.catch(() => {});
  }

  /** The footnotes of a row by number; `null` where they are not read yet. */
  of(row: number): Note[] | null {
    if (row >= this.#known) return null;
    const notes = new Set<Note>();
    for (const fact of this.sheet.facts[row] ?? []) {
      const note = this.#notes.get(this.#cited.get(fact)?.text ?? "");
      if (note) notes.add(note);
    }
    return [...notes].sort((one, other) => one.number - other.number);
  }

  /** All sources of a row in one text; empty while they are not read. */
  text(row: number): string {
    return (this.of(row) ?? []).map((note) => note.text).join(" | ");
  }

  /** Calls back whenever more are known. */
  listen(tell: () => void): void {
    this.#listeners.add(tell);
  }

  async #read(): Promise<void> {
    const { facts } = this.sheet;
    if (!this.sheet.hasSources) {
      this.#known = facts.length;
      return;
    }
    let [row, turn] = [0, 0];
    while (row < facts.length) {
      const wanted = new Set<string>();
      const room = AT_ONCE[Math.min(turn, AT_ONCE.length - 1)] ?? 1;
      let end = row;
      for (; end < facts.length && (end === row || wanted.size < room); end += 1) {
        for (const fact of facts[end] ?? []) if (!this.#cited.has(fact)) wanted.add(fact);
      }
      const found = wanted.size ? await this.#citations.read([...wanted]) : new Map<string, Citation>();
      for (const [fact, citation] of found) this.#cited.set(fact, citation);
      this.#number(facts.slice(row, end));
      [row, turn] = [end, turn + 1];
      this.#known = row;
      for (const tell of this.#listeners) tell();
    }
  }

  #number(rows: readonly string[][]): void {
    for (const fact of rows.flat()) {
      const citation = this.#cited.get(fact);
      if (!citation || this.#notes.has(citation.text)) continue;
      this.#notes.set(citation.text, { number: this.#notes.size + 1, text: citation.text, citation });
    }
  }
}
