/// <reference lib="webworker" />
// The worker that the engine runs in, on a site of static files.
import init from "oxigraph/web.js";
import wasm from "oxigraph/web_bg.wasm";
import { Engine } from "../client/static/engine.ts";
import { fetchPieces } from "../client/static/loading.ts";
import type { Asked, Said } from "../client/static/messages.ts";

const say = (said: Said) => (self as unknown as { postMessage(said: Said): void }).postMessage(said);
// The build gives the name of the file, where the package declares what is in it.
const address = wasm as unknown as string;
let engine: Engine | undefined;

async function open(asked: Extract<Asked, { kind: "open" }>): Promise<number> {
  // As bytes: a plain file server may not know the media type of WebAssembly.
  const [program, pieces] = await Promise.all([
    fetch(new URL(address, import.meta.url)).then(async (response) => {
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      return response.arrayBuffer();
    }),
    fetchPieces(asked.data, asked.bytes, (done, total) => say({ id: asked.id, kind: "progress", done, total })),
  ]);
  await init({ module_or_path: program });
  engine = new Engine();
  return engine.load(pieces);
}

self.addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
  const { id } = data;
  try {
    if (data.kind === "open") say({ id, kind: "opened", quads: await open(data) });
    else if (!engine) throw new Error("The engine has not been opened");
    else if (data.kind === "ask") say({ id, kind: "answered", answer: engine.ask(data.text, data.format) });
    else {
      engine.check(data.text);
      say({ id, kind: "answered", answer: { kind: "file", content: "" } });
    }
  } catch (error) {
    // Brackets without end, or no memory left: what the engine held may be half of something.
    const hasFallen = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const message = error instanceof Error ? error.message : String(error);
    say({ id, kind: hasFallen ? "fallen" : "mistake", message });
  }
});
