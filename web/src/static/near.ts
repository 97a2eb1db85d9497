/** On the page for an address where there is nothing: what is called like the last part of it. */

import type { Language } from "../client/client.ts";
import { connect } from "../client/connect.ts";
import { place } from "../client/place.ts";

const MOST = 8;

export async function showNear(host: HTMLElement, root: string): Promise<void> {
  const language = document.documentElement.lang as Language;
  const words = wordsOf(location.pathname);
  const found = words ? await (await connect()).search(words, language, MOST) : [];
  const items = found.map(({ slug, label, classLabel }) => {
    const link = Object.assign(document.createElement("a"), { textContent: label });
    link.href = root + place(`id/${slug}.html?lang=${language}`);
    const item = document.createElement("li");
    item.append(link, ` ${classLabel}`);
    return item;
  });
  host.querySelector("ul")?.replaceChildren(...items);
  host.hidden = items.length === 0;
}

/** The last part of an address as words: `id/lo-go-xa-mt.html` is `lo go xa mt`. */
export function wordsOf(path: string): string {
  const last = path.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return decodeURIComponent(last)
      .replace(/\.[a-z0-9]+$/i, "")
      .replace(/[-_+.]+/g, " ")
      .trim();
  } catch {
    return "";
  }
}
