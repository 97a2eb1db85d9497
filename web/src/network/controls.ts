/** The controls of what is shown: time, names, kinds, relations, weight; parts, measures and layout. */

import type { Language } from "../client/client.ts";
import { inLanguage, type NetworkDocument } from "./document.ts";
import { WEIGHTINGS, yearsOf } from "./graph.ts";
import type { Looks } from "./looks.ts";
import { make } from "./make.ts";
import { outline } from "./palette.ts";
import type { Seen } from "./seeing.ts";
import { writeState, type State } from "./state.ts";
import { TimeControls } from "./time.ts";
import { spokenNumber, type Say } from "./words.ts";

export interface ControlContext {
  document: NetworkDocument;
  language: Language;
  say: Say;
  looks: Looks;
  state: () => State;
  /** Another choice; `quietly` while a slider is still being moved. */
  change: (change: Partial<State>) => void;
}

type Option = readonly [value: string, label: string];

export class Controls {
  readonly element: HTMLFormElement;
  readonly time: TimeControls | null;
  readonly #context: ControlContext;
  readonly #kinds: HTMLFieldSetElement;
  readonly #relations: HTMLFieldSetElement;
  readonly #least: HTMLInputElement;
  readonly #leastSaid = make("output");
  readonly #find: HTMLInputElement;
  readonly #component: HTMLSelectElement;
  readonly #selects: Partial<Record<keyof State, HTMLSelectElement>> = {};
  readonly #top: HTMLInputElement;
  readonly #more: HTMLDetailsElement;
  #measures: { option: Option; isGroup: boolean }[] = [];

  constructor(context: ControlContext) {
    const { document, say, change } = context;
    this.#context = context;
    this.time = yearsOf(document) ? new TimeControls(context, yearsOf(document)!) : null;
    this.#find = make("input", {
      type: "search",
      id: id("find"),
      autocomplete: "off",
      oninput: () => change({ find: this.#find.value.trim() }),
    });
    this.#kinds = this.#boxes("kinds");
    this.#relations = this.#boxes("relations");
    this.#least = make("input", {
      type: "range",
      id: id("least"),
      min: 0,
      step: "any",
      oninput: () => this.#changeLeast(),
    });
    this.#top = make("input", {
      type: "number",
      id: id("top"),
      min: 1,
      max: document.nodes.length,
      onchange: () => change({ top: Number(this.#top.value) > 0 ? Math.round(Number(this.#top.value)) : null }),
    });
    this.#component = make("select", {
      id: id("component"),
      onchange: () => change({ component: Number(this.#component.value) || null }),
    });
    this.#more = make(
      "details",
      { class: "more" },
      make("summary", {}, say("more")),
      make(
        "div",
        { class: "fields" },
        field(say("find"), this.#find),
        field(say("least"), make("span", { class: "slider" }, this.#least, this.#leastSaid), this.#least),
        this.#select("size", "size"),
        this.#select("colour", "colour"),
        field(say("component"), this.#component),
        field(say("top"), this.#top),
        this.#select("by", "by"),
        this.#select("layout", "layout"),
        document.twoMode && this.#select("project", "project"),
        document.twoMode && this.#select("weighting", "weighting"),
      ),
      this.#kinds,
      this.#relations,
      make(
        "p",
        {},
        make("button", { type: "button", class: "plain", onclick: () => change({ ...RESET }) }, say("reset")),
      ),
    );
    this.element = make(
      "form",
      { class: "controls no-print", "aria-label": say("what"), onsubmit: (event: Event) => event.preventDefault() },
      this.time?.element,
      this.#more,
    );
    const chosen = { ...context.state(), at: "", from: "", until: "", compare: "" };
    this.#more.open = Object.keys(writeState(chosen)).length > 0;
    void this.#nameMeasures();
  }

  /** Puts the controls to what is chosen. */
  show(seen: Seen): void {
    const { document } = this.#context;
    const state = this.#context.state();
    this.time?.show(state);
    if (globalThis.document.activeElement !== this.#find) this.#find.value = state.find;
    this.#showBoxes(this.#kinds, state.kinds);
    this.#showBoxes(this.#relations, state.relations);
    this.#showLeast(seen, state.least);
    this.#showComponents(seen, state.component);
    if (globalThis.document.activeElement !== this.#top) this.#top.value = state.top === null ? "" : String(state.top);
    this.#showSelects(state);
    const weighting = this.#selects.weighting;
    if (weighting) weighting.disabled = !state.project;
    if (this.#selects.by) this.#selects.by.disabled = state.top === null;
    this.#relations.hidden = state.project !== "" || document.relations.length < 2;
  }

  #boxes(name: "kinds" | "relations"): HTMLFieldSetElement {
    const { document, say, language, looks, change } = this.#context;
    const entries = document[name];
    const set = make("fieldset", { class: "boxes" }, make("legend", {}, say(name)));
    const unnamed = name === "relations" && document.links.some(([, , relation]) => relation === null);
    const all: Option[] = entries.map((each) => [each.key, inLanguage(each.labels, language)]);
    if (unnamed) all.push(["", say("unnamed")]);
    set.hidden = all.length < 2;
    all.forEach(([key, label], number) => {
      const box = make("input", {
        type: "checkbox",
        value: key,
        checked: true,
        onchange: () => change({ [name]: this.#checked(set) }),
      });
      const { colour, dashes } =
        name === "kinds" ? { colour: "", dashes: "" } : looks.lineOf(key === "" ? null : number);
      const mark = name === "kinds" ? looks.markOf(number) : null;
      const sample = mark
        ? `<path transform="translate(9 9)" d="${outline(mark.shape, 6)}" class="mark ${mark.colour}"/>`
        : `<path d="M0 9L26 9" class="line ${colour}" stroke-width="2.5"${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`;
      const picture = sampleOf(sample, mark ? 18 : 26);
      set.append(make("label", { class: "box" }, box, picture, make("bdi", {}, label)));
    });
    return set;
  }

  #checked(set: HTMLFieldSetElement): string[] | null {
    const boxes = [...set.querySelectorAll<HTMLInputElement>("input")];
    return boxes.every((box) => box.checked) ? null : boxes.filter((box) => box.checked).map((box) => box.value);
  }

  #showBoxes(set: HTMLFieldSetElement, shown: string[] | null): void {
    for (const box of set.querySelectorAll<HTMLInputElement>("input"))
      box.checked = shown === null || shown.includes(box.value);
  }

  #changeLeast(): void {
    const value = Number(this.#least.value);
    this.#context.change({ least: value <= Number(this.#least.min) ? null : value });
  }

  #showLeast(seen: Seen, chosen: number | null): void {
    const weights = [...new Set(seen.asked.links.map((link) => link.weight))].sort((a, b) => a - b);
    const [least, greatest] = [weights[0] ?? 0, weights.at(-1) ?? 0];
    const isWhole = weights.every(Number.isInteger);
    Object.assign(this.#least, {
      min: String(least),
      max: String(Math.max(greatest, chosen ?? 0)),
      step: isWhole ? "1" : "any",
    });
    this.#least.value = String(chosen ?? least);
    const said = spokenNumber(Math.round((chosen ?? least) * 1000) / 1000, this.#context.language);
    this.#leastSaid.textContent = said;
    this.#least.setAttribute("aria-valuetext", said);
    this.#least.closest<HTMLElement>(".field")!.hidden = weights.length < 2 && chosen === null;
  }

  #showComponents(seen: Seen, chosen: number | null): void {
    const { say } = this.#context;
    const options = seen.components
      .slice(0, 50)
      .map((count, place) => make("option", { value: place + 1 }, say("component of", { number: place + 1, count })));
    this.#component.replaceChildren(make("option", { value: "" }, say("every component")), ...options);
    this.#component.value = chosen === null ? "" : String(Math.min(chosen, seen.components.length));
  }

  #select(
    name: "size" | "colour" | "by" | "layout" | "project" | "weighting",
    label: "size" | "colour" | "by" | "layout" | "project" | "weighting",
  ): HTMLElement {
    const select = make("select", {
      id: id(name),
      onchange: () => this.#context.change({ [name]: select.value } as Partial<State>),
    });
    this.#selects[name] = select;
    return field(this.#context.say(label), select);
  }

  #options(name: string): Option[] {
    const { say, document, language } = this.#context;
    const quantities = this.#measures.filter(({ isGroup }) => !isGroup).map(({ option }) => option);
    if (name === "layout")
      return [
        ["", say("as usual")],
        ["spring", say("spring")],
        ["layered", say("layered")],
        ["circle", say("circle")],
      ];
    if (name === "weighting") return WEIGHTINGS.map((each) => [each === "count" ? "" : each, say(each)]);
    if (name === "project") {
      const side = (key: "source" | "target") => inLanguage(document.columns[key], language) || say(key);
      return [
        ["", say("both sides")],
        ["source", side("source")],
        ["target", side("target")],
      ];
    }
    if (name === "by") return quantities.map(([key, label]) => [key === "strength" ? "" : key, label] as const);
    if (name === "size") return [["", say("nothing")], ...quantities];
    return [["", say("kind")], ...this.#measures.map(({ option }) => option)];
  }

  #showSelects(state: State): void {
    for (const [name, select] of Object.entries(this.#selects)) {
      const options = this.#options(name);
      if (options.length !== select.options.length)
        select.replaceChildren(...options.map(([value, label]) => make("option", { value }, label)));
      const value = String(state[name as keyof State] ?? "");
      select.value = options.some(([each]) => each === value) ? value : "";
    }
  }

  async #nameMeasures(): Promise<void> {
    const { measuresOf } = await import("./measures.ts");
    const { document, language } = this.#context;
    this.#measures = measuresOf(document).map(({ key, labels, isGroup }) => ({
      option: [key, inLanguage(labels, language)],
      isGroup,
    }));
    this.#showSelects(this.#context.state());
  }
}

const RESET: Partial<State> = {
  at: "",
  from: "",
  until: "",
  compare: "",
  project: "",
  weighting: "",
  component: null,
  top: null,
  kinds: null,
  relations: null,
  least: null,
  find: "",
  size: "",
  colour: "",
  by: "",
  layout: "",
};

let count = 0;

function id(name: string): string {
  return `explorer-${name}-${(count += 1)}`;
}

function field(label: string, control: HTMLElement, labelled: HTMLElement = control): HTMLElement {
  return make("div", { class: "field" }, make("label", { for: labelled.id }, label), control);
}

/** A small picture of markup that is ours, never of data. */
export function sampleOf(markup: string, width: number, height = 18): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    class: "sample",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "aria-hidden": "true",
  }))
    svg.setAttribute(name, String(value));
  svg.innerHTML = markup;
  return svg;
}
