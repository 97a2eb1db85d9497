/**
 * What is wrong with a query the engine does not take, as `sparql/diagnosis.py` finds it and in its words: characters
 * that are no SPARQL, prefixes nobody declared, the grammar, then what a query may not do although the grammar lets it.
 */

import type { Problem, ProblemError } from "../client.ts";
import type { Grammar } from "./grammar.ts";
import { forbidden } from "./meaning.ts";
import { nearest } from "./nearness.ts";
import { problem } from "./preparing.ts";
import { mend } from "./repair.ts";
import type { IsQuery } from "./repair.ts";
import { lineOf, namespacesOf, prefixOf, significant, usedNames } from "./tokens.ts";
import type { Token } from "./tokens.ts";
import { spell } from "./wording.ts";

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\ufeff": "",
  "\u200b": "",
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "−": "-",
  "–": "-",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
};
const BROKEN_IRI = /<[^<>\r\n?$]*>/y;
/** Signs of SPARQL 1.2 and of the engine's extensions: not in the grammar of 1.1, so it must not judge them. */
const NEWER = new Set(["<<", ">>", "<<(", ")>>", "{|", "|}", "~", "LATERAL"]);
const MANY = 8;

/** What a mistake is told by, at a place in the text. */
export interface Mistake extends Pick<Problem, "hint" | "expected" | "nearest" | "repaired"> {
  start: number;
  token: string;
  message: string;
}

/** The first mistake in a text, `null` where none is found. */
export async function diagnose(
  text: string,
  prefixes: Readonly<Record<string, string>>,
  grammar: Grammar,
  isQuery: IsQuery,
): Promise<ProblemError | null> {
  const tokens = significant(text);
  const found = [
    await lexical(text, tokens, isQuery),
    undeclared(tokens, prefixes),
    await grammatical(text, tokens, grammar, isQuery),
  ].filter((each) => each !== null);
  const first = found.sort((a, b) => a.start - b.start)[0] ?? forbidden(tokens);
  return first ? syntaxProblem(text, first) : null;
}

export function syntaxProblem(text: string, mistake: Mistake): ProblemError {
  const { start, message, token, hint, expected, nearest: near, repaired } = mistake;
  const place = lineOf(text, start);
  return problem("query-syntax", 400, "The query is not valid SPARQL", {
    detail: `Line ${place.line}, column ${place.column}: ${message}`,
    ...(hint && { hint }),
    ...place,
    token,
    ...(expected?.length && { expected }),
    ...(near?.length && { nearest: near }),
    ...(repaired !== undefined && { repaired }),
  });
}

async function lexical(text: string, tokens: readonly Token[], isQuery: IsQuery): Promise<Mistake | null> {
  const token = tokens.find(({ kind }) => kind === "error");
  if (!token) return null;
  const told = { start: token.start, token: token.text };
  const quote = token.text[0] ?? "";
  if (quote === '"' || quote === "'") {
    return { ...told, message: `the text ${cut(token.text, 24)} has no end`, hint: `Close it with ${quote}` };
  }
  if (LOOK_ALIKES[token.text] === undefined) {
    return { ...told, message: `the character ${written(token.text)} is not SPARQL here` };
  }
  const plain = plainOf(text, tokens);
  const name = `U+${(token.text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    ...told,
    message: `the character ${written(token.text)} (${name}) is not SPARQL`,
    hint: "It looks like a plain character and comes from copying; type it again",
    ...((await isQuery(plain)) && { repaired: plain }),
  };
}

/** A character as Python writes it: those that cannot be seen by their number. */
function written(character: string): string {
  if (/[\p{C}\p{Z}]/u.test(character)) {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    if (code.length <= 2) return `'\\x${code.padStart(2, "0")}'`;
    return code.length <= 4 ? `'\\u${code.padStart(4, "0")}'` : `'\\U${code.padStart(8, "0")}'`;
  }
  return character === "\\" ? "'\\\\'" : `'${character}'`;
}

function cut(text: string, length: number): string {
  return [...text].slice(0, length).join("");
}

function plainOf(text: string, tokens: readonly Token[]): string {
  let [made, done] = ["", 0];
  for (const { kind, text: each, start } of tokens) {
    made +=
      text.slice(done, start) + (kind === "error" ? [...each].map((sign) => LOOK_ALIKES[sign] ?? sign).join("") : each);
    done = start + each.length;
  }
  return made + text.slice(done);
}

function undeclared(tokens: readonly Token[], prefixes: Readonly<Record<string, string>>): Mistake | null {
  const known = { ...prefixes, ...namespacesOf(tokens) };
  const token = usedNames(tokens).find((each) => each.kind === "name" && !Object.hasOwn(known, prefixOf(each)));
  if (!token) return null;
  const prefix = prefixOf(token);
  const [near] = nearest(prefix, Object.keys(known), 1);
  const hint = near === undefined ? "Declare it" : `Did you mean ${near}:? If not, declare it`;
  return {
    start: token.start,
    token: token.text,
    message: `the prefix ${prefix}: of ${token.text} is not declared`,
    hint: `${hint} at the start: PREFIX ${prefix}: <…>`,
  };
}

async function grammatical(
  text: string,
  tokens: readonly Token[],
  grammar: Grammar,
  isQuery: IsQuery,
): Promise<Mistake | null> {
  const found = grammar.failure(tokens);
  if (!found || tokens.slice(0, found.position + 1).some((each) => NEWER.has(each.text.toUpperCase()))) return null;
  const expected = spell(found.expected, grammar.keywords);
  const wanted = expected.length <= MANY ? `; expected ${listed(expected)}` : "";
  const { hint, repaired } = await mend({ text, tokens, found, grammar }, isQuery);
  const rest = { hint, expected, ...(repaired !== undefined && { repaired }) };
  const token = tokens[found.position];
  if (!token) return { start: text.length, token: "", message: `the query ends too early${wanted}`, ...rest };
  const told = { start: token.start, token: token.text };
  BROKEN_IRI.lastIndex = token.start;
  const broken = token.text === "<" ? BROKEN_IRI.exec(text) : null;
  if (broken) {
    const hint = "An IRI holds no spaces, quotes or braces: write %20 …";
    return { ...told, message: `${broken[0]} is not an IRI`, hint };
  }
  return { ...told, message: `${token.text} is not possible here${wanted}`, ...rest };
}

function listed(words: readonly string[]): string {
  const [last, ...others] = words.toReversed();
  return [others.reverse().join(", "), last ?? ""].filter(Boolean).join(" or ");
}
