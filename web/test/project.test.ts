// A network made of rows in the browser: the same occasions that the server makes of them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError, type Glossary, type Row } from "../src/client/client.ts";
import { networkOf, readRow, type Evidence } from "../src/network/project.ts";
import { see } from "../src/network/seeing.ts";
import { WHOLE } from "../src/network/state.ts";

const BASE = "https://w3id.org/asoen/";
const TERM = `${BASE}ontology#`;
const uri = (value: string) => ({ type: "uri" as const, value });
const text = (value: string) => ({ type: "literal" as const, value });

const glossary: Glossary = {
  prefixes: {},
  names: [
    {
      kind: "class",
      curie: "asoen:WorkingGroup",
      iri: `${TERM}WorkingGroup`,
      label: { en: "working group", vi: "nhóm công tác" },
    },
    { kind: "property", curie: "asoen:reportsTo", iri: `${TERM}reportsTo`, label: { en: "reports to", vi: "báo cáo" } },
    {
      kind: "entity",
      curie: "id:one",
      iri: `${BASE}id/one`,
      label: { en: "One", vi: "Một" },
      of: "asoen:WorkingGroup",
    },
  ],
};
const evidence: Evidence = {
  facts: new Map([[`${BASE}fact/f1`, { documents: [`${BASE}source/s`], place: "page 2", status: "disputed" }]]),
  documents: new Map([[`${BASE}source/s`, { texts: { en: "A source", vi: "Một nguồn" }, url: "" }]]),
};
const rows: Row[] = [
  {
    source: uri(`${BASE}id/one`),
    target: uri(`${BASE}id/two`),
    relation: uri(`${TERM}reportsTo`),
    from: text("2031"),
    until: text("2031-05"),
    facts: text(`${BASE}fact/f1 ${BASE}fact/f2`),
  },
  {
    source: uri(`${BASE}id/one`),
    target: uri(`${BASE}id/two`),
    relation: uri(`${TERM}reportsTo`),
    from: text("2033"),
    weight: text("2.5"),
  },
];
const made = () => networkOf(rows.map(readRow), ["source", "target"], glossary, evidence, { release: "1" });

test("rows become occasions, with names, kinds and evidence", async () => {
  const document = made();
  assert.deepEqual(
    document.nodes.map(({ id, labels }) => [id, labels.vi ?? labels.en]),
    [
      ["one", "Một"],
      ["two", "two"],
    ],
  );
  assert.deepEqual(
    document.kinds.map(({ key }) => key),
    ["working-group", "other"],
  );
  assert.deepEqual(
    document.relations.map(({ key, rank }) => [key, rank]),
    [["reports-to", 0]],
  );
  assert.deepEqual(
    document.links[0]![3].map(([weight, start, end]) => [weight, start, end]),
    [
      [1, "2031-01-01", "2031-05-31"],
      [2.5, "2033-01-01", null],
    ],
  );
  assert.deepEqual(document.facts[0], {
    iri: `${BASE}fact/f1`,
    documents: [0],
    place: { en: "page 2" },
    status: "disputed",
    remark: { en: "disputed", vi: "disputed" },
  });
  assert.deepEqual(document.facts[1], { iri: `${BASE}fact/f2`, documents: [] });
  assert.equal((await see(document, { ...WHOLE, at: "2031" }, "en")).net.links[0]!.weight, 1);
  assert.equal((await see(document, { ...WHOLE, at: "2032" }, "en")).net.links.length, 0);
  assert.deepEqual(made(), document);
});

test("a value that its column cannot hold is refused with its row", () => {
  for (const row of [
    { ...rows[0]!, source: text("no entity") },
    { ...rows[0]!, weight: text("-1") },
    { ...rows[0]!, from: text("soon") },
  ])
    assert.throws(
      () => readRow(row, 3),
      (error) => error instanceof ProblemError && /row 4/.test(error.message),
    );
});
