/** The editor put together: tabs, the box for the query, what is wrong with it, and its answer. */
import { showAnswer } from "../answer/show.ts";
import { ProblemError } from "../client/client.ts";
import { toldOf } from "../client/told.ts";
import type { Answer, Arguments, Client, Language, Problem } from "../client/client.ts";
import { site } from "../client/connect.ts";
import { CodeBox } from "./code.ts";
import { Completer } from "./completion.ts";
import { Dialogs, toldIn } from "./dialogs.ts";
import { button, element } from "./element.ts";
import { enhanceExamples } from "./examples.ts";
import { format } from "./format.ts";
import { eachOf, failureOf, listOf, marksOf, repairsOf } from "./problems.ts";
import { openedBy, shareLink, without } from "./share.ts";
import { snippets } from "./snippets.ts";
import { Tabs } from "./store.ts";
import { TabList } from "./tablist.ts";
import { formOf, tokenize } from "./tokens.ts";
import { say } from "./words.ts";

const PAUSE = 450;
const FEW = 1000;
const HEADER = /^(#\+[^\n]*\n)+/;

/** What the page has for the editor. */
export interface Parts {
  work: HTMLElement;
  examples: HTMLElement | null;
  answer: HTMLElement;
  /** What stands in the box of the page without scripts. */
  text: string;
}

export class Bench {
  readonly #client: Client;
  readonly #language: Language;
  readonly #parts: Parts;
  readonly #tabs: Tabs;
  readonly #code: CodeBox;
  readonly #list: TabList;
  readonly #dialogs: Dialogs;
  readonly #status = element("p", { role: "status", class: "said" });
  readonly #time = element("span", { class: "quiet time", "aria-hidden": "true" });
  readonly #about = element("p", { class: "about quiet" });
  readonly #problems = element("div", { "aria-live": "polite" });
  readonly #result = element("div");
  readonly #see: HTMLButtonElement;
  readonly #run: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  #found: Problem[] = [];
  #checking = 0;
  #asked = 0;
  #running: AbortController | undefined;
  /** The permanent address of the answer that is shown, with the query it is of. */
  #address = { query: "", answer: "" };

  constructor(client: Client, language: Language, parts: Parts) {
    this.#client = client;
    this.#language = language;
    this.#parts = parts;
    const { root } = site();
    const isAsked = openedBy(location.href).kind !== "nothing";
    const name = (number: number) => `${say(language, "query")} ${number}`;
    this.#tabs = new Tabs(storage(), `asoen-editor ${new URL(root).pathname}`, name, isAsked ? "" : parts.text);
    this.#dialogs = new Dialogs(language, (text) => this.#tell(text));
    const panel = element("div", { id: "query-panel", role: "tabpanel" });
    this.#list = new TabList(language, panel, {
      select: (id) => this.#leaveFor(() => this.#tabs.select(id)),
      open: () => this.#leaveFor(() => this.#tabs.open("", undefined)),
      close: () => this.#leaveFor(() => this.#tabs.close()),
      reopen: () => this.#leaveFor(() => this.#tabs.reopen()),
      rename: () => this.#rename(),
    });
    this.#run = button(say(language, "run"), () => void this.#ask(), { title: "Ctrl+Enter" });
    this.#stop = button(say(language, "stop"), () => this.#running?.abort(), { class: "plain" });
    this.#stop.hidden = true;
    this.#see = button(say(language, "see"), () => parts.answer.querySelector<HTMLElement>("h2")?.focus(), {
      class: "plain",
    });
    this.#see.hidden = true;
    const box = element("div", { class: "box" });
    this.#code = new CodeBox(box, language, {
      changed: (text) => this.#changed(text),
      atTerm: (term) => this.#tellTerm(term),
      run: () => void this.#ask(),
      format: () => this.#format(),
      repair: () => this.#repair(),
    });
    panel.append(this.#tools(), box, this.#about, this.#problems);
    parts.work.replaceChildren(this.#list.host, panel);
    parts.answer.append(this.#result);
    if (parts.examples)
      enhanceExamples(parts.examples, language, (query, title) => void this.#example(query, {}, title));
  }

  /** Show what is open, and what the address asks for; then learn the names there are. */
  async begin(): Promise<void> {
    const names = this.#client.glossary();
    names.catch(() => {}); // told below
    this.#show();
    addEventListener("pagehide", () => this.#tabs.keep());
    document.addEventListener("visibilitychange", () => this.#tabs.keep());
    addEventListener("hashchange", () => void this.#openAddress());
    await this.#openAddress();
    try {
      this.#code.completer = new Completer(await names);
    } catch {
      // Everything but completion works without.
    }
  }

  async #openAddress(): Promise<void> {
    const asked = openedBy(location.href);
    if (asked.kind === "nothing") return;
    history.replaceState(null, "", without(location.href));
    if (asked.kind === "example") return this.#example(asked.name, asked.values, "");
    const text = asked.text.replace(HEADER, "");
    this.#leaveFor(() => this.#tabs.open(text, asked.title || say(this.#language, "shared")));
    if (asked.isAsked && this.#client.kind === "static") void this.#ask();
  }

  async #example(name: string, values: Arguments, title: string): Promise<void> {
    try {
      const [text, catalogue] = await Promise.all([this.#client.bind(name, values), this.#client.catalogue()]);
      const query = catalogue.find((each) => each.name === name);
      const called = query?.title[this.#language] ?? (title || name);
      this.#leaveFor(() => this.#tabs.open(text.replace(HEADER, ""), called, query?.view ?? undefined));
      this.#tell(say(this.#language, "opened", called));
      this.#code.focus();
    } catch (error) {
      this.#tell(say(this.#language, "noExample", this.#words(error)));
    }
  }

  #tools(): HTMLElement {
    const language = this.#language;
    const plain = { class: "plain" };
    const tools = element("div", { class: "toolbar", role: "group", "aria-label": say(language, "tools") });
    tools.append(
      this.#run,
      this.#stop,
      button(say(language, "format"), () => this.#format(), { ...plain, title: "Shift+Alt+F" }),
      button(say(language, "share"), () => this.#share(), plain),
      button(say(language, "code"), () => this.#showCode(), plain),
      button(say(language, "save"), () => this.#save(), plain),
      button(say(language, "keys"), () => this.#dialogs.keys(), plain),
      this.#time,
      this.#status,
      this.#see,
    );
    return tools;
  }

  /** Do something with the tabs, and show what is open then. */
  #leaveFor(act: () => void): void {
    this.#tabs.write(this.#code.text);
    act();
    this.#show();
  }

  #show(): void {
    const tab = this.#tabs.active;
    this.#code.show(tab.id, tab.text);
    this.#list.show(this.#tabs);
    if (!this.#tabs.isKept) this.#tell(say(this.#language, "notKept"));
    this.#found = [];
    this.#problems.replaceChildren();
    this.#later(tab.text);
  }

  #changed(text: string): void {
    const before = this.#tabs.isKept;
    this.#tabs.write(text);
    this.#later(text);
    if (before && !this.#tabs.isKept) this.#tell(say(this.#language, "notKept"));
  }

  /** Keep the text and look it over once nothing was typed for a moment. */
  #later(text: string): void {
    clearTimeout(this.#checking);
    this.#checking = window.setTimeout(() => {
      this.#tabs.keep();
      void this.#check(text);
    }, PAUSE);
  }

  async #check(text: string): Promise<void> {
    const asked = ++this.#asked;
    let found: Problem[] = [];
    try {
      // Who has written nothing but comments has made no mistake.
      if (tokenize(text).some(({ kind }) => kind !== "comment"))
        found = eachOf(await this.#client.check(text, this.#language));
    } catch {
      return; // the server is away: what it said last may still be right
    }
    if (asked === this.#asked && text === this.#code.text) this.#point(found);
  }

  #point(found: Problem[]): void {
    const text = this.#code.text;
    this.#found = found;
    this.#code.mark(marksOf(found, text, this.#language, (mended) => this.#mend(mended)));
    const acts = { goTo: (at: number) => this.#code.goTo(at), replace: (mended: string) => this.#mend(mended) };
    this.#problems.replaceChildren(...(found.length ? [listOf(found, text, this.#language, acts)] : []));
  }

  #repair(): void {
    const repair = this.#found.flatMap((problem) => repairsOf(problem, this.#code.text, this.#language))[0];
    if (repair) this.#mend(repair.text);
    else this.#tell(say(this.#language, "nothingToRepair"));
  }

  #mend(text: string): void {
    this.#code.replace(text);
    this.#code.focus();
    this.#tell(say(this.#language, "repaired"));
    clearTimeout(this.#checking);
    void this.#check(text);
  }

  #format(): void {
    this.#code.replace(format(this.#code.text));
    this.#tell(say(this.#language, "formatted"));
  }

  #rename(): void {
    this.#dialogs.rename(this.#tabs.active.name, (name) => this.#leaveFor(() => this.#tabs.rename(name)));
  }

  #share(): void {
    const text = this.#code.text;
    const page = new URL(location.pathname, location.href).href;
    const answer = this.#address.query === text ? this.#address.answer : "";
    this.#dialogs.share(shareLink(page, text, this.#tabs.active.name, this.#language), answer);
  }

  #showCode(): void {
    const endpoint = new URL("sparql", site().root).href;
    this.#dialogs.code(this.#client.kind === "server" ? snippets(endpoint, this.#code.text) : []);
  }

  #save(): void {
    const file = new Blob([this.#code.text], { type: "application/sparql-query" });
    const link = element("a", { href: URL.createObjectURL(file), download: `${fileName(this.#tabs.active.name)}.rq` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async #ask(): Promise<void> {
    this.#running?.abort();
    const text = this.#code.text;
    this.#tabs.keep();
    if (!text.trim()) return this.#tell(say(this.#language, "empty"));
    const running = new AbortController();
    this.#running = running;
    const clock = this.#start();
    try {
      const answer = await this.#client.query(text, { language: this.#language, signal: running.signal });
      if (this.#running === running) this.#showResult(answer, text, clock.end());
    } catch (error) {
      if (this.#running === running) this.#showFailure(error, text, clock.end());
    } finally {
      clock.end();
      if (this.#running === running) this.#finish();
    }
  }

  #start(): { end: () => string } {
    const began = performance.now();
    const spent = () => this.#seconds((performance.now() - began) / 1000);
    this.#stop.hidden = false;
    this.#parts.answer.setAttribute("aria-busy", "true");
    this.#tell(say(this.#language, "running"));
    const ticking = window.setInterval(() => (this.#time.textContent = spent()), 100);
    return {
      end: () => {
        clearInterval(ticking);
        return spent();
      },
    };
  }

  #finish(): void {
    const hadFocus = document.activeElement === this.#stop;
    this.#running = undefined;
    this.#stop.hidden = true;
    this.#time.textContent = "";
    this.#parts.answer.removeAttribute("aria-busy");
    if (hadFocus) this.#run.focus();
  }

  #showResult(answer: Answer, text: string, spent: string): void {
    const view = this.#tabs.active.view;
    const host = element("div");
    this.#parts.answer.hidden = this.#see.hidden = false;
    this.#result.replaceChildren(host);
    const name = this.#tabs.active.name;
    const file = fileName(name);
    const advice = say(this.#language, "tooFew");
    const shown = { client: this.#client, language: this.#language, text, title: name, name: file, advice };
    showAnswer(host, answer, { ...shown, ...(view && { view }) });
    this.#address = { query: text, answer: answer.origin.address };
    this.#tell(this.#summary(answer, spent));
  }

  #summary(answer: Answer, spent: string): string {
    const count = (number: number) => number.toLocaleString(this.#language);
    if (answer.kind === "verdict") return say(this.#language, answer.value ? "yes" : "no", "", spent);
    const { length } = answer.rows;
    if (answer.kind === "graph") return say(this.#language, "triples", count(length), spent);
    return say(this.#language, length === 0 ? "noRows" : length === 1 ? "row" : "rows", count(length), spent);
  }

  #showFailure(error: unknown, text: string, spent: string): void {
    if (error instanceof DOMException && error.name === "AbortError")
      return this.#tell(say(this.#language, "stopped", spent));
    this.#parts.answer.hidden = this.#see.hidden = false;
    const again = button(say(this.#language, "retry"), () => void this.#ask());
    if (!(error instanceof ProblemError)) {
      const words = this.#words(error);
      this.#result.replaceChildren(element("div", { class: "note error" }, element("p", {}, words), again));
      return this.#tell(words);
    }
    const { problem } = error;
    const ways = problem.line === undefined ? [again] : [];
    const isTooMuch = problem.type.endsWith("/size-limit") || problem.type.endsWith("/time-limit");
    if (isTooMuch && formOf(text) === "SELECT" && !/\blimit\s+\d+\s*$/i.test(text))
      ways.unshift(button(say(this.#language, "limit", FEW), () => this.#askFewer()));
    const card = failureOf(problem, this.#language, ways);
    this.#result.replaceChildren(card);
    if (problem.line !== undefined) this.#point(eachOf(problem));
    this.#tell(say(this.#language, "failed", card.querySelector("strong")?.textContent ?? problem.title));
  }

  #askFewer(): void {
    this.#code.replace(`${this.#code.text.trimEnd()}\nLIMIT ${FEW}\n`);
    void this.#ask();
  }

  #words(error: unknown): string {
    if (error instanceof ProblemError) return toldOf(error, this.#language);
    // Browsers tell a connection that fails as a TypeError of fetch.
    if (error instanceof TypeError && /fetch|network|load/i.test(error.message)) return say(this.#language, "gone");
    return say(this.#language, "wrong", error instanceof Error ? error.message : String(error));
  }

  #seconds(seconds: number): string {
    const digits = seconds < 10 ? 2 : 1;
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return `${seconds.toLocaleString(this.#language, options)} s`;
  }

  #tellTerm(term: Parameters<ConstructorParameters<typeof CodeBox>[2]["atTerm"]>[0]): void {
    const said = term
      ? [
          element("code", {}, term.curie),
          ` ${term.label[this.#language]}`,
          term.definition ? `: ${term.definition[this.#language]}` : "",
        ]
      : [];
    this.#about.replaceChildren(...said);
  }

  #tell(text: string): void {
    toldIn(this.#status).textContent = text;
  }
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined; // a browser that is told to keep nothing
  }
}

function fileName(name: string): string {
  return (
    name
      .replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
      .trim()
      .slice(0, 80) || "query"
  );
}
