/** Time: everything, one date with a slider that can play, a period, or two dates compared. */

import type { ControlContext } from "./controls.ts";
import { make } from "./make.ts";
import { PeriodError, periodOf, readComparison } from "./period.ts";
import type { State } from "./state.ts";

const MODES = ["all time", "one date", "span", "two dates"] as const;
type Mode = (typeof MODES)[number];
type EndName = "from" | "until" | "earlier" | "later";
const PACE = 1400;
let groups = 0;

export class TimeControls {
  readonly element: HTMLFieldSetElement;
  readonly #context: ControlContext;
  readonly #years: readonly [number, number];
  readonly #modes = new Map<Mode, HTMLInputElement>();
  readonly #panes = new Map<Mode, HTMLElement>();
  readonly #slider: HTMLInputElement;
  readonly #date: HTMLInputElement;
  readonly #ends: Record<EndName, HTMLInputElement>;
  readonly #play: HTMLButtonElement;
  readonly #problem = make("p", { class: "problem", role: "alert" });
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(context: ControlContext, years: readonly [number, number]) {
    const { say } = context;
    this.#context = context;
    this.#years = years;
    const group = `time-${(groups += 1)}`;
    this.#problem.id = `${group}-problem`;
    this.#slider = make("input", {
      type: "range",
      min: years[0],
      max: years[1],
      step: 1,
      id: `${group}-year`,
      class: "years",
      oninput: () => this.#at(this.#slider.value),
    });
    this.#date = this.#text(`${group}-date`, () => this.#at(this.#date.value.trim()));
    this.#ends = {
      from: this.#text(`${group}-from`, () => this.#span()),
      until: this.#text(`${group}-until`, () => this.#span()),
      earlier: this.#text(`${group}-earlier`, () => this.#compare()),
      later: this.#text(`${group}-later`, () => this.#compare()),
    };
    this.#play = make(
      "button",
      { type: "button", class: "plain", "aria-pressed": "false", onclick: () => this.#toggle() },
      say("play"),
    );
    this.element = make(
      "fieldset",
      { class: "time" },
      make("legend", {}, say("time")),
      make("div", { class: "modes" }, ...MODES.map((mode) => this.#mode(mode, group))),
    );
    this.#pane("one date", [
      this.#button("last year", "←", -1),
      make(
        "div",
        { class: "field grow" },
        make("label", { for: this.#slider.id }, say("year")),
        this.#slider,
        make(
          "span",
          { class: "ends quiet", "aria-hidden": "true" },
          make("span", {}, String(years[0])),
          make("span", {}, String(years[1])),
        ),
      ),
      this.#button("next year", "→", 1),
      this.#play,
      this.#field("date", this.#date),
    ]);
    this.#pane("span", [this.#field("from", this.#ends.from), this.#field("until", this.#ends.until)]);
    this.#pane("two dates", [this.#field("earlier", this.#ends.earlier), this.#field("later", this.#ends.later)]);
    this.element.append(this.#problem);
  }

  show(state: State): void {
    const mode: Mode = state.compare
      ? "two dates"
      : state.at
        ? "one date"
        : state.from || state.until
          ? "span"
          : "all time";
    const chosen = [...this.#modes].find(([, radio]) => radio.checked)?.[0];
    // An empty period that was just chosen stays open until something is written into it.
    if (!(mode === "all time" && chosen === "span" && this.element.contains(document.activeElement))) this.#open(mode);
    const year = /^\d{4}/.exec(state.at)?.[0];
    if (year) {
      this.#slider.value = year;
      this.#slider.setAttribute("aria-valuetext", state.at);
    }
    const [earlier = "", later = ""] = state.compare.split(",");
    const values = { date: state.at, from: state.from, until: state.until, earlier, later };
    for (const [name, value] of Object.entries(values)) {
      const input = name === "date" ? this.#date : this.#ends[name as EndName];
      if (document.activeElement !== input) input.value = value;
    }
    this.#say(null);
    if (!state.at) this.#stop();
  }

  /** What is wrong with the dates, at their fields. */
  refuse(error: PeriodError, state: State): void {
    this.#stop();
    this.#open(state.compare ? "two dates" : state.at ? "one date" : "span");
    const [earlier = "", later = ""] = state.compare.split(",");
    Object.entries({ from: state.from, until: state.until, earlier, later }).forEach(([name, value]) => {
      this.#ends[name as EndName].value = value;
    });
    this.#date.value = state.at;
    this.#say(error);
  }

  #say(error: PeriodError | null): void {
    this.#problem.textContent = error ? this.#context.say(error.reason) : "";
    for (const input of [this.#date, ...Object.values(this.#ends)]) {
      const isOpen = input.closest<HTMLElement>(".pane")?.hidden === false;
      if (error && isOpen) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  #text(id: string, change: () => void): HTMLInputElement {
    return make("input", {
      id,
      size: 10,
      autocomplete: "off",
      placeholder: "2019",
      "aria-describedby": this.#problem.id,
      onchange: change,
    });
  }

  #mode(mode: Mode, group: string): HTMLElement {
    const radio = make("input", { type: "radio", name: group, value: mode, onchange: () => this.#choose(mode) });
    this.#modes.set(mode, radio);
    return make("label", { class: "box" }, radio, this.#context.say(mode));
  }

  #pane(mode: Mode, parts: HTMLElement[]): void {
    const pane = make("div", { class: "pane", hidden: true }, ...parts);
    this.#panes.set(mode, pane);
    this.element.append(pane);
  }

  #field(name: "date" | "from" | "until" | "earlier" | "later", input: HTMLInputElement): HTMLElement {
    return make("div", { class: "field" }, make("label", { for: input.id }, this.#context.say(name)), input);
  }

  #button(name: "last year" | "next year", sign: string, step: number): HTMLElement {
    const { say } = this.#context;
    return make(
      "button",
      { type: "button", class: "plain", "aria-label": say(name), title: say(name), onclick: () => this.#step(step) },
      sign,
    );
  }

  #open(mode: Mode): void {
    this.#modes.get(mode)!.checked = true;
    for (const [each, pane] of this.#panes) pane.hidden = each !== mode;
  }

  #choose(mode: Mode): void {
    const [first, last] = this.#years;
    this.#open(mode);
    const nothing = { at: "", from: "", until: "", compare: "" };
    if (mode === "all time") this.#context.change(nothing);
    if (mode === "one date")
      this.#context.change({ ...nothing, at: String(Math.min(last, Math.max(first, Number(this.#slider.value)))) });
    if (mode === "span") this.#context.change({ ...nothing, from: String(first), until: String(last) });
    if (mode === "two dates" && first < last) {
      const middle = Math.max(first, last - 10);
      this.#context.change({ ...nothing, compare: `${middle === last ? first : middle},${last}` });
    }
  }

  #at(text: string): void {
    if (text) this.#try(() => periodOf(text, "", ""), { at: text, from: "", until: "", compare: "" });
  }

  #span(): void {
    const [from, until] = [this.#ends.from.value.trim(), this.#ends.until.value.trim()];
    this.#try(() => periodOf("", from, until), { at: "", from, until, compare: "" });
  }

  #compare(): void {
    const compare = `${this.#ends.earlier.value.trim()},${this.#ends.later.value.trim()}`;
    this.#try(() => readComparison(compare), { at: "", from: "", until: "", compare });
  }

  #try(read: () => unknown, change: Partial<State>): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof PeriodError)) throw error;
      this.#say(error);
      return;
    }
    this.#context.change(change);
  }

  #step(step: number): void {
    const next = Number(this.#slider.value) + step;
    if (next < this.#years[0] || next > this.#years[1]) return this.#stop();
    this.#at(String(next));
    if (next === this.#years[1]) this.#stop();
  }

  #toggle(): void {
    if (this.#timer !== undefined) return this.#stop();
    if (Number(this.#slider.value) >= this.#years[1]) this.#at(String(this.#years[0]));
    this.#timer = setInterval(() => this.#step(1), PACE);
    this.#play.textContent = this.#context.say("pause");
    this.#play.setAttribute("aria-pressed", "true");
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.textContent = this.#context.say("play");
    this.#play.setAttribute("aria-pressed", "false");
  }
}
