import assert from "node:assert/strict";
import { test } from "node:test";
import { NotTriples, readTriples, writeTerm } from "../src/client/ntriples.ts";
import type { Row, Term } from "../src/client/client.ts";

const SUBJECT: Term = { type: "uri", value: "https://example.org/s" };
const PREDICATE: Term = { type: "uri", value: "https://example.org/p" };

function written(row: Row): string {
  return `${["subject", "predicate", "object"].map((name) => writeTerm(row[name] as Term)).join(" ")} .`;
}

/** Numbers that look random and are the same every time (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const ODD = [
  ..."\\\"'<>{}^`|@._:# \t\n\r\b\f\v\0\u007f\u0085\u2028\u2029\ufeff",
  ..."aZ09đĐếក្រ日𝄞😀مرحبا",
  ...["\\u0041", "\\n", "<script>", '"@en', ">>", "<<(", " .", "http://"],
];

test("what is written is read as it was, whatever stands in it", () => {
  const roll = dice(20261122);
  const text = () => Array.from({ length: roll(9) }, () => ODD[roll(ODD.length)]).join("");
  const term = (depth: number): Term => {
    const kind = roll(depth > 1 ? 5 : 6);
    if (kind === 0) return { type: "uri", value: `https://example.org/${text()}` };
    if (kind === 1) return { type: "bnode", value: `b${roll(1000)}` };
    if (kind === 2) return { type: "literal", value: text(), "xml:lang": ["en", "vi", "zh-Hant"][roll(3)] as string };
    if (kind === 3) return { type: "literal", value: text(), datatype: "https://example.org/type" };
    if (kind === 4) return { type: "literal", value: text() };
    return { type: "triple", value: { subject: SUBJECT, predicate: PREDICATE, object: term(depth + 1) } };
  };
  for (let round = 0; round < 3000; round += 1) {
    const row: Row = { subject: SUBJECT, predicate: PREDICATE, object: term(0) };
    assert.deepEqual(readTriples(written(row)), [row], written(row));
  }
});

test("what the standard shows", () => {
  const document = [
    "# a comment",
    "",
    '<http://e/s><http://e/p>"no space".# another',
    "  _:a.b\t<http://e/p>  _:c-1 . ",
    '<http://e/s> <http://e/p> "a\\tb\\u00e9\\U0001F600\\\\"@en-GB .\r',
    '<http://e/\\u00e9> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    '<http://e/s> <http://e/p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .',
    '<http://e/s> <http://e/p> <<( _:b <http://e/p> "\u2028" )>> .',
  ].join("\n");
  const objects = readTriples(document).map((row) => row.object);
  assert.deepEqual(objects, [
    { type: "literal", value: "no space" },
    { type: "bnode", value: "c-1" },
    { type: "literal", value: "a\tbé😀\\", "xml:lang": "en-GB" },
    { type: "literal", value: "1", datatype: "http://www.w3.org/2001/XMLSchema#integer" },
    { type: "literal", value: "x" },
    {
      type: "triple",
      value: {
        subject: { type: "bnode", value: "b" },
        predicate: { type: "uri", value: "http://e/p" },
        object: { type: "literal", value: "\u2028" },
      },
    },
  ]);
});

for (const line of [
  "<http://e/s> <http://e/p> <http://e/o>",
  "<http://e/s> <http://e/p> .",
  '"s" <http://e/p> <http://e/o> .',
  "<http://e/s> _:p <http://e/o> .",
  '<http://e/s> <http://e/p> "open .',
  '<http://e/s> <http://e/p> "bad\\q" .',
  "<http://e/ s> <http://e/p> <http://e/o> .",
  "<http://e/s> <http://e/p> <http://e/o> <http://e/g> .",
  '<http://e/s> <http://e/p> "x"^^"y" .',
  "<http://e/s> <http://e/p> <<( <http://e/s> <http://e/p> .",
]) {
  test(`no triple: ${line}`, () => {
    assert.throws(
      () => readTriples(`\n${line}`),
      (error) => error instanceof NotTriples && error.line === 2,
    );
  });
}
