/** The open queries as tabs: arrows go among them, F2 renames, Delete closes. */
import type { Language } from "../client/client.ts";
import { button, element } from "./element.ts";
import type { Tabs } from "./store.ts";
import { say } from "./words.ts";

export interface TabActs {
  select(id: string): void;
  open(): void;
  close(): void;
  reopen(): void;
  rename(): void;
}

export class TabList {
  readonly host = element("div", { class: "tabs" });
  readonly #list: HTMLElement;
  readonly #reopen: HTMLButtonElement;
  readonly #panel: HTMLElement;
  readonly #acts: TabActs;

  constructor(language: Language, panel: HTMLElement, acts: TabActs) {
    this.#acts = acts;
    this.#panel = panel;
    this.#list = element("div", { role: "tablist", "aria-label": say(language, "tabs") });
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#reopen = sign("↶", say(language, "reopen"), acts.reopen);
    const tools = element("div", { class: "tools" });
    tools.append(sign("+", say(language, "newTab"), acts.open), sign("✎", say(language, "rename"), acts.rename));
    tools.append(sign("×", say(language, "closeTab"), acts.close), this.#reopen);
    this.host.append(this.#list, tools);
  }

  show(tabs: Tabs): void {
    const hadFocus = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(
      ...tabs.all.map(({ id, name }) => {
        const isActive = id === tabs.active.id;
        const tab = button(name, () => this.#acts.select(id), {
          role: "tab",
          id: `tab-${id}`,
          "aria-selected": String(isActive),
          "aria-controls": this.#panel.id,
          tabindex: isActive ? "0" : "-1",
          title: name,
        });
        tab.addEventListener("dblclick", this.#acts.rename);
        return tab;
      }),
    );
    this.#panel.setAttribute("aria-labelledby", `tab-${tabs.active.id}`);
    this.#reopen.disabled = !tabs.hasClosed;
    const active = this.#list.querySelector<HTMLElement>("[aria-selected=true]");
    active?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (hadFocus) active?.focus();
  }

  #key(event: KeyboardEvent): void {
    const all = [...this.#list.querySelectorAll<HTMLElement>("[role=tab]")];
    const now = all.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[(to + all.length) % all.length]?.click();
    else if (event.key === "Delete") this.#acts.close();
    else if (event.key === "F2") this.#acts.rename();
    else return;
    event.preventDefault();
  }
}

function sign(text: string, name: string, act: () => void): HTMLButtonElement {
  return button(text, act, { class: "plain sign", "aria-label": name, title: name });
}
