/**
 * The tokens of SPARQL, as `asoen_graph/sparql/tokens.py` reads them: tolerant, so that a half-written query has tokens
 * too. What is no terminal becomes a token of kind `error`.
 */

export type Kind =
  | "comment"
  | "iri"
  | "string"
  | "name"
  | "blank"
  | "variable"
  | "language"
  | "number"
  | "word"
  | "punctuation"
  | "error";

export interface Token {
  kind: Kind;
  text: string;
  start: number;
  end: number;
}

const INNER = String.raw`[\p{L}\p{M}\p{N}_:·‿⁀-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]`;
const PARTS: [Kind, string][] = [
  ["comment", String.raw`#[^\r\n]*`],
  ["iri", String.raw`<[^\x00-\x20<>"{}|^${"`"}]*>`],
  ["string", String.raw`"""(?:"{0,2}(?:[^"\\]|\\[^]))*"""|'''(?:'{0,2}(?:[^'\\]|\\[^]))*'''`],
  ["string", String.raw`"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'`],
  [
    "name",
    String.raw`(?:\p{L}(?:[\p{L}\p{M}\p{N}_·‿⁀-]|\.+(?=[\p{L}\p{M}\p{N}_·‿⁀-]))*)?:(?:(?:${INNER})(?:${INNER}|\.+(?=${INNER}))*)?`,
  ],
  ["blank", String.raw`_:[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_·‿⁀-]|\.+(?=[\p{L}\p{M}\p{N}_·‿⁀-]))*`],
  ["variable", String.raw`[?$][\p{L}\p{N}_][\p{L}\p{M}\p{N}_·‿⁀]*`],
  ["language", String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`],
  ["number", String.raw`[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)`],
  ["word", String.raw`[\p{L}_][\p{L}\p{M}\p{N}_]*`],
  ["punctuation", String.raw`<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|\|\||&&|!=|<=|>=|[(){}\[\].;,=<>!|/^*+?~-]`],
  ["error", String.raw`["'][^\r\n]*|[^ \t\r\n]`],
];
const TERMINALS = new RegExp(PARTS.map(([, part]) => `(${part})`).join("|"), "gu");

/** The tokens of a text in order; what lies between them is white space. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TERMINALS)) {
    const group = match.findIndex((part, number) => number > 0 && part !== undefined) - 1;
    const kind = PARTS[group]?.[0] ?? "error";
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

/** The words of SPARQL 1.1 that are written in capitals. */
export const KEYWORDS = [
  ..."SELECT DISTINCT REDUCED WHERE OPTIONAL FILTER BIND VALUES UNION MINUS GRAPH EXISTS NOT IN AS".split(" "),
  ..."GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET PREFIX BASE FROM NAMED SERVICE SILENT UNDEF".split(" "),
  ..."CONSTRUCT DESCRIBE ASK COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR".split(" "),
  ..."STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE".split(" "),
  ..."ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS".split(" "),
  ..."TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI".split(" "),
  ..."ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE".split(" "),
];

const FORM = /^(SELECT|ASK|CONSTRUCT|DESCRIBE)$/i;

/** `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; empty where the text is no query yet. */
export function formOf(text: string): string {
  return (
    tokenize(text)
      .find((token) => token.kind === "word" && FORM.test(token.text))
      ?.text.toUpperCase() ?? ""
  );
}
