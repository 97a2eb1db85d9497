/** What paper needs in place of buttons: beside each link the numbers of its sources, and below the tables the sources. */

import type { Language } from "../client/client.ts";
import type { NetworkDocument } from "./document.ts";
import { citations } from "./evidence.ts";
import type { Link } from "./graph.ts";
import { make } from "./make.ts";

interface Sheet {
  document: NetworkDocument;
  language: Language;
  /** What the list is called. */
  heading: string;
  /** The table of links: each button that opens a link names it by `data-link`. */
  table: HTMLElement;
  host: HTMLElement;
  links: () => readonly Link[];
}

/** Writes the sources whenever the page is printed, and takes them away after. */
export function citeOnPaper(sheet: Sheet): void {
  addEventListener("beforeprint", () => {
    if (sheet.host.isConnected) write(sheet);
  });
  addEventListener("afterprint", () => clear(sheet));
}

function write(sheet: Sheet): void {
  clear(sheet);
  const { document, language, table, host } = sheet;
  const links = new Map(sheet.links().map((link) => [link.key, link]));
  const numbers = new Map<string, number>();
  for (const button of table.querySelectorAll<HTMLElement>("button[data-link]")) {
    const texts = citations(document, links.get(button.dataset["link"]!)?.facts ?? [], language);
    for (const text of texts) if (!numbers.has(text)) numbers.set(text, numbers.size + 1);
    button.after(make("span", { class: "on-paper" }, texts.map((text) => `[${numbers.get(text)}]`).join(" ")));
  }
  if (numbers.size === 0) return;
  const list = make("ol", {}, ...[...numbers.keys()].map((text) => make("li", {}, make("bdi", {}, text))));
  host.append(make("section", { class: "on-paper" }, make("h2", {}, sheet.heading), list));
}

function clear({ table, host }: Sheet): void {
  for (const each of [...table.querySelectorAll(".on-paper"), ...host.querySelectorAll(".on-paper")]) each.remove();
}
