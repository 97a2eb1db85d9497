/**
 * The worker with the engine, seen from the page: opened when something is first asked, one question at a time, ended
 * where a question takes too long or nobody wants its answer any more. The next question opens it anew.
 */

import { ProblemError } from "../client.ts";
import { problem, tell } from "./telling.ts";
import type { Asked, EngineAnswer, Said } from "./messages.ts";

export interface Addresses {
  /** The script of the worker. */
  engine: string;
  /** The quads, compressed. */
  data: string;
  /** How long they are when they are not. */
  bytes: number;
}

/** What is told while the data are being loaded: the part that is there, from 0 to 1. */
export type Progress = (part: number) => void;

/** What the browser must have. */
const NEEDED = ["WebAssembly", "Worker", "DecompressionStream"];

type Question = { kind: "ask"; text: string; format?: string } | { kind: "check"; text: string };

/** What the engine said of a question that it does not take. */
export class EngineMistake extends Error {}

export class Desk {
  readonly #addresses: Addresses;
  readonly #progress: Progress;
  #worker: Promise<Worker> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #ids = 0;

  constructor(addresses: Addresses, progress: Progress) {
    this.#addresses = addresses;
    this.#progress = progress;
  }

  /** Rejects with `EngineMistake`, with `ProblemError` where time is up or the data cannot be had, or as the signal says. */
  async ask(question: Question, seconds: number, signal?: AbortSignal): Promise<EngineAnswer> {
    // One after the other, whatever becomes of those before.
    const turn = this.#last.catch(() => {}).then(() => this.#answer(question, seconds, signal));
    this.#last = turn;
    return turn;
  }

  async #answer(question: Question, seconds: number, signal?: AbortSignal): Promise<EngineAnswer> {
    signal?.throwIfAborted();
    this.#worker ??= this.#open();
    const worker = await this.#worker.catch((error: unknown) => {
      this.#worker = undefined;
      throw error instanceof ProblemError ? error : unavailable(error);
    });
    signal?.throwIfAborted();
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      const finish = (then: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", leave);
        worker.removeEventListener("message", hear);
        worker.removeEventListener("error", fall);
        then();
      };
      const end = (reason: unknown) => {
        worker.terminate();
        this.#worker = undefined;
        finish(() => reject(reason));
      };
      const leave = () => end(signal?.reason);
      const fall = (event: ErrorEvent) => end(broken(event.message || "it stopped"));
      const hear = ({ data }: MessageEvent<Said>) => {
        if (data.id !== id) return;
        if (data.kind === "answered") finish(() => resolve(data.answer));
        else if (data.kind === "mistake") finish(() => reject(new EngineMistake(data.message)));
        else if (data.kind === "fallen") end(broken(data.message));
      };
      const timer = setTimeout(() => end(outOfTime(seconds)), seconds * 1000);
      signal?.addEventListener("abort", leave, { once: true });
      worker.addEventListener("message", hear);
      worker.addEventListener("error", fall);
      worker.postMessage({ id, ...question } satisfies Asked);
    });
  }

  #open(): Promise<Worker> {
    const { engine, data, bytes } = this.#addresses;
    const missing = NEEDED.find((name) => !(name in globalThis));
    if (missing) return Promise.reject(notInBrowser(missing));
    return new Promise((resolve, reject) => {
      const worker = new Worker(engine, { type: "module" });
      const id = ++this.#ids;
      const fail = (reason: unknown) => {
        worker.terminate();
        reject(reason);
      };
      worker.onerror = (event) => fail(new Error(event.message || "the engine cannot be started"));
      worker.onmessage = ({ data: said }: MessageEvent<Said>) => {
        if (said.id !== id) return;
        if (said.kind === "progress") this.#progress(said.total ? Math.min(1, said.done / said.total) : 0);
        else if (said.kind === "mistake" || said.kind === "fallen") fail(new Error(said.message));
        else if (said.kind === "opened") {
          worker.onmessage = worker.onerror = null;
          this.#progress(1);
          resolve(worker);
        }
      };
      worker.postMessage({ id, kind: "open", data, bytes } satisfies Asked);
    });
  }
}

/** Whoever turns WebAssembly off, as some strict modes of browsers do, can read all the same. */
function notInBrowser(name: string) {
  return problem("store", 500, "The engine failed", {
    detail: tell("browser.lacking", { name }),
    hint: tell("browser.lacking-hint"),
  });
}

function broken(why: string) {
  return problem("query", 400, "The query cannot be answered", {
    detail: tell("browser.broken", { why }),
    hint: tell("browser.broken-hint"),
  });
}

function outOfTime(seconds: number) {
  return problem("time-limit", 503, "The request takes more time than allowed", {
    detail: tell("browser.time", { seconds }),
    hint: tell("browser.less"),
  });
}

function unavailable(error: unknown) {
  return problem("store", 500, "The engine failed", {
    detail: tell("browser.unavailable", { error: error instanceof Error ? error.message : String(error) }),
    hint: tell("browser.load-again"),
  });
}
