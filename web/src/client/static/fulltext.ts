/**
 * Full-text search inside SPARQL, which the engine of the server has as functions (`fulltext.py`) and that of browsers
 * cannot be given: a call whose words are written in the query becomes an expression of SPARQL that gives the same.
 */

import { quoted } from "./binding.ts";
import { foldName } from "./names.ts";
import type { Names } from "./names.ts";
import { expand, namespacesOf, significant } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const SEARCH = "https://w3id.org/asoen/search#";
const DECIMAL = "<http://www.w3.org/2001/XMLSchema#decimal>";
const NOTHING = String.raw`[^\s\S]`;
const APOSTROPHES = "'’ʼ`";
/** What a name is compared without, and what parts its words. */
const DROPPED = String.raw`[\x{300}-\x{36f}${APOSTROPHES}\p{Cf}]*`;
const PARTING = String.raw`(?:^|[\p{P}\p{S}\p{Z}\p{Cc}\p{Cn}\p{Co}&&[^${APOSTROPHES}]])`;

/** The text with its calls written out; those whose words are not known before stay. */
export function writeOut(text: string, prefixes: Readonly<Record<string, string>>, names: Names): string {
  const tokens = significant(text);
  const all = { ...prefixes, ...namespacesOf(tokens) };
  let [made, done] = ["", 0];
  for (const [place, token] of tokens.entries()) {
    const name = expand(token, all)?.replace(SEARCH, "search#") ?? "";
    const call =
      /^search#(?:matches|score)$/.test(name) && tokens[place + 1]?.text === "(" && callAt(tokens, place + 1);
    if (!call || token.start < done) continue;
    const of = text.slice(call.from, call.until).trim();
    made += text.slice(done, token.start) + (name === "search#score" ? score : matches)(of, call.words, names);
    done = call.end;
  }
  return made + text.slice(done);
}

interface Call {
  /** Where the first argument begins and ends, and where the call ends. */
  from: number;
  until: number;
  end: number;
  words: string;
}

/** The call whose bracket opens at a place, where it has two arguments and the second is a text. */
function callAt(tokens: readonly Token[], open: number): Call | null {
  let depth = 0;
  for (let place = open; place < tokens.length; place++) {
    const { text } = tokens[place] as Token;
    depth += Number(text === "(") - Number(text === ")");
    if (depth !== 1 || text !== ",") continue;
    const [comma, words, ...rest] = tokens.slice(place, place + 5);
    // A language or a datatype says nothing here.
    const close = rest[rest[0]?.kind === "language" ? 1 : rest[0]?.text === "^^" ? 2 : 0];
    if (!comma || words?.kind !== "string" || close?.text !== ")") return null;
    const from = (tokens[open] as Token).start + 1;
    return { from, until: comma.start, end: close.start + 1, words: valueOf(words.text) };
  }
  return null;
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** What a text in quotes says. */
function valueOf(written: string): string {
  const quotes = /^("""|'''|"|')/.exec(written)?.[0].length ?? 1;
  return written
    .slice(quotes, -quotes)
    .replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu, (_, four?: string, eight?: string, short?: string) => {
      const code = four ?? eight;
      return code === undefined
        ? (ESCAPES[short ?? ""] ?? short ?? "")
        : String.fromCodePoint(Number.parseInt(code, 16));
    });
}

/** An entity matches by any of its names, a text where every word begins one of its words. */
function matches(of: string, words: string, names: Names): string {
  const found = names.find(words, "en").map(({ iri }) => `${iri}|`);
  const wanted = foldName(words).split(" ").filter(Boolean).map(patternOf);
  const tests = (wanted.length ? wanted : [NOTHING]).map((pattern) => `REGEX(STR(${of}), ${quoted(pattern)})`);
  const isEntity = `CONTAINS(${quoted(`|${found.join("")}`)}, CONCAT("|", STR(${of}), "|"))`;
  return `IF(isIRI(${of}), ${isEntity}, (${tests.join(" && ")}))`;
}

/** 1 for the best hit, evenly less down the list; an error, so no value, for what is not found. */
function score(of: string, words: string, names: Names): string {
  const hits = names.find(words, "en");
  const scores = hits.map(({ iri }, rank) => `${iri}=${((hits.length - rank) / hits.length).toFixed(6)}|`);
  const found = `STRBEFORE(STRAFTER(${quoted(`|${scores.join("")}`)}, CONCAT("|", STR(${of}), "=")), "|")`;
  return `${DECIMAL}(IF(isIRI(${of}), ${found}, ""))`;
}

/** The expression for texts in which a folded word begins a word, whatever its case and marks. */
function patternOf(word: string): string {
  return PARTING + DROPPED + restOf([...word], 0);
}

function restOf(letters: readonly string[], at: number): string {
  if (at === letters.length) return "";
  const rest = letters.slice(at).join("");
  const single = letters[at] as string;
  const ways = [`[${(folds().get(single) ?? [single]).join("")}]${DROPPED}${restOf(letters, at + 1)}`];
  for (const [folded, signs] of folds()) {
    // One letter that folds to several (æ) may have more of them than the word.
    const length = [...folded].length;
    if (length === 1 || !(rest.startsWith(folded) || folded.startsWith(rest))) continue;
    ways.push(`[${signs.join("")}]${DROPPED}${restOf(letters, Math.min(letters.length, at + length))}`);
  }
  return ways.length === 1 ? (ways[0] as string) : `(?:${ways.join("|")})`;
}

let known: Map<string, string[]> | undefined;

/** The letters and digits that fold to each text. */
function folds(): ReadonlyMap<string, readonly string[]> {
  if (known) return known;
  known = new Map();
  for (let code = 0x30; code < 0x1_0000; code++) {
    if (code === 0xac00) code = 0xd7b0; // Hangul has no case
    const sign = String.fromCharCode(code);
    if (!/[\p{L}\p{N}\p{M}]/u.test(sign) || (code >= 0x300 && code < 0x370)) continue;
    const folded = foldName(sign);
    if (folded && !folded.includes(" ")) known.set(folded, [...(known.get(folded) ?? []), sign]);
  }
  return known;
}
