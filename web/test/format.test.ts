import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { format } from "../src/editor/format.ts";
import { tokenize } from "../src/editor/tokens.ts";
import { Chance, NASTY } from "./made_up.ts";

const QUERIES = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "queries");
const PIECES = [
  ...[
    "SELECT",
    "select",
    "WHERE",
    "{",
    "}",
    "(",
    ")",
    "?x",
    "?y",
    "a",
    "asoen:Meeting",
    ".",
    ";",
    ",",
    "OPTIONAL",
    "FILTER",
  ],
  ...[
    "UNION",
    "VALUES",
    "GROUP BY",
    "ORDER BY",
    "LIMIT 5",
    "PREFIX a: <x:y>",
    "'text'",
    "# why\n",
    " # c\n",
    "<x:y>",
    "&&",
  ],
  ...[
    "EXISTS",
    "NOT",
    "BIND",
    "AS",
    "[",
    "]",
    "GRAPH",
    "1.5",
    "-3",
    "@en",
    "^^",
    "/",
    "|",
    "*",
    "=",
    "<",
    " ",
    "\n",
    "\n\n",
  ],
];

/** What SPARQL makes of a text: its tokens, whatever is between them, comments included. */
function meaning(text: string): string[] {
  return tokenize(text).map(({ kind, text: written }) => (kind === "word" ? written.toUpperCase() : written.trimEnd()));
}

function queries(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rq"))
    .map((name) => [name, readFileSync(join(folder, name), "utf8")]);
}

test("every query of the catalogue means the same laid out, and is laid out once", () => {
  const all = queries(QUERIES);
  assert.ok(all.length > 50);
  for (const [name, text] of all) {
    const made = format(text);
    assert.deepEqual(meaning(made), meaning(text), name);
    assert.equal(format(made), made, name);
  }
});

test("whatever is written keeps its tokens and comments", () => {
  const chance = new Chance(6);
  for (let round = 0; round < 4000; round++) {
    const text = chance.text(round % 2 ? PIECES.flatMap((piece) => [piece, " "]) : [...PIECES, ...NASTY], 40);
    assert.deepEqual(meaning(format(text)), meaning(text), JSON.stringify(text));
  }
});

test("a query in one line becomes one that can be read", () => {
  const text =
    "prefix a: <x:y> select ?x (count(?y) as ?n) where{?x a a:M;a:h ?y.optional{?x a:p ?p} filter(?o>3)}group by ?x limit 5";
  assert.equal(
    format(text),
    `PREFIX a: <x:y>

SELECT ?x (COUNT(?y) AS ?n) WHERE {
  ?x a a:M ;
    a:h ?y .
  OPTIONAL { ?x a:p ?p }
  FILTER(?o > 3)
}
GROUP BY ?x
LIMIT 5
`,
  );
});
