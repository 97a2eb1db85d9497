/**
 * The engine: Oxigraph compiled to WebAssembly over the quads of the release. It is the engine of the server too, so that
 * the same query has the same answer; it runs in a worker, which can be ended while a query goes on.
 */

import { Store } from "oxigraph/web.js";
import { formOf } from "./tokens.ts";
import type { EngineAnswer } from "./messages.ts";

const JSON_RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

export class Engine {
  readonly #store = new Store();
  readonly #empty = new Store();

  /** Reads N-Quads in pieces; each piece may end anywhere. */
  load(pieces: Iterable<Uint8Array>): number {
    // The data were checked when the release was built.
    this.#store.load(pieces as never, { format: "nq", no_transaction: true, lenient: true });
    return this.#store.size;
  }

  /** Throws an `Error` with the engine's own words. */
  ask(text: string, format?: string): EngineAnswer {
    const isGraph = ["CONSTRUCT", "DESCRIBE"].includes(formOf(text) ?? "");
    const written = this.#store.query(text, { results_format: format ?? (isGraph ? TRIPLES : JSON_RESULTS) }) as string;
    if (format !== undefined) return { kind: "file", content: written };
    return isGraph ? { kind: "graph", triples: written } : { kind: "results", json: written };
  }

  /** Whether the text is a query the engine takes: asked of nothing, it costs nothing. Throws what `ask` throws. */
  check(text: string): void {
    this.#empty.query(text, { results_format: formOf(text)?.match(/CON|DES/) ? TRIPLES : JSON_RESULTS });
  }
}
