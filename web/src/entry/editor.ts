import type { Language } from "../client/client.ts";
import { connect } from "../client/connect.ts";

/** The page works without; so what is heavy comes after it, and takes the place of the form when it is there. */
async function begin(): Promise<void> {
  const work = document.getElementById("work");
  const answer = document.getElementById("answer");
  const box = document.querySelector<HTMLTextAreaElement>("#query");
  if (!work || !answer || !box) return;
  const language: Language = document.documentElement.lang === "vi" ? "vi" : "en";
  const [{ Bench }, client] = await Promise.all([import("../editor/bench.ts"), connect()]);
  const parts = { work, answer, examples: document.getElementById("examples"), text: box.value };
  await new Bench(client, language, parts).begin();
}

void begin();
