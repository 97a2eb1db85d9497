import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { snippets } from "../src/editor/snippets.ts";
import { Chance, NASTY } from "./made_up.ts";

const ENDPOINT = "https://example.org/sparql";

function code(name: string, query: string): string {
  return snippets(ENDPOINT, query).find((each) => each.name === name)?.text ?? "";
}

function texts(): string[] {
  const chance = new Chance(10);
  return [...NASTY, ...Array.from({ length: 400 }, () => chance.text(NASTY, 12))];
}

test("JavaScript reads every query back as it was", () => {
  for (const text of texts()) {
    const written = code("JavaScript", text);
    const assignment = written.slice(0, written.indexOf("\n\nconst answer = await"));
    assert.equal(new Function(`${assignment}\nreturn query;`)(), text);
  }
});

test("a shell hands every query on as it was", () => {
  for (const text of texts().filter((_, number) => number % 8 === 0)) {
    // In place of curl, what says its last argument.
    const script = `curl() { for last; do :; done; printf %s "$last"; }\n${code("curl", text)}`;
    assert.equal(execFileSync("sh", ["-c", script], { encoding: "utf8" }), `query=${text}`);
  }
});

test("Python reads every query back as it was", (context) => {
  const all = texts();
  const parts = all.map((text) => {
    const written = code("Python", text);
    return `${written.slice(written.indexOf("query = "), written.indexOf("\n\nanswer = "))}\nfound.append(query)`;
  });
  const script = `import json\nfound = []\n${parts.join("\n")}\nprint(json.dumps(found))`;
  let said: string;
  try {
    said = execFileSync("python3", ["-"], {
      input: script,
      encoding: "utf8",
      env: { ...process.env, PYTHONUTF8: "1" },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return context.skip("There is no python3");
    throw error;
  }
  assert.deepEqual(JSON.parse(said), all);
});

test("R reads every query back as it was", (context) => {
  const all = texts().filter((text) => !text.includes("\0"));
  const parts = all.map((text) => {
    const written = code("R", text);
    return `${written.slice(written.indexOf("query <- "), written.indexOf("\n\nanswer <- "))}\nfound <- c(found, query)`;
  });
  const script = `found <- c()\n${parts.join("\n")}\ncat(found, sep = "\\x1e")`;
  let said: string;
  try {
    said = execFileSync("Rscript", ["--vanilla", "--encoding=UTF-8", "-"], {
      input: script,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return context.skip("There is no Rscript");
    throw error;
  }
  assert.deepEqual(said.split("\x1e"), all);
});

test("a text of R ends where it ends", () => {
  for (const text of texts()) {
    const written = code("R", text);
    const literal = /^query <- "((?:[^"\\]|\\[^])*)"$/m.exec(written)?.[1];
    assert.ok(literal !== undefined, text);
    assert.equal(
      literal.replace(/\\(u([0-9a-f]{4})|.)/g, (_, sign: string, code?: string) =>
        code ? String.fromCharCode(parseInt(code, 16)) : sign === "r" ? "\r" : sign,
      ),
      text,
    );
  }
});

test("a graph is asked for as Turtle", () => {
  assert.match(code("curl", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), /text\/turtle/);
  assert.match(code("Python", "# SELECT\nDESCRIBE id:asoen"), /rdflib/);
  assert.match(code("curl", "SELECT * { ?s ?p ?o }"), /text\/csv/);
});
