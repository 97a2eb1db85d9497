import assert from "node:assert/strict";
import { test } from "node:test";
import { eachOf, messageOf, rangeOf, repairsOf } from "../src/editor/problems.ts";

const OPENING = { type: "https://w3id.org/asoen/problem/query-syntax", title: "Not SPARQL", status: 400 };

test("a place counts characters, as people do", () => {
  const text = '# 👩‍🔬 Lò\nSELECT * { ?x a "👩" . WHRE }';
  const place = rangeOf({ ...OPENING, line: 2, column: 23, token: "WHRE" }, text);
  assert.equal(text.slice(place.from, place.to), "WHRE");
});

test("a place that is not there any more is still in the text", () => {
  for (const [line, column] of [
    [9, 1],
    [1, 90],
    [1, 1],
  ]) {
    const { from, to } = rangeOf({ ...OPENING, line: line ?? 1, column: column ?? 1, token: "" }, "SELECT");
    assert.ok(from >= 0 && from <= to && to <= 6);
  }
  assert.deepEqual(rangeOf(OPENING, ""), { from: 0, to: 0 });
});

test("what is mended is the whole query, or the name that is wrong", () => {
  const text = "SELECT * { ?x a asoen:Meting }";
  const doubt = { ...OPENING, status: 200, line: 1, column: 17, token: "asoen:Meting", nearest: ["asoen:Meeting"] };
  assert.deepEqual(repairsOf(doubt, text, "en"), [
    { name: "Use asoen:Meeting", text: "SELECT * { ?x a asoen:Meeting }" },
  ]);
  assert.deepEqual(repairsOf({ ...OPENING, repaired: "ASK {}" }, text, "vi"), [{ name: "Sửa", text: "ASK {}" }]);
  // The text went on since it was looked over.
  assert.deepEqual(repairsOf(doubt, "SELECT * {}", "en"), []);
});

test("several doubts are told one by one", () => {
  const second = { ...OPENING, status: 200 };
  assert.equal(eachOf({ ...OPENING, status: 200, more: [second] }).length, 2);
  assert.deepEqual(eachOf(null), []);
  const problem = { ...OPENING, detail: "Line 1, column 2: no", hint: "Yes?" };
  assert.deepEqual(messageOf(problem, "en"), { text: "no. Yes?", language: "en" });
  assert.deepEqual(messageOf(problem, "vi"), { text: "no. Yes?", language: "en" });
  const translations = { vi: { detail: "Dòng 1, cột 2: không", hint: "Có?" } };
  assert.deepEqual(messageOf({ ...problem, translations }, "vi"), { text: "không. Có?", language: "vi" });
});
