/** Tabs as the ARIA authoring practices have them: arrows go from tab to tab, Enter opens; one that cannot says why. */

import { element, freshId } from "./element.ts";

export interface Tab {
  name: string;
  words: string;
  /** Why it cannot be opened; empty where it can. */
  why: string;
  /** Fills the panel, once, when it is first opened. */
  fill: (panel: HTMLElement) => void;
}

export class Tabs {
  readonly #id = freshId("answer-view");
  readonly #tabs: Tab[];
  readonly #told: (name: string) => void;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #panels = new Map<string, HTMLElement>();
  readonly #reason = element("p", { class: "note answer-reason", hidden: true });
  readonly #filled = new Set<string>();
  open = "";

  constructor(host: HTMLElement, label: string, tabs: Tab[], told: (name: string) => void) {
    this.#tabs = tabs;
    this.#told = told;
    const list = element("div", { role: "tablist", "aria-label": label, class: "answer-tabs no-print" });
    list.addEventListener("keydown", (event) => this.#move(event));
    host.append(list, this.#reason);
    for (const tab of tabs) {
      const [id, panelId] = [`${this.#id}-${tab.name}`, `${this.#id}-${tab.name}-panel`];
      const button = element("button", { type: "button", role: "tab", id, "aria-controls": panelId }, tab.words);
      button.addEventListener("click", () => this.choose(tab.name));
      const panel = element("div", { role: "tabpanel", id: panelId, "aria-labelledby": id, class: "answer-panel" });
      panel.hidden = true;
      this.#buttons.set(tab.name, button);
      this.#panels.set(tab.name, panel);
      list.append(button);
      host.append(panel);
      this.#mark(tab);
    }
  }

  /** Opens a tab; one that cannot be opened says why. */
  choose(name: string): void {
    const tab = this.#tabs.find((each) => each.name === name);
    if (tab === undefined) return;
    this.#reason.hidden = tab.why === "";
    this.#reason.textContent = tab.why;
    if (tab.why !== "") return;
    this.open = name;
    for (const each of this.#tabs) {
      const panel = this.#panels.get(each.name);
      if (panel) panel.hidden = each.name !== name;
      this.#mark(each);
    }
    const panel = this.#panels.get(name);
    if (panel && !this.#filled.has(name)) {
      this.#filled.add(name);
      tab.fill(panel);
    }
    this.#told(name);
  }

  /** Lets a tab be opened that could not before. */
  allow(name: string): void {
    const tab = this.#tabs.find((each) => each.name === name);
    if (tab === undefined) return;
    tab.why = "";
    this.#mark(tab);
  }

  #mark(tab: Tab): void {
    const button = this.#buttons.get(tab.name);
    if (button === undefined) return;
    button.setAttribute("aria-selected", String(tab.name === this.open));
    button.tabIndex = tab.name === (this.open || this.#tabs[0]?.name) ? 0 : -1;
    if (tab.why) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    button.title = tab.why;
  }

  #move(event: KeyboardEvent): void {
    const buttons = [...this.#buttons.values()];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 };
    const next = steps[event.key];
    if (now < 0 || next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  }
}
