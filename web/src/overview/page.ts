/** The page of a map or a timeline, brought to life: all it needs stands in its table. */

import type { Language } from "../client/client.ts";
import { site } from "../client/connect.ts";
import { fillForm, fits, queryOf, readForm } from "./choice.ts";
import { offerFiles } from "./files.ts";
import { type Painter, Stage } from "./stage.ts";
import { addFinders, choose } from "./table.ts";
import { readTable, type Thing } from "./thing.ts";
import { say } from "./words.ts";

export interface Overview {
  painter: Painter;
  tell: (things: readonly Thing[], language: Language) => string;
  /** Called with the form before anything is drawn. */
  prepare?: (form: HTMLFormElement) => void;
}

export function enhance({ painter, tell, prepare }: Overview): void {
  const form = document.querySelector<HTMLFormElement>("form.choice");
  const table = document.querySelector<HTMLTableElement>("table.overview");
  const canvas = document.querySelector<HTMLElement>(".picture .canvas");
  const told = document.querySelector<HTMLElement>(".told");
  if (!form || !table || !canvas || !told) return;
  const language: Language = document.documentElement.lang === "vi" ? "vi" : "en";
  const things = readTable(table);
  const stage = new Stage(canvas.closest<HTMLElement>(".picture")!, canvas, painter, language);
  stage.onPin = (pinned) => choose(things, pinned);
  addFinders(things, language, (thing) => stage.find(thing));
  const apply = () => {
    const choice = readForm(form);
    const shown = things.filter((thing) => fits(thing, choice));
    const isShown = new Set(shown);
    for (const thing of things) thing.row!.hidden = !isShown.has(thing);
    prepare?.(form);
    stage.show(shown);
    told.querySelector(".shown")!.textContent = say(language, "shown_of", { shown: shown.length, all: things.length });
    told.querySelector(".summary")!.textContent = tell(shown, language);
    return shown;
  };
  fillForm(form, new URLSearchParams(location.search));
  let shown = apply();
  const change = () => {
    if (!form.checkValidity()) return form.reportValidity();
    shown = apply();
    const query = queryOf(form);
    history.replaceState(null, "", `?${query}`);
    followLanguage(query);
    return files.follow(query);
  };
  const files = offerFiles(document.querySelector<HTMLElement>(".files"), site().kind, stage, () => shown);
  form.addEventListener("change", change);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });
  form.querySelector(".row a.button")?.addEventListener("click", (event) => {
    event.preventDefault();
    fillForm(form, new URLSearchParams());
    change();
  });
}

/** The link to the page in the other language asks for the same choice. */
function followLanguage(query: URLSearchParams): void {
  const link = document.querySelector<HTMLAnchorElement>("header a[hreflang]");
  if (!link?.getAttribute("href")?.startsWith("?")) return;
  const other = new URLSearchParams(query);
  other.set("lang", link.hreflang);
  link.setAttribute("href", `?${other}`);
}
