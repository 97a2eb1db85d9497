import assert from "node:assert/strict";
import { test } from "node:test";
import { Tabs } from "../src/editor/store.ts";
import { Chance, NASTY } from "./made_up.ts";

/** What a browser keeps; it can be full. */
class Shelf {
  kept = new Map<string, string>();
  isFull = false;

  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isFull) throw new DOMException("full", "QuotaExceededError");
    this.kept.set(key, value);
  }
}

const tabs = (shelf: Shelf | undefined, first = "first") =>
  new Tabs(shelf, "key", (number) => `Query ${number}`, first);
const texts = (of: Tabs) => of.all.map(({ text }) => text);

test("what was open is open again", () => {
  const shelf = new Shelf();
  const before = tabs(shelf);
  before.open("second", "Mine", "map");
  before.write("second, changed");
  before.keep();
  const after = tabs(shelf);
  assert.deepEqual(texts(after), ["first", "second, changed"]);
  assert.deepEqual([after.active.name, after.active.view], ["Mine", "map"]);
});

test("a closed tab comes back, the last one leaves an empty one", () => {
  const open = tabs(new Shelf());
  open.close();
  assert.deepEqual(texts(open), [""]);
  open.reopen();
  assert.equal(open.active.text, "first");
  assert.equal(open.hasClosed, false);
});

test("names are free, and only real ones are taken", () => {
  const open = tabs(new Shelf());
  open.open("b");
  open.rename("   ");
  assert.deepEqual(
    open.all.map(({ name }) => name),
    ["Query 1", "Query 2"],
  );
  open.rename(" Lò Gò ");
  assert.equal(open.active.name, "Lò Gò");
});

test("the same text is not opened twice, and an empty tab is used", () => {
  const open = tabs(new Shelf());
  open.open("b");
  open.open("first");
  assert.equal(open.all.length, 2);
  open.open("");
  open.open("c", "C");
  assert.deepEqual(
    open.all.map(({ name }) => name),
    ["Query 1", "Query 2", "C"],
  );
});

test("tabs of another window stay, those closed here do not come back", () => {
  const shelf = new Shelf();
  const [one, other] = [tabs(shelf), tabs(shelf)];
  other.open("of the other");
  one.open("of the one");
  assert.deepEqual(texts(tabs(shelf)).sort(), ["first", "of the one", "of the other"].sort());
  one.close();
  assert.ok(!texts(tabs(shelf)).includes("of the one"));
});

test("a browser that is full, keeps nothing or kept nonsense loses no text", () => {
  const shelf = new Shelf();
  const open = tabs(shelf);
  shelf.isFull = true;
  open.write("much");
  assert.equal(open.keep(), false);
  assert.equal(open.active.text, "much");
  assert.equal(tabs(undefined).active.text, "first");
  for (const nonsense of [
    "",
    "{",
    "null",
    "[]",
    '{"tabs":[1]}',
    '{"tabs":[null],"closed":[],"active":""}',
    '{"tabs":{}}',
  ]) {
    shelf.kept.set("key", nonsense);
    assert.equal(tabs(shelf).active.text, "first", nonsense);
  }
});

test("whatever is done, there is an active tab and no text is gone", () => {
  const chance = new Chance(9);
  for (let round = 0; round < 300; round++) {
    const shelf = new Shelf();
    let open = tabs(shelf);
    for (let step = 0; step < 20; step++) {
      const text = chance.text(NASTY, 6);
      const act = chance.below(6);
      if (act === 0) open.open(text);
      else if (act === 1) open.close();
      else if (act === 2) open.reopen();
      else if (act === 3) open.rename(text);
      else if (act === 4) open.write(`written ${text}`);
      else open = (open.keep(), tabs(shelf));
      assert.equal(open.all.filter(({ id }) => id === open.active.id).length, 1);
    }
  }
});
