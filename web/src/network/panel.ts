/** What is known of the node or link that is chosen: its links, its facts, and where each of them stands. */

import type { Language } from "../client/client.ts";
import { inLanguage, type FactRow, type NetworkDocument } from "./document.ts";
import { cited, pageOf } from "./evidence.ts";
import type { Link } from "./graph.ts";
import { linkCounts, type Looks } from "./looks.ts";
import { make } from "./make.ts";
import { extent, spokenSpell } from "./period.ts";
import type { Choice } from "./picture.ts";
import type { Seen } from "./seeing.ts";
import { spokenNumber, type Say } from "./words.ts";

export interface PanelContext {
  document: NetworkDocument;
  language: Language;
  root: string;
  say: Say;
  looks: Looks;
  onChoice: (choice: Choice) => void;
}

export class Panel {
  readonly element: HTMLElement;
  readonly #title = make("h2", { tabindex: -1 });
  readonly #body = make("div");
  readonly #context: PanelContext;
  readonly #close: HTMLButtonElement;

  constructor(context: PanelContext) {
    this.#context = context;
    this.#close = make(
      "button",
      { type: "button", class: "plain small", onclick: () => context.onChoice(null) },
      context.say("close"),
    );
    this.#title.id = `panel-${Math.random().toString(36).slice(2)}`;
    this.element = make(
      "section",
      { class: "panel", "aria-labelledby": this.#title.id },
      make("div", { class: "panel-head" }, this.#title, this.#close),
      this.#body,
    );
    this.show(null, null);
  }

  focus(): void {
    this.#title.focus();
  }

  show(choice: Choice, seen: Seen | null): void {
    const { say } = this.#context;
    this.#close.hidden = choice === null;
    this.element.classList.toggle("open", choice !== null);
    if (choice === null || seen === null) {
      this.#title.textContent = say("details");
      this.#body.replaceChildren(make("p", { class: "quiet" }, say("choose")));
      return;
    }
    if (choice.kind === "node") this.#showNode(choice.node, seen);
    else this.#showLink(choice.key, seen);
  }

  #showNode(node: number, seen: Seen): void {
    const { looks, say, language, document, root } = this.#context;
    const { iri } = document.nodes[node]!;
    const page = pageOf(iri, root, language);
    this.#title.textContent = looks.nameOf(node);
    const links = seen.net.links.filter(({ source, target }) => source === node || target === node);
    const change = seen.net.changes?.get(node);
    const isShown = seen.net.nodes.includes(node);
    const strength = spokenNumber(seen.strengths.get(node) ?? 0, language);
    this.#body.replaceChildren(
      make(
        "p",
        {},
        looks.kindOf(node),
        " · ",
        page ? make("a", { href: page }, say("page of")) : make("code", {}, iri),
      ),
      ...(isShown ? [] : [make("p", { class: "note warning" }, say("not shown"))]),
      make(
        "p",
        {},
        `${say("degree")}: ${linkCounts(seen.net).get(node) ?? 0} · ${say("strength")}: ${strength}${change ? ` · ${say(change.name)}` : ""}`,
      ),
      make(
        "ul",
        { class: "links-of" },
        ...links.toSorted((a, b) => b.weight - a.weight).map((link) => make("li", {}, this.#linkButton(link, node))),
      ),
    );
  }

  #linkButton(link: Link, node: number): HTMLElement {
    const { looks, onChoice, language } = this.#context;
    const other = link.source === node ? link.target : link.source;
    const arrow = link.relation === null ? "–" : link.source === node ? "→" : "←";
    const relation = link.relation === null ? "" : `${looks.relationOf(link)} `;
    const text = `${arrow} ${relation}`;
    return make(
      "button",
      { type: "button", class: "plain small", onclick: () => onChoice({ kind: "link", key: link.key }) },
      text,
      make("bdi", {}, looks.nameOf(other)),
      make("span", { class: "quiet" }, ` (${spokenNumber(link.weight, language)})`),
    );
  }

  #showLink(key: string, seen: Seen): void {
    const { looks, say, language } = this.#context;
    const link = seen.net.links.find((each) => each.key === key);
    if (!link) {
      this.#title.textContent = say("details");
      this.#body.replaceChildren(make("p", { class: "note warning" }, say("not shown")));
      return;
    }
    this.#title.replaceChildren(
      make("bdi", {}, looks.nameOf(link.source)),
      " – ",
      make("bdi", {}, looks.nameOf(link.target)),
    );
    const end = (node: number) =>
      make(
        "button",
        { type: "button", class: "plain small", onclick: () => this.#context.onChoice({ kind: "node", node }) },
        make("bdi", {}, looks.nameOf(node)),
      );
    const dates = link.spells.map((spell) => spokenSpell(spell, language));
    const change =
      link.change &&
      `${say(link.change.name)}: ${spokenNumber(link.change.before, language)} → ${spokenNumber(link.change.after, language)}`;
    this.#body.replaceChildren(
      make("p", { class: "ends" }, end(link.source), ` ${looks.relationOf(link)} `, end(link.target)),
      make("p", {}, `${say("Weight")}: ${spokenNumber(link.weight, language)}${change ? ` (${change})` : ""}`),
      ...(dates.length > 0 ? [this.#dates(link, dates)] : []),
      make("h3", {}, say("evidence")),
      this.#evidence(link),
    );
  }

  #dates(link: Link, dates: string[]): HTMLElement {
    const { say, language } = this.#context;
    if (dates.length <= 3) return make("p", {}, `${say("dates")}: ${dates.join("; ")}`);
    const whole = spokenSpell(extent(link.spells), language);
    return make(
      "details",
      {},
      make("summary", {}, `${say("dates")}: ${whole} (${dates.length})`),
      make("ul", {}, ...dates.map((date) => make("li", {}, date))),
    );
  }

  #evidence(link: Link): HTMLElement {
    const { document, language, say } = this.#context;
    if (link.facts.length === 0) return make("p", {}, say("no facts"));
    const list = make("ul", { class: "evidence-list" });
    for (const each of cited(document, link.facts, language)) {
      const documents = each.documents.flatMap((number, place) => [place === 0 ? "" : "; ", this.#cite(number)]);
      const places = each.places.map((place) =>
        make(
          "li",
          {},
          `${place.text || say("no place")}:`,
          ...this.#facts(place.facts),
          place.remark && make("span", { class: "status disputed" }, place.remark),
        ),
      );
      list.append(
        make("li", {}, each.documents.length > 1 && `${say("joint")}: `, ...documents, make("ul", {}, ...places)),
      );
    }
    const rest = link.facts.map((number) => document.facts[number]!).filter((fact) => fact.documents.length === 0);
    if (rest.length > 0) list.append(make("li", {}, `${say("no source")}:`, ...this.#facts(rest)));
    return list;
  }

  #cite(number: number): HTMLElement {
    const { document, language, root } = this.#context;
    const { iri, texts } = document.documents[number]!;
    const page = pageOf(iri, root, language);
    return make(
      "cite",
      {},
      page ? make("a", { href: page }, inLanguage(texts, language)) : inLanguage(texts, language),
    );
  }

  #facts(facts: FactRow[]): (Node | string)[] {
    const { root, language, say } = this.#context;
    return facts.flatMap((fact, place) => {
      const page = pageOf(fact.iri, root, language);
      const text = facts.length > 1 ? `${say("fact")} ${place + 1}` : say("fact");
      return [" ", page ? make("a", { href: page }, text) : make("code", {}, fact.iri)];
    });
  }
}
