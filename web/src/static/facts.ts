/** From the name of a fact to the page of its source, where it stands. */

import { place } from "../client/place.ts";

export async function goToFact(root: string): Promise<void> {
  const fact = new URLSearchParams(location.search).get("name") ?? "";
  if (!/^[0-9a-f]{3,}$/.test(fact)) return;
  const response = await fetch(`${root}client/facts/${fact.slice(0, 2)}.json`);
  if (!response.ok) return;
  const source = ((await response.json()) as Record<string, string>)[fact];
  const language = document.documentElement.lang;
  if (source !== undefined) location.replace(`${root}${place(`source/${source}.html?lang=${language}#fact-${fact}`)}`);
}
