import type { Row, Term } from "./client.ts";

const IRI = /<([^>]*)>/y;
const BLANK = /_:([^\s<>"]+)/y;
const TEXT = /"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?/y;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g;
const SPECIAL: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** The triples of N-Triples 1.2, each as a row with `subject`, `predicate` and `object`. Throws where it is none. */
export function readTriples(text: string): Row[] {
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    if (!line.trim() || line.startsWith("#")) continue;
    rows.push(new Line(line).triple());
  }
  return rows;
}

class Line {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  triple(): { subject: Term; predicate: Term; object: Term } {
    return { subject: this.#term(), predicate: this.#term(), object: this.#term() };
  }

  #term(): Term {
    this.#skip();
    if (this.#take("<<(")) {
      const value = this.triple();
      this.#skip();
      this.#take(")>>");
      return { type: "triple", value };
    }
    let found = this.#match(IRI);
    if (found) return { type: "uri", value: plain(found[1] ?? "") };
    found = this.#match(BLANK);
    if (found) return { type: "bnode", value: found[1] ?? "" };
    found = this.#match(TEXT);
    if (!found) throw new Error(`Not N-Triples: ${this.#text.slice(this.#at, this.#at + 40)}`);
    const [, value = "", language, datatype] = found;
    return {
      type: "literal",
      value: plain(value),
      ...(language && { "xml:lang": language }),
      ...(datatype && { datatype: plain(datatype) }),
    };
  }

  #skip(): void {
    while (this.#text[this.#at] === " " || this.#text[this.#at] === "\t") this.#at++;
  }

  #take(sign: string): boolean {
    const is = this.#text.startsWith(sign, this.#at);
    if (is) this.#at += sign.length;
    return is;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}

function plain(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_, short?: string, long?: string, sign?: string) =>
    sign === undefined ? String.fromCodePoint(parseInt(short ?? long ?? "", 16)) : (SPECIAL[sign] ?? sign),
  );
}
