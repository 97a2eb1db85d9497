/** What a query may not do although the grammar lets it: `sparql/meaning.py` once more. */

import type { Mistake } from "./diagnosis.ts";
import { tell } from "./telling.ts";
import type { Told } from "./telling.ts";
import { isWord } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const AGGREGATES = ["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"];

/** One `SELECT`. */
export interface Selection {
  plain: Token[];
  /** The variables that expressions are given to. */
  aliases: Token[];
  isGrouped: boolean;
  /** What it is grouped by. */
  grouped: ReadonlySet<string>;
  /** The tokens of its group graph pattern. */
  pattern: readonly Token[];
}

/** Every `SELECT` of a query, sub-selects included. */
export function selections(tokens: readonly Token[]): Selection[] {
  return tokens.flatMap((token, place) => (isWord(token, "SELECT") ? [selectionAt(tokens, place)] : []));
}

/** The first thing forbidden in a well-formed query, as far as one can tell without its algebra. */
export function forbidden(tokens: readonly Token[]): Mistake | null {
  const all = selections(tokens);
  return (
    relativeIri(tokens) ??
    firstOf(all.map((each) => repeated(each) ?? (each.isGrouped ? ungrouped(each) : null))) ??
    assignedTwice(tokens) ??
    unevenValues(tokens) ??
    firstOf(all.map(overridden))
  );
}

function firstOf<Thing>(things: readonly (Thing | null)[]): Thing | null {
  return things.find((each) => each !== null) ?? null;
}

function at({ start, text }: Token, message: Told, hint?: Told): Mistake {
  return { start, token: text, message, ...(hint && { hint }) };
}

const nameOf = (token: Token) => token.text.slice(1);

function selectionAt(tokens: readonly Token[], start: number): Selection {
  const [plain, aliases]: [Token[], Token[]] = [[], []];
  let [depth, place, hasAggregate] = [0, start + 1, false];
  for (; place < tokens.length; place++) {
    const token = tokens[place] as Token;
    if (isWord(token, "WHERE", "FROM") || token.text === "{") break;
    depth += Number(token.text === "(") - Number(token.text === ")");
    hasAggregate ||= isWord(token, ...AGGREGATES);
    if (token.kind === "variable" && depth === 0) plain.push(token);
    if (token.kind === "variable" && isWord(tokens[place - 1], "AS")) aliases.push(token);
  }
  const end = patternEnd(tokens, place);
  const grouping = groupingAt(tokens, end);
  const isGrouped = hasAggregate || grouping !== null;
  return { plain, aliases, isGrouped, grouped: grouping ?? new Set(), pattern: tokens.slice(place, end) };
}

/** Where the group graph pattern that starts at or after a place is over. */
function patternEnd(tokens: readonly Token[], start: number): number {
  let [depth, place] = [0, start];
  while (place < tokens.length) {
    const { text } = tokens[place++] as Token;
    depth += Number(text === "{") - Number(text === "}");
    if (depth === 0 && text === "}") break;
  }
  return place;
}

function groupingAt(tokens: readonly Token[], place: number): Set<string> | null {
  if (!isWord(tokens[place], "GROUP")) return null;
  const found = new Set<string>();
  for (const token of tokens.slice(place)) {
    if (isWord(token, "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES") || token.text === "}") break;
    if (token.kind === "variable") found.add(nameOf(token));
  }
  return found;
}

function relativeIri(tokens: readonly Token[]): Mistake | null {
  if (tokens.some((token) => isWord(token, "BASE"))) return null;
  const token = tokens.find(({ kind, text }) => kind === "iri" && !/^<[A-Za-z][A-Za-z0-9+.-]*:/.test(text));
  return token ? at(token, tell("query.iri-relative", { text: token.text }), tell("query.iri-whole")) : null;
}

function repeated({ plain, aliases }: Selection): Mistake | null {
  const seen = new Set<string>();
  for (const token of [...plain, ...aliases].sort((a, b) => a.start - b.start)) {
    if (seen.has(nameOf(token))) return at(token, tell("query.twice", { text: token.text }), tell("query.twice-name"));
    seen.add(nameOf(token));
  }
  return null;
}

function ungrouped({ plain, grouped }: Selection): Mistake | null {
  const token = plain.find((each) => !grouped.has(nameOf(each)));
  if (!token) return null;
  const { text } = token;
  return at(token, tell("query.not-grouped", { text }), tell("query.group-by", { text }));
}

function overridden({ aliases, pattern }: Selection): Mistake | null {
  const used = new Set(pattern.filter(({ kind }) => kind === "variable").map(nameOf));
  const token = aliases.find((each) => used.has(nameOf(each)));
  return token ? at(token, tell("query.as-in-pattern", { text: token.text }), tell("query.as-other")) : null;
}

function assignedTwice(tokens: readonly Token[]): Mistake | null {
  const seen = new Set<string>();
  for (const [place, token] of tokens.entries()) {
    if (token.kind !== "variable") continue;
    if (isWord(tokens[place - 1], "AS") && seen.has(nameOf(token))) {
      return at(token, tell("query.as-again", { text: token.text }), tell("query.as-other"));
    }
    seen.add(nameOf(token));
  }
  return null;
}

function unevenValues(tokens: readonly Token[]): Mistake | null {
  return firstOf(
    tokens.map((token, place) =>
      isWord(token, "VALUES") && tokens[place + 1]?.text === "(" ? uneven(tokens, place) : null,
    ),
  );
}

/** The first row of the `VALUES` at a place that has another number of values than there are variables. */
function uneven(tokens: readonly Token[], place: number): Mistake | null {
  let [width, opening, count]: [number | null, Token, number] = [null, tokens[place] as Token, 0];
  for (const token of tokens.slice(place + 1)) {
    if (token.text === "(") [opening, count] = [token, 0];
    else if (token.text === ")") {
      if (width !== null && count !== width) {
        return at(opening, tell("query.values-uneven", { count, width }));
      }
      width ??= count;
    } else if (token.text === "}") break;
    else if (token.kind !== "language" && token.text !== "^^") count++;
  }
  return null;
}
