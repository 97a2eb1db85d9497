import assert from "node:assert/strict";
import { test } from "node:test";
import { openedBy, shareLink, without } from "../src/editor/share.ts";
import { Chance, NASTY } from "./made_up.ts";

const PAGE = "https://example.org/asoen/sparql";

test("a link brings any text back, and sends none of it to a server", () => {
  const chance = new Chance(8);
  for (let round = 0; round < 2000; round++) {
    const [text, title] = [chance.text(NASTY, 30), chance.text(NASTY, 4)];
    const link = shareLink(PAGE, text, title, "vi");
    assert.deepEqual(openedBy(link), { kind: "text", text, title, isAsked: false });
    assert.equal(link.slice(0, link.indexOf("#")), `${PAGE}?lang=vi`);
  }
});

test("what pages without scripts link to is understood", () => {
  const values = { series: "asoen-meetings" };
  assert.deepEqual(openedBy(`${PAGE}?example=meetings&series=asoen-meetings&lang=vi`), {
    kind: "example",
    name: "meetings",
    values,
  });
  assert.deepEqual(openedBy(`${PAGE}?edit=SELECT+*+%7B&lang=vi`), {
    kind: "text",
    text: "SELECT * {",
    title: "",
    isAsked: false,
  });
  assert.deepEqual(openedBy(`${PAGE}?query=ASK+{}&lang=vi`), {
    kind: "text",
    text: "ASK {}",
    title: "",
    isAsked: true,
  });
  assert.deepEqual(openedBy(`${PAGE}?lang=vi`), { kind: "nothing" });
  assert.equal(without(`${PAGE}?example=meetings&series=x&lang=vi#query=a`), `${PAGE}?lang=vi`);
});
