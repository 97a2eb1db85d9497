import assert from "node:assert/strict";
import { test } from "node:test";
import { readGlossary } from "../src/client/glossary.ts";
import { Completer, fold } from "../src/editor/completion.ts";
import { placeAt } from "../src/editor/place.ts";
import { Chance, NASTY } from "./made_up.ts";

const GLOSSARY = readGlossary({
  prefixes: { asoen: "https://w3id.org/asoen/ontology#", id: "https://w3id.org/asoen/id/", rdfs: "http://x/rdfs#" },
  classes: [
    ["Event", "event", "sự kiện", "What happens.", "Điều diễn ra.", []],
    ["Meeting", "meeting", "kỳ họp", "People meet.", "Mọi người họp.", ["asoen:Event"]],
    ["HeritagePark", "heritage park", "vườn di sản", "A park.", "Một vườn.", ["asoen:Place"]],
    ["Place", "place", "địa điểm", "Somewhere.", "Một nơi.", []],
  ],
  properties: [
    ["starts", "starts", "bắt đầu", "When it starts.", "Khi bắt đầu.", "xsd:date", ["asoen:Event"]],
    ["place", "place", "địa điểm", "Where.", "Ở đâu.", "asoen:Place", ["asoen:Meeting"]],
    ["area", "area", "diện tích", "How large.", "Rộng bao nhiêu.", "xsd:decimal", ["asoen:HeritagePark"]],
    ["meetingStatus", "status", "tình trạng", "Held or not.", "Đã họp chưa.", "asoen:MeetingStatus", ["asoen:Meeting"]],
  ],
  concepts: [["held", "held", "đã họp", "It was held.", "Đã họp.", "asoen:MeetingStatus"]],
  entities: [["asoen:HeritagePark", ["lo-go-xa-mat", "Lo Go–Xa Mat National Park", "Vườn quốc gia Lò Gò - Xa Mát"]]],
});
const COMPLETER = new Completer(GLOSSARY);

/** What is suggested where the bar stands in a text. */
function suggested(text: string, language: "en" | "vi" = "en", asked = false): string[] {
  const at = text.indexOf("|");
  return (COMPLETER.suggest(text.replace("|", ""), at, language, asked)?.items ?? []).map(({ insert }) => insert);
}

test("an entity is found by its label, in either language, with or without marks", () => {
  for (const words of ["lo go", "Lò Gò", "xa mat", "Lo Go - Xa", "vuon quoc gia lo"]) {
    for (const language of ["en", "vi"] as const)
      assert.equal(suggested(`SELECT * { ?m asoen:place ${words}|`, language)[0], "id:lo-go-xa-mat", words);
  }
});

test("the whole of the words is replaced, not the last alone", () => {
  const text = "SELECT * { ?m asoen:place Lò Gò";
  assert.equal(COMPLETER.suggest(text, text.length, "en", false)?.from, text.indexOf("Lò"));
});

test("after a there are classes, in place of a property properties, of the class first", () => {
  assert.deepEqual(suggested("SELECT * { ?m a mee|").slice(-1), ["asoen:Meeting"]);
  const carried = suggested("SELECT * { ?m a asoen:Meeting ; |", "en", true);
  assert.ok(carried.indexOf("asoen:starts") < carried.indexOf("asoen:area"));
  assert.ok(!carried.includes("asoen:Meeting") && !carried.includes("id:lo-go-xa-mat"));
  assert.equal(suggested("SELECT * { ?m asoen:meetingStatus |", "en", true)[0], "asoen:held");
});

test("a prefixed name is completed by what it is called too", () => {
  assert.equal(suggested("SELECT * { ?m asoen:dien| }")[0], "asoen:area");
  assert.equal(suggested("SELECT * { ?m asoen:pla| }")[0], "asoen:place");
});

test("variables of the query, keywords and prefixes", () => {
  assert.deepEqual(suggested("SELECT ?meeting { ?meeting ?property ?value FILTER(?m|"), ["?meeting"]);
  assert.ok(suggested("SEL|").includes("SELECT"));
  assert.ok(suggested("SELECT * { rd|").includes("rdfs:"));
});

test("nothing in comments and texts", () => {
  for (const text of ["# mee|", 'SELECT * { ?x ?y "mee|" }', 'SELECT * { ?x ?y "mee|'])
    assert.deepEqual(suggested(text, "en", true), [], text);
});

test("whatever is written, and wherever, nothing breaks, and what is replaced lies before the cursor", () => {
  const chance = new Chance(7);
  for (let round = 0; round < 3000; round++) {
    const text = chance.text(NASTY, 30);
    const at = chance.below(text.length + 1);
    const found = COMPLETER.suggest(text, at, "vi", true);
    assert.ok(
      found === null || (found.from >= 0 && found.from <= at && found.items.length <= 60),
      JSON.stringify(text),
    );
  }
});

test("letters are compared as the server compares them", () => {
  assert.equal(fold("Lò Gò – Xa Mát, ĐẮK"), "lo go – xa mat, dak");
  assert.equal(fold("ខ្មែរ"), "ខ្មែរ");
});

test("a place knows its triple", () => {
  const text = "SELECT * { ?m a asoen:Meeting ; asoen:place ?p . OPTIONAL { ?p asoen:area ";
  const place = placeAt(text, text.length);
  assert.deepEqual([place.role, place.subject, place.predicate], ["object", "?p", "asoen:area"]);
  assert.equal(placeAt("SELECT * { ?m asoen:place/", 26).role, "predicate");
  assert.equal(placeAt("SELECT * { ?s ?p ?o FILTER(", 27).role, "expression");
  assert.equal(placeAt("SELECT * { ?s ?p ?o . ", 22).role, "subject");
  assert.equal(placeAt("PREFIX ", 7).role, "outside");
});
