/** What the grammar expects, in words for people instead of sixty terminals: `sparql/wording.py` once more. */

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
const WORDS: Readonly<Record<string, string>> = {
  VAR: "a variable",
  STRING: "a text",
  LANGTAG: "a language tag",
  NIL: "()",
  PNAME_NS: "a prefix (ex:)",
  ANON: "a blank node",
  BLANK_NODE_LABEL: "a blank node",
  IRIREF: "an IRI in < >",
  PNAME_LN: "a name",
};

/** The terminals as a few phrases: signs and keywords first, then the kinds of thing that fit. */
export function spell(expected: ReadonlySet<string>, keywords: ReadonlySet<string>): string[] {
  const rest = new Set(expected);
  drop(rest, ["'SERVICE'", "'SILENT'"]);
  const functions = [...keywords].filter((word) => !STRUCTURE.has(word)).map((word) => `'${word}'`);
  const groups: [string[], string, number][] = [
    [functions, "a function", 6],
    [OPERATORS, "an operator", 6],
    [PATTERNS, "another pattern (OPTIONAL, FILTER, BIND …)", 4],
  ];
  const phrases: string[] = [];
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
function terms(rest: Set<string>): string[] {
  const phrases: string[] = [];
  const hasVariable = rest.has("VAR");
  if ([...NAMES, ...NUMBERS, "STRING"].every((each) => rest.has(each))) {
    phrases.push(hasVariable ? "a variable, a name or a value" : "a name or a value");
    drop(rest, [...NAMES, ...VALUES, ...BLANKS, "VAR"]);
  }
  if (NAMES.every((each) => rest.has(each))) {
    phrases.push(hasVariable ? "a variable or a name" : "a name");
    drop(rest, [...NAMES, "VAR"]);
  }
  if (NUMBERS.some((each) => rest.has(each))) {
    phrases.push(rest.has("SIGNED") ? "a number" : "a whole number");
    drop(rest, NUMBERS);
  }
  return [...phrases, ...new Set([...rest].flatMap((each) => WORDS[each] ?? []).sort())];
}

function drop(from: Set<string>, what: Iterable<string>): void {
  for (const each of what) from.delete(each);
}
