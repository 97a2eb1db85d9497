/**
 * Lays a query out anew. Only white space between tokens changes, and keywords become capitals; so the meaning cannot
 * change, comments stay, and a query with a mistake in it can be laid out too.
 */
import { KEYWORDS, tokenize } from "./tokens.ts";
import type { Token } from "./tokens.ts";

/** Characters of a group that may stand in one line. */
const SHORT = 76;
/** From so many characters on, a line ends where its author ended it. */
const LONG = 60;
const OPERATORS = new Set(["=", "!=", "<", ">", "<=", ">=", "&&", "||"]);
const CAPITALS = new Set(KEYWORDS);
/** Words that begin a line of a group. */
const IN_GROUP = new Set(["OPTIONAL", "FILTER", "BIND", "MINUS", "GRAPH", "VALUES", "SERVICE", "SELECT"]);
/** Words that begin a line outside of groups. */
const OUTSIDE = new Set([
  "PREFIX",
  "BASE",
  "SELECT",
  "ASK",
  "CONSTRUCT",
  "DESCRIBE",
  "FROM",
  "GROUP",
  "HAVING",
  "ORDER",
]);
for (const word of ["LIMIT", "OFFSET", "VALUES"]) OUTSIDE.add(word);
/** Words that a bracket keeps its distance from; others call with it. */
const BEFORE_BRACKET = new Set(["SELECT", "DISTINCT", "REDUCED", "IN", "BY", "VALUES", "AS", "HAVING", "WHERE"]);

/** The query laid out, with a line end after it. */
export function format(text: string): string {
  const tokens = tokenize(text);
  return tokens.length ? new Layout(text, tokens).write() : text;
}

class Layout {
  readonly #text: string;
  readonly #tokens: Token[];
  /** For each brace that opens: whether it stands in one line with what it closes. */
  readonly #inline: Set<number>;
  #out = "";
  #line = "";
  /** The braces that are open: whether each is inline, and how many round brackets are open around it. */
  #open: boolean[] = [];
  #rounds: number[] = [];
  #round = 0;
  /** Whether the line goes on a statement: it is moved in. */
  #continues = false;
  #begun = false;

  constructor(text: string, tokens: Token[]) {
    this.#text = text;
    this.#tokens = tokens;
    this.#inline = inlineGroups(tokens);
  }

  write(): string {
    this.#tokens.forEach((token, number) => this.#put(token, number));
    this.#break();
    return this.#out;
  }

  #put(token: Token, number: number): void {
    const before = this.#tokens[number - 1];
    // A text without an end has all that its line has.
    if (before?.kind === "error" && /[\r\n]/.test(this.#text.slice(before.end, token.start))) this.#break();
    const word = token.kind === "word" ? token.text.toUpperCase() : "";
    if (token.kind === "comment") return this.#comment(token, before);
    if (token.text === "}") {
      const inline = this.#open.pop() ?? true;
      this.#round = this.#rounds.pop() ?? 0;
      if (!inline) this.#break();
      this.#add(inline && before?.text === "{" ? "}" : inline ? " }" : "}");
      this.#continues = false;
      if (this.#round === 0 && this.#open.at(-1) !== true && !this.#staysAfterGroup(number)) this.#break();
      return;
    }
    if (this.#beginsLine(word, before)) this.#break();
    if (word === "SELECT" || word === "ASK" || word === "CONSTRUCT" || word === "DESCRIBE") this.#leaveHead();
    if (word === "PREFIX" || word === "BASE") this.#begun = true;
    if (before && this.#line.length >= LONG && /[\r\n]/.test(this.#text.slice(before.end, token.start))) this.#wrap();
    const shown = CAPITALS.has(word) ? word : token.text;
    this.#add((this.#line.trim() && this.#isApart(token, before) ? " " : "") + shown);
    this.#follow(token, number);
  }

  /** What comes after a token. */
  #follow(token: Token, number: number): void {
    if (token.text === "{") {
      const inline = this.#inline.has(number);
      this.#open.push(inline);
      this.#rounds.push(this.#round);
      this.#round = 0;
      this.#continues = false;
      if (!inline) this.#break();
    } else if (token.text === "(") this.#round++;
    else if (token.text === ")") this.#round = Math.max(0, this.#round - 1);
    else if (this.#round === 0 && this.#open.at(-1) === false && this.#isEndOfLine(number)) {
      if (token.text === ".") {
        this.#continues = false;
        this.#break();
      } else if (token.text === ";") {
        this.#break();
        this.#continues = true;
      }
    }
  }

  /** A comment that ends the line of the next token stays there. */
  #isEndOfLine(number: number): boolean {
    const [token, next] = [this.#tokens[number], this.#tokens[number + 1]];
    return !(next?.kind === "comment" && token && !/[\r\n]/.test(this.#text.slice(token.end, next.start)));
  }

  #comment(token: Token, before: Token | undefined): void {
    const own = !before || /[\r\n]/.test(this.#text.slice(before.end, token.start));
    if (own) this.#break();
    this.#add((this.#line.trim() ? " " : "") + token.text.trimEnd());
    const continues = this.#continues || before?.text === ";";
    this.#break();
    this.#continues = continues && before?.text !== "." && this.#open.length > 0;
  }

  #beginsLine(word: string, before: Token | undefined): boolean {
    if (!before) return false;
    if (this.#round === 0 && this.#open.length === 0 && OUTSIDE.has(word)) return before.text.toUpperCase() !== "NOT";
    if (this.#round > 0 || this.#open.at(-1) !== false) return false;
    if (IN_GROUP.has(word)) {
      this.#continues = false;
      return true;
    }
    return this.#open.length > 0 && ["GROUP", "ORDER", "LIMIT", "OFFSET", "HAVING"].includes(word);
  }

  /** `} UNION {`, `} AS ?x`, `} WHERE {`, `}.` stand in one line. */
  #staysAfterGroup(number: number): boolean {
    const next = this.#tokens[number + 1];
    if (!next) return false;
    if (next.kind === "comment") return !this.#isEndOfLine(number);
    const word = next.text.toUpperCase();
    return ["UNION", "AS", "WHERE", ".", ")", ",", "&&", "||"].includes(word);
  }

  /** A blank line between what is declared and what is asked. */
  #leaveHead(): void {
    if (this.#begun && this.#open.length === 0) this.#out = `${this.#out.trimEnd()}\n\n`;
    this.#begun = false;
  }

  #isApart(token: Token, before: Token | undefined): boolean {
    if (!before) return false;
    const wasApart = before.end < token.start;
    if (before.text === "(" || before.text === "[") return false;
    if (token.text === ")" || token.text === "]" || token.text === ",") return false;
    if (token.text === ";" && this.#round > 0) return false;
    if (before.text === "{" || token.text === "{" || token.text === "." || token.text === ";") return true;
    if (before.text === "," || before.text === ";" || before.text === "." || before.text === "}") return true;
    if (token.text === "(") {
      if (before.kind !== "word") return wasApart;
      return BEFORE_BRACKET.has(before.text.toUpperCase()) || !CAPITALS.has(before.text.toUpperCase());
    }
    const isOperation = this.#round > 0 && (OPERATORS.has(token.text) || OPERATORS.has(before.text));
    return wasApart || isOperation;
  }

  #add(text: string): void {
    if (!this.#line) this.#line = "  ".repeat(this.#depth() + (this.#continues ? 1 : 0));
    this.#line += this.#line.trim() ? text : text.trimStart();
  }

  #depth(): number {
    return this.#open.filter((inline) => !inline).length;
  }

  #break(): void {
    if (this.#line.trim()) this.#out += `${this.#line.trimEnd()}\n`;
    this.#line = "";
  }

  /** Go on in a new line, moved in. */
  #wrap(): void {
    const depth = this.#depth() + (this.#continues ? 2 : 1);
    this.#break();
    this.#line = "  ".repeat(depth);
  }
}

/** The groups that are short and simple enough for one line; that of the whole query is not. */
function inlineGroups(tokens: Token[]): Set<number> {
  const inline = new Set<number>();
  const open: { at: number; length: number; plain: boolean }[] = [];
  tokens.forEach((token, number) => {
    for (const group of open) group.length += token.text.length + 1;
    const group = open.at(-1);
    if (token.text === "{") {
      if (group) group.plain = false;
      open.push({ at: number, length: 0, plain: true });
    } else if (token.text === "}" && group) {
      open.pop();
      const isData = tokens[number] && open.length === 0 && isDataBlock(tokens, group.at);
      if (group.plain && group.length <= SHORT && (open.length > 0 || isData)) inline.add(group.at);
    } else if (group && (token.kind === "comment" || /^(SELECT|OPTIONAL|VALUES|BIND)$/i.test(token.text))) {
      group.plain = false;
    }
  });
  return inline;
}

function isDataBlock(tokens: Token[], brace: number): boolean {
  return tokens.slice(Math.max(0, brace - 8), brace).some((token) => token.text.toUpperCase() === "VALUES");
}
