/**
 * N-Triples: the simplest notation of a graph, one triple a line, which is read here as rows of terms and written term
 * by term for queries. Triple terms are read as RDF 1.2 writes them, `<<( … )>>`, and as RDF-star did, `<< … >>`.
 */

import type { Row, Term } from "./client.ts";

const STRING = "http://www.w3.org/2001/XMLSchema#string";

/** One token, from where the last one ended; what stands between them is spaces and tabs. */
const TOKEN = new RegExp(
  [
    String.raw`[ \t]*(?:`,
    String.raw`<(?<iri>[^<>"{}|^${"`"}\\\x00-\x20]*(?:\\u[0-9A-Fa-f]{4}[^<>"{}|^${"`"}\\\x00-\x20]*|\\U[0-9A-Fa-f]{8}[^<>"{}|^${"`"}\\\x00-\x20]*)*)>`,
    String.raw`|_:(?<blank>[\p{L}\p{N}_](?:[\p{L}\p{N}_.\-·]*[\p{L}\p{N}_\-·])?)`,
    String.raw`|"(?<text>(?:[^"\\\n\r]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)"`,
    String.raw`|@(?<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--(?:ltr|rtl))?)`,
    String.raw`|(?<mark><<\(|<<|\)>>|>>|\^\^|\.)`,
    String.raw`|(?<end>#.*|$)`,
    String.raw`)`,
  ].join(""),
  "uy",
);
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu;
const SHORT: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** What cannot be read as N-Triples, and in which line, counted from one. */
export class NotTriples extends Error {
  readonly line: number;

  constructor(line: number, text: string) {
    super(`Line ${line} is not N-Triples: ${text.slice(0, 80)}`);
    this.name = "NotTriples";
    this.line = line;
  }
}

/** The triples of a document as rows of `subject`, `predicate` and `object`. Throws `NotTriples`. */
export function readTriples(document: string): Row[] {
  const rows: Row[] = [];
  // Only these end a line: texts may hold any other character that ends one elsewhere.
  for (const [place, line] of document.split(/\r\n|\n|\r/).entries()) {
    const reader = new LineReader(line, place + 1);
    const row = reader.triple();
    if (row !== null) rows.push(row);
  }
  return rows;
}

type Groups = Partial<Record<"iri" | "blank" | "text" | "language" | "mark" | "end", string>>;

class LineReader {
  readonly #line: string;
  readonly #number: number;
  #place = 0;

  constructor(line: string, number: number) {
    this.#line = line;
    this.#number = number;
  }

  /** The triple of the line; `null` where it is empty or a comment. */
  triple(): Row | null {
    if (this.#peek().end !== undefined) return null;
    const row = this.#parts();
    this.#expect(".");
    if (this.#next().end === undefined) this.#fail();
    return row;
  }

  #parts(): { subject: Term; predicate: Term; object: Term } {
    const subject = this.#term();
    const predicate = this.#term();
    const object = this.#term();
    if (subject.type === "literal" || predicate.type !== "uri") this.#fail();
    return { subject, predicate, object };
  }

  #term(): Term {
    const found = this.#next();
    if (found.iri !== undefined) return { type: "uri", value: unescaped(found.iri) };
    if (found.blank !== undefined) return { type: "bnode", value: found.blank };
    if (found.text !== undefined) return this.#literal(unescaped(found.text));
    if (found.mark === "<<" || found.mark === "<<(") {
      const value = this.#parts();
      this.#expect(found.mark === "<<" ? ">>" : ")>>");
      return { type: "triple", value };
    }
    return this.#fail();
  }

  #literal(value: string): Term {
    const ahead = this.#peek();
    if (ahead.language !== undefined) {
      this.#next();
      return { type: "literal", value, "xml:lang": ahead.language };
    }
    if (ahead.mark !== "^^") return { type: "literal", value };
    this.#next();
    const datatype = this.#next().iri;
    if (datatype === undefined) return this.#fail();
    return datatype === STRING ? { type: "literal", value } : { type: "literal", value, datatype: unescaped(datatype) };
  }

  #expect(mark: string): void {
    if (this.#next().mark !== mark) this.#fail();
  }

  #peek(): Groups {
    const place = this.#place;
    const found = this.#next();
    this.#place = place;
    return found;
  }

  #next(): Groups {
    TOKEN.lastIndex = this.#place;
    const found = TOKEN.exec(this.#line);
    if (found === null) return this.#fail();
    this.#place = TOKEN.lastIndex;
    return found.groups as Groups;
  }

  #fail(): never {
    throw new NotTriples(this.#number, this.#line);
  }
}

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_, four?: string, eight?: string, short?: string) => {
    const code = four ?? eight;
    if (code === undefined) return SHORT[short ?? ""] ?? short ?? "";
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
  });
}

/** A term as N-Triples, and so SPARQL, writes it. */
export function writeTerm(term: Term): string {
  if (term.type === "uri") return `<${writeIri(term.value)}>`;
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<<( ${writeTerm(subject)} ${writeTerm(predicate)} ${writeTerm(object)} )>>`;
  }
  const text = `"${term.value.replace(/[\\"\n\r\t\b\f]/g, escaped)}"`;
  if (term["xml:lang"]) return `${text}@${term["xml:lang"]}`;
  return term.datatype && term.datatype !== STRING ? `${text}^^<${writeIri(term.datatype)}>` : text;
}

function escaped(character: string): string {
  const names: Record<string, string> = { "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f" };
  return `\\${names[character] ?? character}`;
}

// What an IRI may not hold is written so that it cannot end the IRI, whatever the data says.
function writeIri(iri: string): string {
  return iri.replace(/[\x00-\x20<>"{}|^`\\]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
