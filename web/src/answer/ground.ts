/** What all views of an answer stand on. */

import type { Answer, Client, Language, Row } from "../client/client.ts";
import type { Names } from "./names.ts";
import type { Sheet } from "./sheet.ts";
import type { Sources } from "./sources.ts";

export interface Shown {
  client: Client;
  language: Language;
  /** The query that was asked, for downloads and for asking again. */
  text: string;
  /** The view the catalogue recommends for it: `table`, `chart`, `map`, `timeline`, `network`. */
  view?: string;
  /** What the answer is called, where it has a name. */
  title?: string;
  /** What its files are called, such as the name of a catalogue query; `answer` unless told. */
  name?: string;
  /** What its columns are called, by variable. */
  headings?: Readonly<Record<string, string>>;
  /** The column of each role in its map or timeline, as the header of a catalogue query says. */
  picture?: Readonly<Record<string, string>>;
  /** How long it took; where it is told, so is how many rows there are, else the page does both. */
  seconds?: number;
  /** What else is said where no row fits. */
  advice?: string;
  /** Told when another view is chosen. */
  onView?: (view: string) => void;
}

export interface Ground {
  answer: Answer;
  shown: Shown;
  client: Client;
  language: Language;
  title: string;
  /** How files made of it are called, without an ending. */
  fileName: string;
  sheet: Sheet;
  names: Names;
  sources: Sources;
  /** Says something to those who listen, and shows it. */
  announce: (words: string) => void;
  /** Says something that is in sight already to those who listen. */
  whisper: (words: string) => void;
}

/** The rows of an answer that has any. */
export function rowsOf(answer: Answer): readonly Row[] {
  return answer.kind === "verdict" ? [] : answer.rows;
}
