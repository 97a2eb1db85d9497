/** The tokens of a query as far as they must be told apart before the engine sees it: words are not names or texts. */

export interface Token {
  kind: "comment" | "iri" | "text" | "name" | "variable" | "word" | "sign";
  text: string;
  start: number;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#[^\r\n]*)`,
    String.raw`(?<iri><[^<>"{}|^${"`"}\\\x00-\x20]*>)`,
    String.raw`(?<text>"""(?:"{0,2}(?:[^"\\]|\\[^]))*"""|'''(?:'{0,2}(?:[^'\\]|\\[^]))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_\u00b7\u0300-\u036f\u203f\u2040]+)`,
    String.raw`(?<name>(?:[\p{L}](?:[\p{L}\p{N}_\-.\u00b7]*[\p{L}\p{N}_\-])?)?:(?:[\p{L}\p{N}_:%\\](?:[\p{L}\p{N}_:%\\\-.\u00b7!$&'()*+,;=/?#@~]*[\p{L}\p{N}_:%\-])?)?|_:[\p{L}\p{N}_.\-]+)`,
    String.raw`(?<word>@?[A-Za-z_][A-Za-z0-9_\-]*)`,
    String.raw`(?<sign>\S)`,
  ].join("|"),
  "gu",
);

/** The local part of a name ends where SPARQL says; what the expression took beyond is given back. */
const NAME = /^([^:]*:(?:\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}|[\p{L}\p{N}_:.\-\u00b7])*)/u;

export function* scan(text: string): Generator<Token> {
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const kind = Object.entries(found.groups ?? {}).find(([, value]) => value !== undefined)?.[0] as Token["kind"];
    let written = found[0];
    if (kind === "name" && !written.startsWith("_:")) {
      written = (NAME.exec(written)?.[1] ?? written).replace(/\.+$/, "");
      TOKEN.lastIndex = found.index + Math.max(1, written.length);
    }
    yield { kind, text: written, start: found.index };
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

/** The prefixes a query declares, and those it uses. */
export function prefixesOf(tokens: readonly Token[]): { declared: Set<string>; used: Set<string> } {
  const declared = new Set<string>();
  const used = new Set<string>();
  for (const [place, token] of tokens.entries()) {
    if (token.kind !== "name" || token.text.startsWith("_:")) continue;
    const prefix = token.text.slice(0, token.text.indexOf(":"));
    (isWord(tokens[place - 1], "PREFIX") ? declared : used).add(prefix);
  }
  return { declared, used };
}

/** Line and column, counted from one, of a place in a text. */
export function lineOf(text: string, start: number): { line: number; column: number } {
  const before = text.slice(0, start);
  return { line: before.split("\n").length, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1 };
}
