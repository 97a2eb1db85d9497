/**
 * Where a text leaves the grammar of SPARQL 1.1, and what could have stood there: `sparql/grammar.py` once more, over the
 * same file of productions. The grammar is LL(1), so the first token that fits nowhere is the mistake, exactly.
 */

import type { Token } from "./tokens.ts";

/** The first token that fits nowhere: its place in the list, and the terminals that would have fitted. */
export interface Failure {
  position: number;
  expected: ReadonlySet<string>;
}

type Node =
  | { kind: "terminal"; name: string }
  | { kind: "rule"; name: string }
  | { kind: "sequence"; children: readonly Node[] }
  | { kind: "choice"; children: readonly Node[] }
  | { kind: "?" | "*" | "+"; child: Node };

const EMPTY = "";

/** Not an error: the way out of the recursion. */
class Stuck extends Error {}

export class Grammar {
  /** Every keyword, in capitals (but `a`). */
  readonly keywords: ReadonlySet<string>;
  readonly #rules = new Map<string, Node>();
  readonly #first = new Map<Node, ReadonlySet<string>>();

  /** From productions in the notation of the W3C. */
  constructor(written: string) {
    const quoted = new Set<string>();
    for (const line of written.split("\n")) {
      const [name = "", body] = line.split("::=");
      if (body === undefined || line.startsWith("#")) continue;
      const words = body.match(/'[^']+'|\w+|[()|?*+]/g) ?? [];
      for (const word of words) if (/^'[A-Za-z]/.test(word)) quoted.add(word.slice(1, -1));
      this.#rules.set(name.trim(), alternatives(words));
    }
    this.keywords = quoted;
  }

  /** Where the tokens (without comments) leave the grammar of a query; `null` where they do not. */
  failure(tokens: readonly Token[]): Failure | null {
    const reading = new Reading(this, [...tokens.map(terminal), "end"]);
    try {
      reading.read({ kind: "rule", name: "Query" });
      reading.end();
      return null;
    } catch (error) {
      if (error instanceof Stuck) return { position: reading.position, expected: reading.expected };
      if (error instanceof RangeError) return null; // brackets nest too deep to be followed
      throw error;
    }
  }

  rule(name: string): Node {
    const found = this.#rules.get(name);
    if (!found) throw new Error(`The grammar has no production ${name}`);
    return found;
  }

  /** The terminals a node can begin with; the empty text among them where it can be empty. */
  first(node: Node): ReadonlySet<string> {
    let found = this.#first.get(node);
    if (!found) this.#first.set(node, (found = this.#firstOf(node)));
    return found;
  }

  #firstOf(node: Node): ReadonlySet<string> {
    if (node.kind === "terminal") return new Set([node.name]);
    if (node.kind === "rule") return this.first(this.rule(node.name));
    if (node.kind === "choice") return new Set(node.children.flatMap((each) => [...this.first(each)]));
    if (node.kind !== "sequence") return new Set([...this.first(node.child), ...(node.kind === "+" ? [] : [EMPTY])]);
    const found = new Set([EMPTY]);
    for (const child of node.children) {
      found.delete(EMPTY);
      for (const each of this.first(child)) found.add(each);
      if (!found.has(EMPTY)) break;
    }
    return found;
  }
}

/** One walk through the terminals. `expected` holds those tried since the last token that fitted. */
class Reading {
  readonly #grammar: Grammar;
  readonly #terminals: readonly string[];
  position = 0;
  expected = new Set<string>();

  constructor(grammar: Grammar, terminals: readonly string[]) {
    this.#grammar = grammar;
    this.#terminals = terminals;
  }

  read(node: Node): void {
    if (node.kind === "terminal") this.#take(node.name);
    else if (node.kind === "rule") this.read(this.#grammar.rule(node.name));
    else if (node.kind === "sequence") for (const child of node.children) this.read(child);
    else if (node.kind === "choice") this.#choose(node, node.children);
    else this.#repeat(node.kind, node.child);
  }

  end(): void {
    if (this.#current !== "end") throw new Stuck();
  }

  get #current(): string {
    return this.#terminals[this.position] ?? "end";
  }

  #take(name: string): void {
    if (this.#current !== name) {
      this.expected.add(name);
      throw new Stuck();
    }
    this.position++;
    this.expected.clear();
  }

  #choose(node: Node, children: readonly Node[]): void {
    const fitting = children.find((child) => this.#grammar.first(child).has(this.#current));
    if (fitting) return this.read(fitting);
    this.#expect(node);
    if (!this.#grammar.first(node).has(EMPTY)) throw new Stuck();
  }

  #repeat(kind: "?" | "*" | "+", child: Node): void {
    if (kind === "+") this.read(child);
    while (this.#grammar.first(child).has(this.#current)) {
      this.read(child);
      if (kind === "?") return;
    }
    this.#expect(child);
  }

  #expect(node: Node): void {
    for (const each of this.#grammar.first(node)) if (each !== EMPTY) this.expected.add(each);
  }
}

/** The alternatives at the start of the words, which are used up; ends at a closing bracket or the end. */
function alternatives(words: string[]): Node {
  const branches: Node[][] = [[]];
  while (words.length && words[0] !== ")") {
    const word = words.shift() as string;
    const branch = branches.at(-1) as Node[];
    if (word === "|") branches.push([]);
    else if (word === "?" || word === "*" || word === "+") branch.push({ kind: word, child: branch.pop() as Node });
    else if (word === "(") {
      branch.push(alternatives(words));
      words.shift();
    } else branch.push({ kind: word.startsWith("'") || /^[A-Z_]+$/.test(word) ? "terminal" : "rule", name: word });
  }
  const sequences = branches.map((branch): Node => {
    return branch.length === 1 ? (branch[0] as Node) : { kind: "sequence", children: branch };
  });
  return sequences.length === 1 ? (sequences[0] as Node) : { kind: "choice", children: sequences };
}

const TERMINALS: Partial<Record<Token["kind"], string>> = {
  iri: "IRIREF",
  variable: "VAR",
  string: "STRING",
  language: "LANGTAG",
  blank: "BLANK_NODE_LABEL",
  nil: "NIL",
  anon: "ANON",
};

/** The terminal of the grammar a token is: `VAR`, `'SELECT'`, `'{'` …; empty where it is none. */
function terminal({ kind, text }: Token): string {
  if (kind === "word") return text === "a" ? "'a'" : `'${text.toUpperCase()}'`;
  if (kind === "punctuation") return `'${text}'`;
  if (kind === "name") return text.indexOf(":") === text.length - 1 ? "PNAME_NS" : "PNAME_LN";
  if (kind === "integer" || kind === "decimal" || kind === "double") {
    return /^[+-]/.test(text) ? "SIGNED" : kind === "integer" ? "INTEGER" : "DECIMAL";
  }
  return TERMINALS[kind] ?? "";
}
