/** The one small edit that makes a text SPARQL, where there is exactly one: `sparql/repair.py` once more. */

import type { Failure, Grammar } from "./grammar.ts";
import { closest } from "./nearness.ts";
import { tell } from "./telling.ts";
import type { Told } from "./telling.ts";
import { isWord, lineOf, significant } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };
const INSERTED = ["'.'", "';'", "','", "'}'", "')'", "'{'", "'('", "']'", "'BY'", "'AS'"];
const REMOVED = [",", ";", ".", "=", "}", ")", "]"];
const PAIRS = ["ORDER BY", "GROUP BY", "NOT EXISTS", "NOT IN"];
const NAMES = ["n", "count", "number", "result"];
const AGGREGATES = ["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"];
/** Characters of a text that edits are tried on; each takes reading it anew. */
const LONGEST = 100_000;
/** How much of a misspelt word must agree with the word meant to be sure of it. */
const ALIKE = 0.8;

/** A change of the text between two places, and what to say about it. */
interface Edit {
  start: number;
  end: number;
  replacement: string;
  hint: Told;
}

export interface Mending {
  hint?: Told | undefined;
  /** The whole query mended, where there is exactly one way. */
  repaired?: string;
}

interface Broken {
  text: string;
  tokens: readonly Token[];
  found: Failure;
  grammar: Grammar;
}

type Kind = (broken: Broken) => Edit[];

/** Whether the engine takes a text. */
export type IsQuery = (text: string) => Promise<boolean>;

/**
 * How to mend a query that leaves the grammar. Each kind of edit is tried alone, likely kinds first; one may be needed
 * more than once, but kinds are not mixed: with two different edits almost anything becomes SPARQL.
 */
export async function mend(broken: Broken, isQuery: IsQuery): Promise<Mending> {
  for (const [kind, most] of broken.text.length <= LONGEST ? EDITS : []) {
    const first = kind(broken);
    const ways = new Map<string, Edit>();
    const results = new Set<string>();
    for (const edit of first) {
      const made = mended(apply(edit, broken.text), kind, most - 1, broken.grammar);
      if (made.length) ways.set(JSON.stringify(edit), edit);
      if (made.length) results.add(made.at(-1) as string);
    }
    if (ways.size) {
      const [first, second] = [...ways.values()].map((edit) => edit.hint);
      const hint = first && second ? tell("query.or", { first, second }) : first;
      const [result, ...others] = [...results];
      const isCertain = result !== undefined && !others.length && (await isQuery(result));
      return { hint, ...(isCertain && { repaired: result }) };
    }
    if (kind === respellings && first[0]) return { hint: first[0].hint };
  }
  return {};
}

function apply(edit: Edit, text: string): string {
  return text.slice(0, edit.start) + edit.replacement + text.slice(edit.end);
}

function mended(text: string, kind: Kind, edits: number, grammar: Grammar): string[] {
  const tokens = significant(text);
  const found = grammar.failure(tokens);
  if (found === null) return [text];
  if (edits === 0) return [];
  return kind({ text, tokens, found, grammar }).flatMap((edit) => mended(apply(edit, text), kind, edits - 1, grammar));
}

function respellings({ tokens, found, grammar }: Broken): Edit[] {
  const token = tokens[found.position];
  if (token?.kind !== "word") return [];
  const expected = new Set([...found.expected].map((each) => each.replace(/^'|'$/g, "")));
  const words = [...expected].filter((word) => grammar.keywords.has(word) && word !== "SERVICE" && word !== "SILENT");
  const pairs = PAIRS.filter((pair) => words.includes(pair.split(" ")[0] as string));
  const meant = closest(token.text.toUpperCase(), [...words, ...pairs], 1, ALIKE);
  return meant.map((word) => ({
    ...placeOf(token),
    replacement: word,
    hint: tell("value.did-you-mean", { near: word }),
  }));
}

function closings({ text, tokens, found }: Broken): Edit[] {
  const open: Token[] = [];
  for (const token of tokens) {
    if (CLOSING[token.text]) open.push(token);
    else if (token.text === CLOSING[open.at(-1)?.text ?? ""]) open.pop();
  }
  const last = open.at(-1);
  if (!last || tokens[found.position]) return [];
  const { line, column } = lineOf(text, last.start);
  const hint = tell("query.not-closed", { text: last.text, line, column });
  const signs = open.map((token) => CLOSING[token.text]).reverse();
  // On a line of its own, for the text may end in a comment.
  return [{ start: text.length, end: text.length, replacement: `\n${signs.join(" ")}`, hint }];
}

/** `SELECT COUNT(?x)` → `SELECT (COUNT(?x) AS ?n)`. */
function wrappings({ text, tokens, found }: Broken): Edit[] {
  const token = tokens[found.position];
  if (!token || !isWord(token, ...AGGREGATES) || !found.expected.has("'('") || !found.expected.has("VAR")) return [];
  let depth = 0;
  for (const each of tokens.slice(found.position + 1)) {
    depth += Number(each.text === "(") - Number(each.text === ")");
    if (depth !== 0) continue;
    const end = each.start + each.text.length;
    const name = freeName(tokens);
    const hint = tell("query.needs-name", { text: token.text, name });
    return [{ start: token.start, end, replacement: `(${text.slice(token.start, end)} AS ?${name})`, hint }];
  }
  return [];
}

function freeName(tokens: readonly Token[]): string {
  const taken = new Set(tokens.filter(({ kind }) => kind === "variable").map(({ text }) => text.slice(1)));
  const usual = NAMES.find((name) => !taken.has(name));
  if (usual) return usual;
  let number = 0;
  while (taken.has(`n${number}`)) number++;
  return `n${number}`;
}

function insertions({ tokens, found }: Broken): Edit[] {
  const token = tokens[found.position];
  if (!token) return [];
  const fitting = INSERTED.filter((item) => found.expected.has(item)).sort();
  return fitting.map((item) => {
    const hint = tell("query.missing-before", { item, text: token.text });
    return { start: token.start, end: token.start, replacement: `${item.slice(1, -1)} `, hint };
  });
}

function removals({ tokens, found }: Broken): Edit[] {
  const token = tokens[found.position];
  if (!token || !REMOVED.includes(token.text)) return [];
  return [{ ...placeOf(token), replacement: "", hint: tell("query.take-out", { text: token.text }) }];
}

function placeOf({ start, text }: Token): { start: number; end: number } {
  return { start, end: start + text.length };
}

/** The kinds of edits, likely ones first, and how often each may be needed. */
const EDITS: readonly [Kind, number][] = [
  [respellings, 3],
  [closings, 1],
  [wrappings, 3],
  [insertions, 1],
  [removals, 9],
];
