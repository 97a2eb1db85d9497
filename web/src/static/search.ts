/** The page that searches, on a site of static files: what is asked stands in its address, the names are a file. */

import type { Language } from "../client/client.ts";
import { connect, site } from "../client/connect.ts";
import { place } from "../client/place.ts";
import type { StaticClient } from "../client/static.ts";
import type { Hit } from "../client/static/names.ts";
import { say } from "./words.ts";

const MOST = 200;

/** Shows what is called as the address asks, below the box of the page. */
export async function showFound(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const main = document.querySelector<HTMLElement>("main");
  const box = main?.querySelector<HTMLInputElement>("input[name=q]");
  const form = box?.form;
  if (!main || !box || !form || !asked) return;
  const language = document.documentElement.lang as Language;
  box.value = asked;
  document.title = `${asked} · ${document.title}`;
  const shown = document.createElement("section");
  shown.setAttribute("aria-live", "polite");
  shown.append(paragraph(say("searching", language)));
  // What the page says while nothing was asked.
  while (form.nextElementSibling) form.nextElementSibling.remove();
  form.after(shown);
  try {
    const client = (await connect()) as StaticClient;
    const hits = (await client.names()).find(asked, language);
    shown.replaceChildren(...found(hits, language));
  } catch {
    shown.replaceChildren(paragraph(say("failed", language)));
  }
}

function found(hits: readonly Hit[], language: Language): Node[] {
  if (!hits.length) return [paragraph(say("none", language))];
  const head = document.createElement("h2");
  head.textContent = say("hits", language, hits.length.toLocaleString(language));
  const list = document.createElement("ol");
  list.className = "hits";
  list.append(...hits.slice(0, MOST).map((hit) => item(hit, language)));
  const notes = [
    ...(hits[0]?.match === "near" ? [paragraph(say("near", language))] : []),
    ...(hits.length > MOST ? [paragraph(say("more", language, MOST))] : []),
  ];
  return [head, ...notes, list];
}

function item(hit: Hit, language: Language): HTMLElement {
  const made = document.createElement("li");
  const link = document.createElement("a");
  link.className = "label";
  link.href = site().root + place(`id/${hit.slug}.html?lang=${language}`);
  link.textContent = hit.label;
  const kind = document.createElement("span");
  kind.className = "kind";
  const isOther = hit.matched !== hit.label && hit.matched !== hit.slug;
  kind.textContent = hit.classLabel + (isOther ? ` · ${say("also", language)} “${hit.matched}”` : "");
  made.append(link, " ", kind);
  return made;
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
