// What scripts make of the occasions of a network, against what the server makes of the same rows: the cases are written
// by tests/network/test_occasions.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import type { NetworkDocument } from "../src/network/document.ts";
import { asGexf, asGraphml, asJson, linksAsCsv, type Written } from "../src/network/files.ts";
import { ofAllTime, see } from "../src/network/seeing.ts";
import { readState, WHOLE, writeState } from "../src/network/state.ts";
import { COLOURS, kindStyles, LINE_COLOURS, lineStyles } from "../src/network/palette.ts";
import { placeLabels, wrapped } from "../src/network/labels.ts";
import { arrange } from "../src/network/layout.ts";
import type { Net } from "../src/network/graph.ts";
import * as period from "../src/network/period.ts";

interface Case {
  asked: Record<string, string>;
  network: { nodes: string[]; links: unknown[][]; changes: Record<string, string> };
}
interface Golden {
  document: NetworkDocument;
  looks: { kinds: Record<string, [string, string]>; lines: Record<string, [string, string]> };
  cases: Case[];
}

function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8")) as T;
}

const NAMES = ["partners-met-together", "reporting-lines", "who-works-with-whom", "participants-and-meetings"];

function told(document: NetworkDocument, net: Net): Case["network"] {
  const id = (node: number) => document.nodes[node]!.id;
  const links = net.links.map((link) => [
    ...[id(link.source), id(link.target)].sort(),
    link.relation === null ? "" : document.relations[link.relation]!.key,
    Number(link.weight.toFixed(9)),
    link.spells,
    link.facts.map((fact) => document.facts[fact]!.iri).sort(),
    link.change?.name ?? "",
  ]);
  const changes = [...(net.changes ?? [])].map(([node, change]) => [id(node), change.name] as const);
  return { nodes: net.nodes.map(id), links, changes: Object.fromEntries(changes) };
}

function sorted(network: Case["network"]): Case["network"] {
  const key = (link: unknown[]) => JSON.stringify(link);
  return {
    ...network,
    nodes: [...network.nodes].sort(),
    links: [...network.links].sort((a, b) => (key(a) < key(b) ? -1 : 1)),
  };
}

for (const name of NAMES) {
  const { document, cases, looks } = golden<Golden>(name);
  for (const { asked, network } of cases)
    test(`${name} ${JSON.stringify(asked)} is the server's`, async () => {
      const seen = await see(document, readState(new URLSearchParams(asked)), "en");
      assert.deepEqual(sorted(told(document, seen.net)), sorted(network));
    });

  test(`${name} looks as the server draws it`, () => {
    const kinds = kindStyles(document.kinds).map(({ colour, shape }, place) => [
      document.kinds[place]!.key,
      [COLOURS[colour], shape],
    ]);
    assert.deepEqual(Object.fromEntries(kinds), looks.kinds);
    const lines = lineStyles(document.relations);
    for (const [key, look] of Object.entries(looks.lines)) {
      const place = key === "" ? lines.length - 1 : document.relations.findIndex((each) => each.key === key);
      assert.deepEqual([LINE_COLOURS[lines[place]!.colour], lines[place]!.dashes], look, key);
    }
  });

  test(`${name} as files: each link with its facts and sources`, async () => {
    const { net } = await see(document, WHOLE, "en");
    const written: Written = {
      document,
      net,
      language: "en",
      title: "A & B",
      notes: "",
      values: new Map(),
      places: new Map(),
      colours: new Map(),
    };
    const json = JSON.parse(asJson(written)) as { edges: { facts: string[]; sources: string[] }[] };
    assert.equal(json.edges.length, net.links.length);
    for (const edge of json.edges) assert.ok(edge.facts.length > 0 && edge.sources.length > 0);
    assert.equal(linksAsCsv(written).split("\r\n").length, net.links.length + 2);
    for (const text of [asGraphml(written), asGexf(written)])
      assert.equal(text.split("<edge ").length - 1, net.links.length);
  });

  test(`${name} is arranged the same way each time, no two nodes in one place`, () => {
    const net = ofAllTime(document, WHOLE);
    for (const layout of ["spring", "layered", "circle"] as const) {
      const places = arrange(document, net, layout);
      assert.deepEqual(arrange(document, net, layout), places);
      assert.equal(new Set([...places.values()].map(String)).size, net.nodes.length, layout);
    }
  });
}

interface Time {
  periods: Record<string, [string, string] | null>;
  spoken: Record<string, [string, string]>;
  spells: [string | null, string | null, string, string][];
  covered: Record<string, boolean[]>;
  comparisons: [string, string, boolean][];
  united: [string | null, string | null][];
  overlaps: [string | null, string | null][][];
}

test("time is told as the server tells it", () => {
  const time = golden<Time>("time");
  const read = (word: string) => {
    try {
      return period.readPeriod(word);
    } catch (error) {
      assert.ok(error instanceof period.PeriodError, String(error));
      return null;
    }
  };
  const spells = time.spells.map(([start, end]): period.Spell => [start, end]);
  for (const [word, days] of Object.entries(time.periods)) {
    const found = read(word);
    assert.deepEqual(found && [...period.daysOfPeriod(found)], days, word);
    if (!found) continue;
    assert.deepEqual([period.spokenPeriod(found, "en"), period.spokenPeriod(found, "vi")], time.spoken[word]);
    assert.deepEqual(
      spells.map((spell) => period.covers(found, spell)),
      time.covered[word],
      word,
    );
  }
  for (const [start, end, english, vietnamese] of time.spells) {
    assert.equal(period.spokenSpell([start, end], "en"), english);
    assert.equal(period.spokenSpell([start, end], "vi"), vietnamese);
  }
  for (const [one, other, isRight] of time.comparisons) {
    const compare = () => period.readComparison(`${one},${other}`);
    if (isRight) compare();
    else assert.throws(compare, period.PeriodError);
  }
  assert.deepEqual(period.unite([...spells.slice(4), spells[0]!]), time.united);
  assert.deepEqual(
    spells.flatMap((one) => spells.map((other) => period.overlap([one], [other]))),
    time.overlaps,
  );
});

test("what is chosen is what the address says", () => {
  const address = "at=2019&kinds=meeting,person&least=2&top=5&by=degree&find=Hà Nội";
  const state = readState(new URLSearchParams(address));
  assert.deepEqual(Object.fromEntries(new URLSearchParams(address)), writeState(state));
  assert.deepEqual(writeState(WHOLE), {});
  assert.deepEqual(readState(new URLSearchParams("top=-1&least=x&layout=cloud&project=both")), WHOLE);
});

test("names are found without diacritics, and what is found brings its neighbours", async () => {
  const { document } = golden<Golden>("who-works-with-whom");
  const name = document.nodes[0]!.labels.vi!;
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase();
  const { net } = await see(document, { ...WHOLE, find: plain }, "vi");
  assert.ok(net.nodes.includes(0));
  for (const link of net.links) assert.ok(net.nodes.includes(link.source) && net.nodes.includes(link.target));
});

test("no name stands on another", () => {
  const marked = Array.from({ length: 60 }, (_, node) => ({
    node,
    x: 40 + (node % 10) * 60,
    y: 30 + Math.floor(node / 10) * 30,
    radius: 8,
    lines: ["a name"],
    width: 70,
    rank: node,
  }));
  const labels = placeLabels(marked, { width: 800, height: 400 });
  assert.ok(labels.length > 5);
  const boxes = labels.map(({ x, y, anchor }) => {
    const left = anchor === "start" ? x : anchor === "end" ? x - 70 : x - 35;
    return [left, y - 11, left + 70, y + 3] as const;
  });
  boxes.forEach((one, place) => {
    for (const other of boxes.slice(place + 1))
      assert.ok(one[0] >= other[2] || one[2] <= other[0] || one[1] >= other[3] || one[3] <= other[1]);
  });
  assert.deepEqual(
    wrapped("ASEAN Working Group on Nature Conservation and Biodiversity of the Region and Beyond", 24, 3).length,
    3,
  );
});
