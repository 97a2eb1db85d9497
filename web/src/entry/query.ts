// The page of a catalogue query, which the server writes whole: here the form runs without leaving the page, and the
// answer gets its views. What was asked stays in the address.
import { toldOf } from "../client/told.ts";
import { showAnswer } from "../answer/show.ts";
import type { Shown } from "../answer/show.ts";
import { say } from "../answer/words.ts";
import { ProblemError } from "../client/client.ts";
import type { Arguments, Language } from "../client/client.ts";
import { connect, site } from "../client/connect.ts";

/** What the page says of its query, in attributes of the place of the answer. */
interface Told {
  name: string;
  view: string;
  title: string;
  headings: Record<string, string>;
  picture: Record<string, string>;
}

const OF_PAGE = ["lang", "show"];

const host = document.getElementById("answer");
const form = document.querySelector<HTMLFormElement>("form#parameters, main form:not(.search)");
if (host?.dataset.query) start(host, host.dataset.query);

function start(host: HTMLElement, name: string): void {
  const language: Language = document.documentElement.lang === "vi" ? "vi" : "en";
  const read = (json: string | undefined) => JSON.parse(json ?? "{}") as Record<string, string>;
  const { view = "", headings, picture } = host.dataset;
  const title = document.querySelector("main h1")?.textContent?.trim() ?? "";
  const told = { name, view, title, headings: read(headings), picture: read(picture) };
  // What the page was written for: on a site of static files, for the usual values, whatever the address asks.
  const asked = site().kind === "server" ? location.search : "";
  let shown = location.search;
  let running = new AbortController();
  const again = () => {
    running.abort();
    running = new AbortController();
    keepApart(asked);
    shown = location.search;
    void run(host, told, language, running.signal);
  };
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", addressOf(form));
    again();
  });
  window.addEventListener("popstate", () => {
    // A link to a source below the table is no other question.
    if (valuesIn(location.search) === valuesIn(shown)) return;
    restore();
    again();
  });
  // On a site of static files the page has the usual answer, and what would find it again is several megabytes.
  if (site().kind === "server") return again();
  if (location.search.length > 1) {
    restore();
    again();
  }
}

/**
 * What the server wrote of the answer it gave (how to cite it, how to ask for it from a program, its text) holds for
 * that one alone.
 */
function keepApart(asked: string): void {
  const isAnother = valuesIn(location.search) !== valuesIn(asked);
  for (const each of document.querySelectorAll<HTMLElement>("[data-asked], .foot .citation")) each.hidden = isAnother;
}

/** What an address asks, without what it says of the page. */
function valuesIn(search: string): string {
  const found = new URLSearchParams(search);
  for (const name of OF_PAGE) found.delete(name);
  return found.toString();
}

/** Leads into the editor with the query as it is asked now. */
function leadToEditor(text: string): void {
  const link = document.querySelector<HTMLAnchorElement>("a#editor");
  if (link === null) return;
  const address = new URL(link.href);
  address.searchParams.set("edit", text);
  link.href = address.href;
}

/** The query without the spoken header of its file. */
function bare(text: string): string {
  return `${text.replace(/^#\+.*\r?\n/gm, "").trim()}\n`;
}

/** The address of what the form asks, with what else the address says of the page. */
function addressOf(form: HTMLFormElement): string {
  const address = new URL(location.href);
  const kept = OF_PAGE.flatMap((name) => {
    const value = address.searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  const asked = new URLSearchParams([...Object.entries(valuesOf(form)), ...kept]);
  address.search = asked.toString();
  return address.href;
}

/**
 * What the form has; several values of a name are separated by commas. What is left empty is left out where it may be,
 * and else has its default.
 */
function valuesOf(form: HTMLFormElement | null): Arguments {
  const values: Arguments = {};
  if (form === null) return values;
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || OF_PAGE.includes(name)) continue;
    const field = form.elements.namedItem(name);
    const isNeeded = field instanceof HTMLInputElement && field.required;
    if (value === "" && isNeeded) continue;
    values[name] = values[name] === undefined ? value : `${values[name]},${value}`;
  }
  return values;
}

/** Puts into the form what the address says, and what is usual where it says nothing. */
function restore(): void {
  const asked = new URLSearchParams(location.search);
  const isUsual = valuesIn(location.search) === "";
  form?.reset();
  for (const field of form?.elements ?? []) {
    const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    if (!isField || !field.name || OF_PAGE.includes(field.name)) continue;
    if (field instanceof HTMLInputElement && field.type === "checkbox") {
      if (!isUsual) field.checked = asked.getAll(field.name).join(",").split(",").includes(field.value);
    } else if (asked.has(field.name)) {
      const value = asked.get(field.name) ?? "";
      field.value = value;
      // What is not offered is asked for all the same, and what is wrong with it is said.
      if (field.value !== value && field instanceof HTMLSelectElement) field.add(new Option(value, value, false, true));
    }
  }
}

async function run(host: HTMLElement, told: Told, language: Language, signal: AbortSignal): Promise<void> {
  host.setAttribute("aria-busy", "true");
  try {
    const client = await connect();
    const text = await client.bind(told.name, valuesOf(form));
    const began = performance.now();
    const answer = await client.query(text, { language, signal });
    if (signal.aborted) return;
    leadToEditor(bare(text));
    const seconds = (performance.now() - began) / 1000;
    const shown: Shown = { client, language, text, seconds, ...told };
    const view = new URLSearchParams(location.search).get("show") ?? told.view;
    showAnswer(host, answer, { ...shown, view: view || "table", onView: (view) => remember(view, told.view) });
  } catch (error) {
    if (!signal.aborted) complain(host, language, error);
  } finally {
    if (!signal.aborted) host.removeAttribute("aria-busy");
  }
}

/** Puts the view into the address, unless it is the one the page begins with. */
function remember(view: string, usual: string): void {
  const address = new URL(location.href);
  if (view === (usual || "table")) address.searchParams.delete("show");
  else address.searchParams.set("show", view);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** Says what went wrong, and what is near. */
function complain(host: HTMLElement, language: Language, error: unknown): void {
  const said = document.createElement("p");
  said.className = "note error";
  said.setAttribute("role", "alert");
  said.textContent = say(language, "failed", { why: toldOf(error, language) });
  const near = error instanceof ProblemError ? (error.problem.nearest ?? []) : [];
  if (near.length) said.append(` ${near.join(", ")}`);
  host.replaceChildren(said);
}
