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
  return tokens.filter(({ kind, text }, place) => {
    const isName = kind === "iri" || (kind === "name" && !text.startsWith("_:"));
    return isName && !declared.has(place) && !isWord(tokens[place - 1], "BASE");
  });
}

/** The IRI of a name or an IRI; `undefined` for other tokens and unknown prefixes. */
export function expand(token: Token, prefixes: Readonly<Record<string, string>>): string | undefined {
  if (token.kind === "iri") return token.text.slice(1, -1);
  const colon = token.text.indexOf(":");
  const prefix = token.text.slice(0, colon);
  if (token.kind !== "name" || colon < 0 || !Object.hasOwn(prefixes, prefix)) return undefined;
  return prefixes[prefix] + token.text.slice(colon + 1).replaceAll("\\", "");
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
