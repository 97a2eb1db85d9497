/** What the grammar expects, in words for people instead of sixty terminals: `sparql/wording.py` once more. */

import { tell } from "./telling.ts";
import type { Told } from "./telling.ts";

/** A sign or keyword, or what kind of thing fits. */
type Phrase = string | Told;

const NAMES = ["IRIREF", "PNAME_LN", "PNAME_NS"];
const NUMBERS = ["INTEGER", "DECIMAL", "SIGNED"];
const VALUES = [...NUMBERS, "STRING", "'TRUE'", "'FALSE'"];
const BLANKS = ["BLANK_NODE_LABEL", "ANON", "'['", "NIL"];
const OPERATORS = "|| && = != < > <= >= + - * /".split(" ").map((sign) => `'${sign}'`);
const PATTERNS = "OPTIONAL FILTER BIND GRAPH MINUS VALUES".split(" ").map((word) => `'${word}'`);
/** The keywords that are no functions. */
const STRUCTURE = new Set(
  (
    "AS ASC ASK BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT FILTER FROM GRAPH GROUP HAVING IN LIMIT MINUS NAMED NOT " +
    "OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE SILENT UNDEF UNION VALUES WHERE a TRUE FALSE"
  ).split(" "),
);
const BLANK = tell("expected.blank");
const WORDS: Readonly<Record<string, Phrase>> = {
  VAR: tell("expected.variable"),
  STRING: tell("expected.text"),
  LANGTAG: tell("expected.language"),
  NIL: "()",
  PNAME_NS: tell("expected.prefix"),
  ANON: BLANK,
  BLANK_NODE_LABEL: BLANK,
  IRIREF: tell("expected.iri"),
  PNAME_LN: tell("expected.name"),
};

/** The terminals as a few phrases: signs and keywords first, then the kinds of thing that fit. */
export function spell(expected: ReadonlySet<string>, keywords: ReadonlySet<string>): Phrase[] {
  const rest = new Set(expected);
  drop(rest, ["'SERVICE'", "'SILENT'"]);
  const functions = [...keywords].filter((word) => !STRUCTURE.has(word)).map((word) => `'${word}'`);
  const groups: [string[], Phrase, number][] = [
    [functions, tell("expected.function"), 6],
    [OPERATORS, tell("expected.operator"), 6],
    [PATTERNS, tell("expected.pattern"), 4],
  ];
  const phrases: Phrase[] = [];
  for (const [group, phrase, least] of groups) {
    if (group.filter((each) => rest.has(each)).length < least) continue;
    drop(rest, group);
    phrases.push(phrase);
  }
  phrases.unshift(...terms(rest));
  const signs = [...rest].filter((each) => each.startsWith("'"));
  return [...signs.map((each) => (/^'[A-Za-z]/.test(each) ? each.slice(1, -1) : each)).sort(), ...phrases];
}

/** The phrases for terms; what they cover is taken out of `rest`. */
function terms(rest: Set<string>): Phrase[] {
  const phrases: Phrase[] = [];
  const hasVariable = rest.has("VAR");
  if ([...NAMES, ...NUMBERS, "STRING"].every((each) => rest.has(each))) {
    phrases.push(tell(hasVariable ? "expected.variable-name-value" : "expected.name-value"));
    drop(rest, [...NAMES, ...VALUES, ...BLANKS, "VAR"]);
  }
  if (NAMES.every((each) => rest.has(each))) {
    phrases.push(tell(hasVariable ? "expected.variable-name" : "expected.name"));
    drop(rest, [...NAMES, "VAR"]);
  }
  if (NUMBERS.some((each) => rest.has(each))) {
    phrases.push(tell(rest.has("SIGNED") ? "expected.number" : "expected.whole-number"));
    drop(rest, NUMBERS);
  }
  return [...phrases, ...new Set([...rest].flatMap((each) => WORDS[each] ?? []).sort(byEnglish))];
}

function byEnglish(one: Phrase, other: Phrase): number {
  const [a, b] = [one, other].map((each) => (typeof each === "string" ? each : each.en)) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}

function drop(from: Set<string>, what: Iterable<string>): void {
  for (const each of what) from.delete(each);
}
