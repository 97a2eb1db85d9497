// The pages and the scripts say the same, so they read the same file.
import texts from "../../../src/asoen_graph/server/templates/words/places.json" with { type: "json" };
import type { Language } from "../client/client.ts";

export type Word = keyof typeof texts;

/** A word in a language, with values in place of what stands in braces. */
export function say(language: Language, word: Word, values: Record<string, string | number> = {}): string {
  return texts[word][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
