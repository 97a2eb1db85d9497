/**
 * The lexer of SPARQL 1.1, as `sparql/tokens.py` has it: one regular expression for each terminal of the grammar. What is
 * no terminal becomes a token of kind `error`, so that every text has tokens.
 */

const KINDS = [
  "comment",
  "iri",
  "name",
  "blank",
  "variable",
  "language",
  "string",
  "double",
  "decimal",
  "integer",
  "word",
  "nil",
  "anon",
  "punctuation",
  "error",
] as const;

export interface Token {
  kind: (typeof KINDS)[number];
  text: string;
  start: number;
}

const LETTER = String.raw`A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}`;
const MARK = String.raw`0-9\u00b7\u0300-\u036f\u203f\u2040`;

function terminals(): RegExp {
  const letters = `[${LETTER}_]`;
  const characters = String.raw`[${LETTER}_${MARK}\-]`;
  const prefix = String.raw`[${LETTER}]${characters}*(?:\.+${characters}+){0,20}`;
  const escaped = String.raw`%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]`;
  const inner = `${characters}|:|${escaped}`;
  const local = String.raw`(?:${letters}|[:0-9]|${escaped})(?:${inner}|\.+(?=${inner}))*`;
  const code = String.raw`\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}`;
  const char = String.raw`\\[tbnrf\\"']|${code}`;
  const exponent = "[eE][+-]?[0-9]+";
  const patterns: Record<Token["kind"], string> = {
    comment: String.raw`#[^\r\n]*`,
    iri: String.raw`<(?:[^\x00-\x20<>"{}|^${"`"}\\]|${code})*>`,
    name: `(?:${prefix})?:(?:${local})?`,
    blank: String.raw`_:(?:${letters}|[0-9])(?:${characters}|\.+(?=${characters}))*`,
    variable: `[?$](?:${letters}|[0-9])[${LETTER}_${MARK}]*`,
    language: "@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    string: strings(char),
    double: String.raw`[+\-]?(?:[0-9]+\.[0-9]*${exponent}|\.?[0-9]+${exponent})`,
    decimal: String.raw`[+\-]?[0-9]*\.[0-9]+`,
    integer: String.raw`[+\-]?[0-9]+`,
    word: `${letters}[${LETTER}_${MARK}]*`,
    nil: String.raw`\([ \t\r\n]*\)`,
    anon: String.raw`\[[ \t\r\n]*\]`,
    punctuation: String.raw`<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|\|\||&&|!=|<=|>=|[(){}\[\].;,=<>!\|/^*+?~\-]`,
    // An open quote runs to the end of its line: the rest of that line is most likely its text.
    error: String.raw`"[^\r\n]*|'[^\r\n]*|[^ \t\r\n]`,
  };
  return new RegExp(KINDS.map((kind) => `(?<${kind}>${patterns[kind]})`).join("|"), "gu");
}

function strings(char: string): string {
  const long = [`'`, `"`].map((q) => String.raw`${q.repeat(3)}(?:${q}{0,2}(?:[^${q}\\]|${char}))*${q.repeat(3)}`);
  const short = [`'`, `"`].map((q) => String.raw`${q}(?:[^${q}\\\n\r]|${char})*${q}`);
  return [...long, ...short].join("|");
}

const TOKEN = terminals();

export function* scan(text: string): Generator<Token> {
  for (const found of text.matchAll(TOKEN)) {
    const kind = KINDS.find((each) => found.groups?.[each] !== undefined) ?? "error";
    yield { kind, text: found[0], start: found.index };
  }
}

/** All but comments. */
export function significant(text: string): Token[] {
  return [...scan(text)].filter((token) => token.kind !== "comment");
}

export function isWord(token: Token | undefined, ...words: string[]): boolean {
  return token?.kind === "word" && words.includes(token.text.toUpperCase());
}

/** The tokens after the declarations. */
export function body(tokens: readonly Token[]): readonly Token[] {
  let place = 0;
  while (isWord(tokens[place], "PREFIX", "BASE")) place += isWord(tokens[place], "PREFIX") ? 3 : 2;
  return tokens.slice(place);
}

const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];

/** What kind of query it is, `null` for what is none. */
export function formOf(text: string): string | null {
  const first = body(significant(text))[0];
  return isWord(first, ...FORMS) ? (first as Token).text.toUpperCase() : null;
}

/** Line and column, counted from one, of a place in a text. */
export function lineOf(text: string, start: number): { line: number; column: number } {
  const before = text.slice(0, start);
  return { line: before.split("\n").length, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1 };
}

/** The prefixes that a text declares, with their namespaces. */
export function namespacesOf(tokens: readonly Token[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const place of declarations(tokens)) {
    found[(tokens[place] as Token).text.slice(0, -1)] = (tokens[place + 1] as Token).text.slice(1, -1);
  }
  return found;
}

/** The names and IRIs that name something: those of the declarations are left out. */
export function usedNames(tokens: readonly Token[]): Token[] {
  const declared = new Set(declarations(tokens).flatMap((place) => [place, place + 1]));
  return tokens.filter(({ kind }, place) => {
    return (kind === "iri" || kind === "name") && !declared.has(place) && !isWord(tokens[place - 1], "BASE");
  });
}

/** What stands before the colon of a name. */
export function prefixOf(token: Token): string {
  return token.text.slice(0, token.text.indexOf(":"));
}

/** The IRI of a name or an IRI; `undefined` for other tokens and unknown prefixes. */
export function expand(token: Token, prefixes: Readonly<Record<string, string>>): string | undefined {
  if (token.kind === "iri") return token.text.slice(1, -1);
  const prefix = prefixOf(token);
  if (token.kind !== "name" || !Object.hasOwn(prefixes, prefix)) return undefined;
  return prefixes[prefix] + token.text.slice(prefix.length + 1).replaceAll("\\", "");
}

/** Where the names stand that are declared. */
function declarations(tokens: readonly Token[]): number[] {
  return [...tokens.keys()].filter((place) => {
    const [name, iri] = [tokens[place], tokens[place + 1]];
    return (
      isWord(tokens[place - 1], "PREFIX") && name?.text.endsWith(":") && name.kind === "name" && iri?.kind === "iri"
    );
  });
}
