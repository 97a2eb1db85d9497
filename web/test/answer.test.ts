import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, tabbed } from "../src/answer/arrange.ts";
import type { Line } from "../src/answer/arrange.ts";
import { chartData, fewSeries, suggestChart } from "../src/answer/chart-data.ts";
import { keyOf as keyOfName, readable } from "../src/answer/citations.ts";
import type { Names } from "../src/answer/names.ts";
import { choose, compact, isWeb, pageOf } from "../src/answer/names.ts";
import { makeSheet } from "../src/answer/sheet.ts";
import { dated, datesIn, placed, pointsIn } from "../src/answer/things.ts";
import { dateOf, folded, keyOf, kindOfAll, middleOf, numberOf, pointOf, textOf } from "../src/answer/values.ts";
import { say } from "../src/answer/words.ts";
import type { Row, Term } from "../src/client/client.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const number = (value: string, type = "integer"): Term => ({ type: "literal", value, datatype: XSD + type });
const date = (value: string, type = "date"): Term => ({ type: "literal", value, datatype: XSD + type });
const text = (value: string, language?: string): Term => {
  return { type: "literal", value, ...(language && { "xml:lang": language }) };
};
const iri = (slug: string): Term => ({ type: "uri", value: `https://w3id.org/asoen/id/${slug}` });
const fact = (digits: string) => `https://w3id.org/asoen/fact/${digits}`;
const point = (wkt: string): Term => {
  return { type: "literal", value: wkt, datatype: "http://www.opengis.net/ont/geosparql#wktLiteral" };
};
/** Names as they stand in the IRI. */
const names = {
  of: (term: Term | undefined) => (term?.type === "uri" ? (term.value.split("/").at(-1) ?? "") : textOf(term)),
  page: (address: string) => address,
} as unknown as Names;

test("columns are of a kind where all their values are", () => {
  const all = (...terms: (Term | undefined)[]) => kindOfAll(terms);
  assert.equal(all(), "empty");
  assert.equal(all(undefined, text("")), "empty");
  assert.equal(all(number("1"), undefined, number("2.5", "decimal"), number("-INF", "double")), "number");
  assert.equal(all(date("2003", "gYear"), date("2003-05-01")), "date");
  assert.equal(all(text("1994"), text("2011")), "date");
  assert.equal(all(text("1994"), text("about 2011")), "mixed");
  assert.equal(all(text("1994", "en")), "text");
  assert.equal(all(iri("a"), iri("b")), "iri");
  assert.equal(all(point("POINT(105.1 11.5)"), undefined), "point");
  assert.equal(all(point("POLYGON((1 1, 2 2, 1 1))")), "other");
  assert.equal(all({ type: "bnode", value: "b" }), "other");
});

test("numbers, dates and points that are none", () => {
  assert.equal(numberOf(number("abc")), null);
  assert.equal(numberOf(number("")), null);
  assert.equal(numberOf(text("12")), null);
  for (const each of ["2023-13", "2023-02-30", "0000", "23", "2023-1-1", "2023-08-04x"])
    assert.equal(dateOf(text(each)), null);
  assert.equal(dateOf(date("2024-02-29")), "2024-02-29");
  assert.equal(dateOf(date("2023-08-04T10:00:00Z", "dateTime")), "2023-08-04T10:00:00Z");
  assert.deepEqual(pointOf(point("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (105.5 -11)")), [105.5, -11]);
  assert.equal(pointOf(point("POINT(500 11)")), null);
  assert.equal(pointOf(point("POINT EMPTY")), null);
});

test("a year stands in its middle", () => {
  assert.equal(middleOf("2023-08-04"), Date.UTC(2023, 7, 4));
  assert.equal(middleOf("2023"), (Date.UTC(2023, 0, 1) + Date.UTC(2024, 0, 1)) / 2);
  assert.ok(Number.isNaN(middleOf("soon")));
});

function lines(terms: (Term | undefined)[]): Line[] {
  return terms.map((term, index) => {
    return { index, folded: [folded(textOf(term))], keys: [keyOf(term, textOf(term))] };
  });
}

function sorted(terms: (Term | undefined)[], descending = false, language: "en" | "vi" = "en"): string[] {
  const wanted = { filter: "", filters: new Map<number, string>(), sort: { column: 0, descending } };
  return arrange(lines(terms), wanted, language).map((line) => textOf(terms[line.index]));
}

test("numbers are sorted by size, and what is not there comes last both ways", () => {
  const terms = [number("10"), undefined, number("9"), number("-1.5", "decimal"), number("1e3", "double")];
  assert.deepEqual(sorted(terms), ["-1.5", "9", "10", "1e3", ""]);
  assert.deepEqual(sorted(terms, true), ["1e3", "10", "9", "-1.5", ""]);
});

test("texts are sorted as the language has it, numbers within them by size", () => {
  assert.deepEqual(sorted([text("Đà Nẵng"), text("Điện Biên"), text("Em"), text("Dầu Tiếng")], false, "vi"), [
    "Dầu Tiếng",
    "Đà Nẵng",
    "Điện Biên",
    "Em",
  ]);
  assert.deepEqual(sorted([text("ASOEN 10"), text("ASOEN 9")]), ["ASOEN 9", "ASOEN 10"]);
});

test("dates of any precision are sorted together, after numbers and before texts", () => {
  const terms = [text("later"), date("2003-05"), date("2003"), date("1999-12-31"), number("5")];
  assert.deepEqual(sorted(terms), ["5", "1999-12-31", "2003", "2003-05", "later"]);
});

test("the same values keep the order of the query", () => {
  const terms = [text("a", "en"), text("a", "vi"), text("a")];
  const wanted = { filter: "", filters: new Map<number, string>(), sort: { column: 0, descending: true } };
  assert.deepEqual(
    arrange(lines(terms), wanted, "en").map(({ index }) => index),
    [0, 1, 2],
  );
});

test("filters do not mind diacritics or case, and want every word", () => {
  const terms = [text("Hội nghị ở Đà Nẵng"), text("Meeting in Ha Noi"), text("Họp tại Hà Nội")];
  const found = (filter: string, column = "") => {
    const filters = new Map([[0, column]]);
    return arrange(lines(terms), { filter, filters, sort: null }, "vi").map(({ index }) => index);
  };
  assert.deepEqual(found("da nang"), [0]);
  assert.deepEqual(found("ĐÀ nẵng HOI"), [0]);
  assert.deepEqual(found("hà nội"), [1, 2]);
  assert.deepEqual(found("", "hop"), [2]);
  assert.deepEqual(found("hà nội", "meeting"), [1]);
  assert.deepEqual(found("[.*"), []);
});

test("tab-separated values have one line each", () => {
  assert.equal(
    tabbed([
      ["a\tb", "c\n d"],
      ["", "=1"],
    ]),
    "a b\tc d\n\t=1\n",
  );
});

test("prefixed names are only made where they can be read", () => {
  const prefixes = { asoen: "https://w3id.org/asoen/ontology#", id: "https://w3id.org/asoen/id/" };
  assert.equal(compact("https://w3id.org/asoen/id/asoen-34", prefixes), "id:asoen-34");
  assert.equal(compact("https://w3id.org/asoen/id/a/b", prefixes), "https://w3id.org/asoen/id/a/b");
  assert.equal(compact("https://w3id.org/asoen/id/", prefixes), "https://w3id.org/asoen/id/");
  assert.equal(compact("https://w3id.org/asoen/id/x.", prefixes), "https://w3id.org/asoen/id/x.");
  assert.equal(compact("http://example.org/x", prefixes), "http://example.org/x");
});

test("links lead to pages of this site, to the web, or nowhere", () => {
  const root = "https://here.org/base/";
  assert.equal(pageOf("https://w3id.org/asoen/id/asoen-34", root, "vi"), `${root}id/asoen-34.html?lang=vi`);
  assert.equal(pageOf("https://w3id.org/asoen/ontology#Meeting", root, "en"), `${root}ontology?lang=en#Meeting`);
  assert.equal(pageOf("https://w3id.org/asoen/id/../../x", root, "en"), "https://w3id.org/asoen/id/../../x");
  for (const each of ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "urn:x", "http://"]) {
    assert.equal(pageOf(each, root, "en"), "");
    assert.equal(isWeb(each), false);
  }
});

test("a text is chosen in the language, else in English, Vietnamese, none, any", () => {
  assert.equal(choose({ en: "a", vi: "b" }, "vi"), "b");
  assert.equal(choose({ en: "a", th: "c" }, "vi"), "a");
  assert.equal(choose({ "": "n", th: "c" }, "vi"), "n");
  assert.equal(choose({ th: "c", km: "k" }, "en"), "k");
  assert.equal(choose({}, "en"), "");
});

test("columns of facts are evidence, unless they count", () => {
  const rows: Row[] = [{ a: iri("x"), facts: text(`${fact("1")} ${fact("2")} ${fact("1")} other`) }, { a: iri("y") }];
  const sheet = makeSheet(["a", "facts"], rows, { a: "Thing" });
  assert.deepEqual(sheet.columns, [{ name: "a", heading: "Thing", kind: "iri" }]);
  assert.deepEqual(sheet.facts, [[fact("1"), fact("2")], []]);
  assert.equal(sheet.hasSources, true);
  const counts = makeSheet(["a", "facts"], [{ a: iri("x"), facts: number("3") }]);
  assert.equal(counts.hasSources, false);
  assert.equal(counts.columns.length, 2);
});

test("charts begin with what suits the columns", () => {
  const of = (variables: string[], ...rows: Row[]) => suggestChart(makeSheet(variables, rows));
  const row = { who: iri("x"), count: number("3"), year: text("2003") };
  assert.equal(of(["who"]), null);
  assert.deepEqual(of(["who", "count"], row)?.kind, "bars");
  assert.deepEqual(of(["year", "count"], row)?.kind, "line");
  assert.deepEqual(of(["count"], row)?.across, "count");
  assert.deepEqual(of(["who", "year"], row), { kind: "bars", across: "year", measure: "", series: "", combine: "sum" });
  assert.equal(of(["a"], { a: { type: "bnode", value: "b" } }), null);
});

test("bars bring rows together and say what is left out", () => {
  const rows = [
    { who: iri("x"), count: number("3"), kind: text("a") },
    { who: iri("y"), count: number("5"), kind: text("a") },
    { who: iri("x"), count: number("4"), kind: text("b") },
    { who: iri("z"), kind: text("b") },
  ];
  const sheet = makeSheet(["who", "count", "kind"], rows);
  const choice = { kind: "bars", across: "who", measure: "count", series: "", combine: "sum" } as const;
  const found = chartData(sheet, choice, names, "?");
  assert.deepEqual(
    found.data.map(({ label, value }) => [label, value]),
    [
      ["x", 7],
      ["y", 5],
    ],
  );
  assert.deepEqual([found.leftOut, found.isCombined], [1, true]);
  assert.equal(
    chartData(sheet, { ...choice, combine: "mean" }, names, "?").data.find(({ label }) => label === "x")?.value,
    3.5,
  );
  const series = chartData(sheet, { ...choice, series: "kind" }, names, "?");
  assert.equal(series.data.length, 3);
  assert.equal(chartData(sheet, { ...choice, measure: "", combine: "most" }, names, "?").data[0]?.value, 2);
});

test("dates become years, and years stay in order", () => {
  const rows = ["2004-05-01", "2003", "2004", "2001-02"].map((value) => ({ when: date(value) }));
  const sheet = makeSheet(["when"], rows);
  const choice = { kind: "bars", across: "when", measure: "", series: "", combine: "sum" } as const;
  const { data } = chartData(sheet, choice, names, "?");
  assert.deepEqual(
    data.map(({ across, value }) => [across, value]),
    [
      [2001, 1],
      [2003, 1],
      [2004, 2],
    ],
  );
});

test("too many series become others", () => {
  const data = ["a", "b", "c", "d"].map((series, rank) => ({ across: "x", label: "x", series, value: 10 - rank }));
  const few = fewSeries(data, 3, "others");
  assert.deepEqual(
    few.map(({ series, value }) => [series, value]),
    [
      ["a", 10],
      ["b", 9],
      ["others", 15],
    ],
  );
});

const telling = (rows: Row[], roles = {}) => {
  const sheet = makeSheet(Object.keys(rows[0] ?? {}), rows);
  return { sheet, names, roles, sourcesOf: (row: number) => [{ text: `source of ${row}`, address: `/fact/${row}` }] };
};

test("a thing on a map tells all its rows, with their sources", () => {
  const where = point("POINT(105 11)");
  const told = telling([
    { park: iri("p"), theme: text("forest"), point: where },
    { park: iri("p"), theme: text("water"), point: where },
    { park: iri("q"), theme: text("water") },
  ] as Row[]);
  const points = pointsIn(told.sheet, {});
  assert.ok(points);
  const things = placed(told, points);
  assert.equal(things.length, 1);
  assert.deepEqual([things[0]?.longitude, things[0]?.latitude, things[0]?.label], [105, 11, "p"]);
  assert.deepEqual(things[0]?.details, [["theme", "forest; water"]]);
  assert.deepEqual(things[0]?.sources, [
    { text: "source of 0", address: "/fact/0" },
    { text: "source of 1", address: "/fact/1" },
  ]);
});

test("columns of latitude and longitude are points too", () => {
  const { sheet } = telling([{ name: text("x"), lat: number("11.5", "decimal"), long: number("105", "double") }]);
  assert.deepEqual(pointsIn(sheet, {})?.(sheet.rows[0] as Row), [105, 11.5]);
  assert.equal(pointsIn(telling([{ name: text("x") }]).sheet, {}), null);
});

test("things in time begin, end, and are what their roles say", () => {
  const rows: Row[] = [
    { ends: date("2023-08-05"), meeting: iri("m"), starts: date("2023-08-04T09:00:00Z", "dateTime"), no: number("3") },
    { ends: date("2001"), meeting: iri("n"), starts: date("2003", "gYear"), no: number("4") },
  ];
  const told = telling(rows);
  assert.equal(datesIn(told)[0]?.name, "starts");
  const things = dated(told, "starts");
  assert.deepEqual(
    things.map(({ from, until, label }) => [from, until, label]),
    [
      ["2023-08-04", "2023-08-05", "m"],
      ["2003", "", "n"],
    ],
  );
  assert.equal(datesIn(telling(rows, { when: "ends" }))[0]?.name, "ends");
});

test("addresses and names are written as the server writes them", () => {
  assert.equal(keyOfName("wholeDocument"), "whole-document");
  assert.equal(keyOfName("WorkingGroup"), "working-group");
  assert.equal(readable("https://x/%C4%91%E1%BA%BFn?a%20b%2F%FF"), "https://x/đến?a%20b%2F%FF");
});

test("gaps of sentences are filled with numbers as the language writes them", () => {
  assert.equal(say("vi", "rowsMany", { count: 12345 }), "12.345 dòng");
  assert.equal(say("en", "fitting", { count: 1, all: 2000 }), "1 of 2,000 rows fit.");
});
