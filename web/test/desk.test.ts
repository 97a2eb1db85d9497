import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ProblemError } from "../src/client/client.ts";
import { Desk, EngineMistake } from "../src/client/static/desk.ts";
import type { Asked, Said } from "../src/client/static/messages.ts";
import { wordsOf } from "../src/static/near.ts";

/** A worker that answers as the test says; those made are counted, and those ended. */
class MadeUp extends EventTarget {
  static made = 0;
  static ended = 0;
  static opening: "opened" | "mistake" = "opened";
  static answer: (asked: Asked) => Omit<Said, "id"> | null = () => null;
  onmessage: ((event: MessageEvent<Said>) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    super();
    MadeUp.made++;
  }

  postMessage(asked: Asked): void {
    const opened = MadeUp.opening === "opened" ? { kind: "opened", quads: 1 } : { kind: "mistake", message: "404" };
    const said = asked.kind === "open" ? opened : MadeUp.answer(asked);
    if (said === null) return;
    const event = new MessageEvent("message", { data: { id: asked.id, ...said } as Said });
    queueMicrotask(() => (this.onmessage ? this.onmessage(event) : this.dispatchEvent(event)));
  }

  terminate(): void {
    MadeUp.ended++;
  }
}

Object.assign(globalThis, { Worker: MadeUp });
const desk = () => new Desk({ engine: "engine.js", data: "data.gz", bytes: 1 }, () => {});
const ask = { kind: "ask", text: "ASK {}" } as const;
const answer = { kind: "results", json: "{}" } as const;
const told = (part: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ProblemError);
  assert.match(error.problem.detail ?? "", part);
  assert.ok(error.problem.hint, "there is a way on");
  return true;
};

beforeEach(() => {
  Object.assign(MadeUp, { made: 0, ended: 0, opening: "opened" });
  MadeUp.answer = () => ({ kind: "answered", answer });
});

test("a question that takes too long, breaks the engine or is left ends it, and the next has a new one", async () => {
  const here = desk();
  MadeUp.answer = () => null;
  await assert.rejects(here.ask(ask, 0.01), told(/still running after 0.01 s/));
  MadeUp.answer = () => ({ kind: "fallen", message: "unreachable" });
  await assert.rejects(here.ask(ask, 1), told(/broke off: unreachable/));
  MadeUp.answer = () => null;
  const leaving = new AbortController();
  const left = here.ask(ask, 1, leaving.signal);
  setTimeout(() => leaving.abort(), 5);
  await assert.rejects(left, { name: "AbortError" });
  assert.deepEqual([MadeUp.made, MadeUp.ended], [3, 3]);
  MadeUp.answer = () => ({ kind: "answered", answer });
  assert.deepEqual(await here.ask(ask, 1), answer);
  assert.equal(MadeUp.made, 4);
});

test("a mistake in a query leaves the engine, and those who wait have their turn", async () => {
  const here = desk();
  MadeUp.answer = (asked) =>
    asked.kind === "check" ? { kind: "mistake", message: "no" } : { kind: "answered", answer };
  const [wrong, right] = [here.ask({ kind: "check", text: "" }, 1), here.ask(ask, 1)];
  await assert.rejects(wrong, EngineMistake);
  assert.deepEqual(await right, answer);
  assert.deepEqual([MadeUp.made, MadeUp.ended], [1, 0]);
});

test("what cannot be loaded is told, and tried again with the next question", async () => {
  const here = desk();
  MadeUp.opening = "mistake";
  await assert.rejects(here.ask(ask, 1), told(/cannot be loaded: 404/));
  MadeUp.opening = "opened";
  assert.deepEqual(await here.ask(ask, 1), answer);
});

test("a browser without WebAssembly is told what it lacks", async () => {
  const { WebAssembly } = globalThis;
  Reflect.deleteProperty(globalThis, "WebAssembly");
  try {
    await assert.rejects(desk().ask(ask, 1), told(/no WebAssembly/));
  } finally {
    Object.assign(globalThis, { WebAssembly });
  }
});

test("an address where there is nothing is looked for by its last part", () => {
  assert.equal(wordsOf("/asoen/vi/id/lo-go-xa-mt.html"), "lo go xa mt");
  assert.equal(wordsOf("/asoen/L%C3%B2_G%C3%B2/"), "Lò Gò");
  assert.equal(wordsOf("/asoen/%E0%A4"), "");
});
