// The page of a network: the explorer takes the place of form, picture and tables, and keeps the address in step.
import { ProblemError, type Arguments, type Client, type Language, type NetworkQuestion } from "../client/client.ts";
import { connect, site } from "../client/connect.ts";
import { toldOf } from "../client/told.ts";
import type { NetworkDocument } from "../network/document.ts";
import { NAMES, readState, writeState, type State } from "../network/state.ts";
import { words } from "../network/words.ts";

const OF_PAGE = new Set<string>([...NAMES, "lang", "page", "ends"]);

const host = document.getElementById("explorer");
const plain = document.getElementById("plain");
if (host && plain) void start(host, plain);

async function start(host: HTMLElement, plain: HTMLElement): Promise<void> {
  const language: Language = document.documentElement.lang === "vi" ? "vi" : "en";
  const address = new URLSearchParams(location.search);
  const question = questionOf(host, address, language);
  if (question === null) return;
  host.hidden = false;
  host.replaceChildren(Object.assign(document.createElement("p"), { textContent: host.dataset["loading"] ?? "" }));
  const state = readState(address);
  keepParameters(host, address);
  try {
    const [client, { showNetwork }] = await Promise.all([connect(), import("../network/show.ts")]);
    const network = await asked(client, question, state);
    plain.hidden = true;
    await showNetwork(host, network, { client, language, question, state, onState: (now) => keep(now, address) });
    host.dataset["ready"] = "yes";
  } catch (error) {
    plain.hidden = false;
    // Where the page says already what is wrong, once is enough.
    const isSaid = error instanceof ProblemError && document.querySelector("main > .note.error");
    host.replaceChildren(...(isSaid ? [] : [problemOf(error, language)]));
    if (!(error instanceof ProblemError)) throw error;
  }
}

/** Which network: that of the page, or of the query in the address. */
function questionOf(host: HTMLElement, address: URLSearchParams, language: Language): NetworkQuestion | null {
  const name = host.dataset["name"];
  if (name) return { name, values: valuesOf(host, address), language };
  const text = address.get("query")?.trim() || host.dataset["query"];
  return text ? { text, language } : null;
}

/** The values of the parameters: as the server read them, and on a site of static files as the address has them. */
function valuesOf(host: HTMLElement, address: URLSearchParams): Arguments {
  if (site().kind === "server") return JSON.parse(host.dataset["values"] || "{}") as Arguments;
  return Object.fromEntries([...address].filter(([name, value]) => !OF_PAGE.has(name) && value));
}

/** The fields of the parameters stay where the explorer takes the place of the form: they ask for another network. */
function keepParameters(host: HTMLElement, address: URLSearchParams): void {
  const fields = document.querySelector<HTMLElement>("#ask .parameters");
  const ask = document.querySelector<HTMLButtonElement>("#ask button:not([formaction])");
  if (!fields || !ask) return;
  const form = Object.assign(document.createElement("form"), { className: "network-form asked no-print" });
  fields.append(ask.cloneNode(true));
  form.append(fields);
  for (const field of form.querySelectorAll("input")) field.value = address.get(field.name) ?? field.value;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = new URLSearchParams(location.search);
    for (const field of form.querySelectorAll("input")) {
      if (field.value.trim()) asked.set(field.name, field.value.trim());
      else asked.delete(field.name);
    }
    location.search = asked.toString();
  });
  host.before(form);
}

/** The network; one that is too large as a whole is asked for as its strongest nodes alone, where so many are wanted. */
async function asked(client: Client, question: NetworkQuestion, state: State): Promise<NetworkDocument> {
  try {
    return await client.network(question);
  } catch (error) {
    const isLarge = error instanceof ProblemError && error.problem.status === 400 && state.top !== null;
    if (!isLarge) throw error;
    return client.network({ ...question, top: state.top! });
  }
}

/** The address says what is seen, so that it can be kept and passed on. */
function keep(state: State, address: URLSearchParams): void {
  for (const name of NAMES) address.delete(name);
  address.delete("page");
  address.delete("ends");
  for (const [name, value] of Object.entries(writeState(state))) address.set(name, value);
  history.replaceState(null, "", `?${address}${location.hash}`);
  for (const link of document.querySelectorAll<HTMLAnchorElement>("header a[hreflang]")) {
    const other = new URLSearchParams(address);
    other.set("lang", link.hreflang);
    link.href = `?${other}`;
  }
}

function problemOf(error: unknown, language: Language): HTMLElement {
  const why = toldOf(error, language);
  const note = Object.assign(document.createElement("p"), { className: "note warning" });
  note.setAttribute("role", "alert");
  note.textContent = words(language)("failed", { why });
  return note;
}
