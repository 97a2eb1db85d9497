import type { Language } from "../client/client.ts";
import type { Mark } from "./stage.ts";
import { html } from "./svg.ts";
import { dated, type Thing } from "./thing.ts";
import { say } from "./words.ts";

const MOST = 12;

/** What a mark stands for: each thing with its kind and date, a link to it, and its first source. */
export class Card {
  readonly element = html("div", { class: "card no-print", hidden: "" });
  readonly #language: Language;
  readonly #close: () => void;

  constructor(language: Language, close: () => void) {
    this.#language = language;
    this.#close = close;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
  }

  show(mark: Mark, pinned: boolean, isLeft: boolean): void {
    const label = say(this.#language, "close_card");
    const close = html("button", { type: "button", class: "close plain", "aria-label": label, title: label }, "×");
    close.addEventListener("click", this.#close);
    const list = html("ul", {}, ...mark.things.slice(0, MOST).map((thing) => this.#entry(thing)));
    const more = mark.things.length - MOST;
    const rest = more > 0 ? [html("p", { class: "quiet" }, say(this.#language, "more_things", { count: more }))] : [];
    this.element.replaceChildren(html("h3", {}, mark.name), list, ...rest, close);
    this.element.classList.toggle("pinned", pinned);
    this.element.classList.toggle("at-right", isLeft);
    this.element.hidden = false;
  }

  hide(): void {
    this.element.hidden = true;
  }

  #entry(thing: Thing): HTMLElement {
    const name = thing.address ? html("a", { href: thing.address }, thing.label) : thing.label;
    const told = [thing.kind, thing.relation, dated(thing)].filter(Boolean).join(", ");
    const entry = html("li", {}, name, ...(told ? [` ${told}`] : []));
    if (thing.disputed) {
      entry.append(" ", html("span", { class: "status disputed" }, say(this.#language, "is_disputed")));
    }
    const source = thing.row?.querySelector<HTMLAnchorElement>(".sources a");
    if (source) {
      const link = html("a", { href: source.getAttribute("href") ?? "" }, source.textContent ?? "");
      entry.append(html("span", { class: "evidence" }, link));
    }
    return entry;
  }
}
