/** Where an answer comes from: the hash of its query as the server has it, and its citation. */

import type { Language, Origin } from "../client.ts";

/** What stands in the place of the hash in a citation. */
export const PLACE = "{query}";
const DIGITS = 16;

export async function originOf(
  text: string,
  release: string,
  citations: Readonly<Record<string, string>>,
  language: Language,
): Promise<Origin> {
  const query = await digestOf(text);
  const citation = (citations[language] ?? "").replace(PLACE, query.slice(0, DIGITS));
  return { release, query, address: "", citation: query ? citation : citation.replace(/ \S+ \.$/, "") };
}

/** Empty where the browser has no digests: on a page that came over plain HTTP. */
async function digestOf(text: string): Promise<string> {
  if (!globalThis.crypto?.subtle) return "";
  const bytes = new TextEncoder().encode(`sparql\n\n\n${text.trim()}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 32);
}
