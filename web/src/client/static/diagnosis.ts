/**
 * What is wrong with a query the engine does not take, as `sparql/diagnosis.py` finds it and in its words: characters
 * that are no SPARQL, prefixes nobody declared, the grammar, then what a query may not do although the grammar lets it.
 */

import type { Problem, ProblemError } from "../client.ts";
import type { Grammar } from "./grammar.ts";
import { forbidden } from "./meaning.ts";
import { nearest } from "./nearness.ts";
import { mend } from "./repair.ts";
import type { IsQuery } from "./repair.ts";
import { placed, problem, tell } from "./telling.ts";
import type { Told } from "./telling.ts";
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
export interface Mistake extends Pick<Problem, "expected" | "nearest" | "repaired"> {
  start: number;
  token: string;
  message: Told;
  hint?: Told | undefined;
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
    detail: placed(place, message),
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
    return {
      ...told,
      message: tell("query.text-open", { text: cut(token.text, 24) }),
      hint: tell("query.close-text", { text: quote }),
    };
  }
  if (LOOK_ALIKES[token.text] === undefined) {
    return { ...told, message: tell("query.character-here", { text: token.text }) };
  }
  const plain = plainOf(text, tokens);
  const name = `U+${(token.text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    ...told,
    message: tell("query.character", { text: token.text, name }),
    hint: tell("query.pasted"),
    ...((await isQuery(plain)) && { repaired: plain }),
  };
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
  return {
    start: token.start,
    token: token.text,
    message: tell("query.prefix", { prefix, text: token.text }),
    hint: near === undefined ? tell("query.prefix-declare", { prefix }) : tell("query.prefix-near", { near, prefix }),
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
  const wanted = expected.length <= MANY ? tell("query.expected", { expected }) : "";
  const { hint, repaired } = await mend({ text, tokens, found, grammar }, isQuery);
  const rest = {
    hint,
    expected: expected.map((each) => (typeof each === "string" ? each : each.en)),
    ...(repaired !== undefined && { repaired }),
  };
  const token = tokens[found.position];
  if (!token) return { start: text.length, token: "", message: tell("query.too-early", { wanted }), ...rest };
  const told = { start: token.start, token: token.text };
  BROKEN_IRI.lastIndex = token.start;
  const broken = token.text === "<" ? BROKEN_IRI.exec(text) : null;
  if (broken) {
    return { ...told, message: tell("query.iri-broken", { broken: broken[0] }), hint: tell("query.iri-signs") };
  }
  return { ...told, message: tell("query.not-possible", { text: token.text, wanted }), ...rest };
}
