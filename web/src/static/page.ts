/** What every page of a site of static files does besides. */

import type { Language } from "../client/client.ts";
import { LOADING } from "../client/loading.ts";
import { keepToFiles } from "./links.ts";
import { say } from "./words.ts";

export function beStatic(root: string): void {
  keepToFiles(root);
  tellLoading();
  if (/\/fact\.html$/.test(location.pathname)) void import("./facts.ts").then(({ goToFact }) => goToFact(root));
  const near = document.getElementById("near");
  if (near) void import("./near.ts").then(({ showNear }) => showNear(near, root));
  if (/\/search\.html$/.test(location.pathname)) void import("./search.ts").then(({ showFound }) => showFound());
}

/** While the data are being loaded, the page says how far it is. */
function tellLoading(): void {
  let bar: HTMLElement | undefined;
  document.addEventListener(LOADING, (event) => {
    const part = (event as CustomEvent<number>).detail;
    if (part >= 1) {
      bar?.remove();
      bar = undefined;
      return;
    }
    bar ??= start();
    const percent = Math.floor(part * 100);
    const line = bar.firstElementChild;
    const text = say("loading", document.documentElement.lang as Language, percent);
    if (line && line.textContent !== text) line.textContent = text;
    bar.querySelector("progress")?.setAttribute("value", String(percent));
  });
}

function start(): HTMLElement {
  const made = document.createElement("div");
  made.className = "loading-data";
  const line = document.createElement("span");
  const progress = document.createElement("progress");
  progress.max = 100;
  line.id = "loading-data";
  progress.setAttribute("aria-labelledby", line.id);
  made.append(line, progress);
  document.body.append(made);
  return made;
}
