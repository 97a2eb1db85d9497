import assert from "node:assert/strict";
import { test } from "node:test";
import { fits } from "../src/overview/choice.ts";
import { writeCsv } from "../src/overview/files.ts";
import { giveSlots, thing } from "../src/overview/show.ts";
import { clustered, frameOf, heightOf, holds, place, project, REGION } from "../src/map/plane.ts";
import { dayOf, daysOf, laidOut, middle, packed, spanOf } from "../src/timeline/lanes.ts";

const near = (found: readonly number[], expected: readonly number[]) =>
  found.forEach((value, rank) => assert.ok(Math.abs(value - expected[rank]!) < 1e-4, `${found} is not ${expected}`));

// tests/server/test_timeline_page.py has the same values: the two draw alike.
test("points lie where the server puts them", () => {
  const frame = frameOf(
    [
      [106.84513, -6.21462],
      [144.96332, -37.814],
    ],
    1000,
  );
  assert.deepEqual(frame, { ...REGION, width: 1000 });
  near(project(frame, [106.84513, -6.21462]), [320.85962, 680.27848]);
  near(place(frame, [144.96332, -37.814]), [984, 774.47619]);
  assert.ok(!holds(frame, [144.96332, -37.814]));
  const other = frameOf(
    [
      [10, 50],
      [20, 54],
    ],
    1000,
  );
  near([other.west, other.south, other.east, other.north], [8, 48, 22, 56]);
});

test("a single point beyond the region has room about it", () => {
  const frame = frameOf([[2.35, 48.85]], 600);
  assert.ok(heightOf(frame) > 0 && Number.isFinite(heightOf(frame)));
  near(project(frame, [2.35, 48.85]), [300, heightOf(frame) / 2]);
});

test("every thing is in one mark, however many there are", () => {
  const frame = frameOf([], 1000);
  const things = Array.from({ length: 5000 }, (_, rank) => {
    const point = [90 + ((rank * 37) % 5250) / 100, -12 + ((rank * 91) % 4150) / 100] as const;
    return { rank, point };
  });
  const began = performance.now();
  const clusters = clustered(
    things,
    (point) => place(frame, point),
    (point) => !holds(frame, point),
  );
  assert.ok(performance.now() - began < 2000);
  const ranks = clusters.flatMap((cluster) => cluster.things.map((each) => each.rank));
  assert.equal(ranks.length, 5000);
  assert.equal(new Set(ranks).size, 5000);
});

test("dates are as precise as they are written", () => {
  assert.deepEqual(daysOf("1970"), [0, 364]);
  assert.deepEqual(daysOf("2024-02"), [dayOf(2024, 2, 1), dayOf(2024, 2, 29)]);
  assert.deepEqual(daysOf("2023-08-04"), [19573, 19573]);
  assert.deepEqual(daysOf("2023-08-04T10:00:00Z"), [19573, 19573]);
  assert.equal(middle([19358, 19722]), 19540.5);
  for (const text of ["", "x", "2023-13", "2023-00", "2023-02-30", "0000", "23", "<b>"])
    assert.equal(daysOf(text), null);
  assert.equal(dayOf(50, 1, 1), -701265);
});

test("what lasts without an end is open, what does not is a moment", () => {
  const said = { since: "2020", until: "", lasts: true };
  assert.equal(spanOf(said)?.ends, null);
  assert.deepEqual(spanOf({ ...said, lasts: false })?.ends, daysOf("2020"));
  assert.equal(spanOf({ since: "", until: "2020", lasts: false })?.begins, null);
  assert.equal(spanOf({ since: "", until: "", lasts: true }), null);
});

test("rows are packed as the server packs them", () => {
  const intervals = [
    [0, 10],
    [5, 15],
    [10, 20],
    [12, 14],
    [15, 16],
  ] as const;
  assert.deepEqual(packed(intervals), [0, 1, 0, 2, 1]);
  assert.deepEqual(packed([]), []);
});

test("small lanes are one, and last", () => {
  const of = (slot: number, lane: string, count: number) =>
    Array.from({ length: count }, () => ({ slot, lane, withinLabel: "" }));
  const lanes = laidOut([...of(3, "B: x", 2), ...of(3, "A", 2), ...of(3, "C", 3), ...of(0, "D", 1)], "rest", false);
  assert.deepEqual(
    lanes.map((lane) => [lane.label, lane.things.length]),
    [
      ["D", 1],
      ["C", 3],
      ["A, rest", 4],
    ],
  );
});

test("a choice fits by class, country, series and time", () => {
  const one = thing({ kinds: ["meeting", "event"], countries: ["viet-nam"], within: "amme", since: "2020", until: "" });
  const all = { classes: [], country: "", within: "", since: "", until: "" };
  assert.ok(fits(one, all));
  assert.ok(fits(one, { ...all, classes: ["event"], country: "viet-nam", within: "amme", since: "2020-12" }));
  assert.ok(!fits(one, { ...all, classes: ["instrument"] }));
  assert.ok(!fits(one, { ...all, country: "laos" }));
  assert.ok(!fits(one, { ...all, within: "asoen" }));
  assert.ok(!fits(one, { ...all, since: "2021" }));
  assert.ok(!fits(thing({}), { ...all, since: "2021" }));
});

test("the most frequent kinds have marks of their own, the rest one together", () => {
  const things = Array.from({ length: 12 }, (_, kind) =>
    Array.from({ length: 20 - kind }, () => thing({ kind: String(kind) })),
  ).flat();
  const slots = giveSlots(things);
  assert.equal(slots.get("0")?.slot, 0);
  assert.equal(slots.get("11")?.slot, 9);
});

test("a cell of a table is never a formula", () => {
  const row = writeCsv([thing({ label: '=1+"2"', kind: "-5", place: "@x" })]).split("\r\n")[1] ?? "";
  assert.ok(row.startsWith(`"'=1+""2""",-5,`), row);
  assert.ok(row.includes("'@x"));
});
