/** The explorer: controls, picture, details and tables of one network, which all show the same. */

import type { Client, Language, NetworkQuestion } from "../client/client.ts";
import { Controls, sampleOf } from "./controls.ts";
import { inLanguage, type NetworkDocument } from "./document.ts";
import { Downloads } from "./downloads.ts";
import { colourOf, Looks, type Step } from "./looks.ts";
import { make } from "./make.ts";
import { given, type Places } from "./places.ts";
import { Panel } from "./panel.ts";
import { PeriodError, spokenPeriod } from "./period.ts";
import { Picture, type Choice } from "./picture.ts";
import { MOST_LINKS, MOST_NODES, ofAllTime, see, type Seen } from "./seeing.ts";
import { writeState, type State } from "./state.ts";
import { Tables } from "./tables.ts";
import { counted, words, type Say } from "./words.ts";

export interface ExplorerOptions {
  client: Client;
  language: Language;
  /** Where the site begins, for links. */
  root: string;
  state: State;
  /** What the network was asked with, for the server's downloads; `null` where nobody knows. */
  question: NetworkQuestion | null;
  /** Told whenever something else is chosen. */
  onState: (state: State) => void;
}

let explorers = 0;

export class Explorer {
  readonly #document: NetworkDocument;
  readonly #options: ExplorerOptions;
  readonly #say: Say;
  readonly #looks: Looks;
  readonly #controls: Controls;
  readonly #picture: Picture;
  readonly #panel: Panel;
  readonly #tables: Tables;
  readonly #downloads: Downloads;
  readonly #shown = make("p", { class: "shown", role: "status" });
  readonly #said = make("p", { class: "hidden-visually", role: "status" });
  readonly #problem = make("div", { class: "note warning", hidden: true });
  readonly #legend = make("ul", { class: "legend" });
  readonly #stage = make("div", { class: "stage-frame" });
  #state: State;
  #seen: Seen | null = null;
  #step: Step | null = null;
  #choice: Choice = null;
  #places: Places = new Map();
  #arranged = "";
  #number = 0;
  #opener: HTMLElement | SVGElement | null = null;

  constructor(host: HTMLElement, document: NetworkDocument, options: ExplorerOptions) {
    const { language, root, client, question } = options;
    this.#document = document;
    this.#options = options;
    this.#state = options.state;
    const say = (this.#say = words(language));
    const looks = (this.#looks = new Looks(document, language, say));
    const onChoice = (choice: Choice) => this.#choose(choice);
    const shared = { document, language, root, say, looks, onChoice };
    const help = make("p", { id: `explorer-help-${(explorers += 1)}` }, say("help"));
    this.#controls = new Controls({ ...shared, state: () => this.#state, change: (change) => this.#change(change) });
    this.#panel = new Panel(shared);
    this.#tables = new Tables(shared);
    this.#downloads = new Downloads({
      client,
      language,
      say,
      question,
      name: () => [document.name, this.#state.at, this.#state.compare.replace(",", "-")].filter(Boolean).join("-"),
      written: () => this.#written(),
      svg: () => this.#svg(),
      announce: (text) => (this.#said.textContent = text),
    });
    const keys = make("details", { class: "keys" }, make("summary", {}, say("keys")), help);
    const desk = make(
      "div",
      { class: "desk" },
      this.#shown,
      this.#problem,
      this.#tools(),
      this.#stage,
      this.#legend,
      keys,
    );
    const root_ = make(
      "div",
      { class: "explorer", role: "group", "aria-label": say("explorer") },
      this.#said,
      this.#controls.element,
      make("div", { class: "beside" }, desk, this.#panel.element),
      this.#downloads.element,
      this.#tables.element,
    );
    host.replaceChildren(root_);
    this.#picture = new Picture({
      host: this.#stage,
      label: `${say("picture")}: ${this.#title()}`,
      describedBy: help.id,
      onChoice,
    });
    root_.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#choice && !event.defaultPrevented) this.#choose(null);
    });
  }

  get state(): State {
    return this.#state;
  }

  /** Shows what is chosen. */
  async show(): Promise<void> {
    const number = (this.#number += 1);
    let seen: Seen;
    try {
      seen = await see(this.#document, this.#state, this.#options.language);
    } catch (error) {
      if (!(error instanceof PeriodError)) throw error;
      this.#controls.time?.refuse(error, this.#state);
      if (this.#seen === null) await this.#showWhole();
      return;
    }
    if (number !== this.#number) return;
    this.#step = this.#stepTo(seen);
    this.#seen = seen;
    await this.#arrange(seen);
    if (number !== this.#number) return;
    this.#draw(seen);
  }

  /** Where the address has a date that is none there is still something to see. */
  async #showWhole(): Promise<void> {
    this.#seen = await see(
      this.#document,
      { ...this.#state, at: "", from: "", until: "", compare: "" },
      this.#options.language,
    );
    await this.#arrange(this.#seen);
    const refused = this.#state;
    this.#draw(this.#seen, refused);
  }

  #draw(seen: Seen, keepTime?: State): void {
    const tooLarge = seen.net.nodes.length > MOST_NODES || seen.net.links.length > MOST_LINKS;
    const isGroup = ["component", "community"].includes(this.#state.colour);
    if (keepTime === undefined) this.#controls.show(seen);
    this.#stage.hidden = tooLarge;
    if (!tooLarge) this.#picture.show(this.#looks.scene(seen, this.#step, isGroup));
    this.#tables.show(seen);
    this.#downloads.show(this.#state);
    this.#panel.show(this.#choice, seen);
    this.#showLegend(seen, isGroup);
    this.#tell(seen, tooLarge);
  }

  #change(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.#state);
    void this.show();
  }

  #choose(choice: Choice): void {
    const active = document.activeElement;
    if (choice && !this.#choice && (active instanceof HTMLElement || active instanceof SVGElement))
      this.#opener = active;
    this.#choice = choice;
    this.#picture.choose(choice);
    if (choice) this.#picture.bring(choice);
    this.#panel.show(choice, this.#seen);
    if (choice) this.#panel.focus();
    else if (this.#opener?.isConnected) this.#opener.focus();
    else this.#picture.svg.focus();
  }

  /** From one date to the next: who is new, and who is no more. */
  #stepTo(seen: Seen): Step | null {
    const before = this.#seen;
    if (!before?.period || !seen.period || before.comparison || seen.comparison) return null;
    const isStep = before.period.since === before.period.until && seen.period.since === seen.period.until;
    if (!isStep || before.period.since === seen.period.since) return isStep ? this.#step : null;
    const [old, now] = [new Set(before.net.nodes), new Set(seen.net.nodes)];
    return {
      arrived: new Set(seen.net.nodes.filter((node) => !old.has(node))),
      gone: new Set(before.net.nodes.filter((node) => !now.has(node))),
    };
  }

  /** Nodes stand where they stand in the picture of all time, on the side that is looked at. */
  async #arrange(seen: Seen): Promise<void> {
    const { project, layout } = this.#state;
    const key = `${project} ${layout}`;
    if (key === this.#arranged) return;
    const whole = ofAllTime(this.#document, this.#state);
    const wanted = layout || (project && this.#document.layout === "layered" ? "spring" : this.#document.layout);
    const known = !project && wanted === this.#document.layout ? given(this.#document, whole) : null;
    if (known) this.#places = known;
    else if (whole.nodes.length <= MOST_NODES || seen.net.nodes.length <= MOST_NODES)
      this.#places = (await import("./layout.ts")).arrange(this.#document, whole, wanted);
    this.#arranged = key;
    this.#picture.arrange(this.#places);
  }

  #title(): string {
    return inLanguage(this.#document.title, this.#options.language) || this.#say("untitled");
  }

  #periodSaid(seen: Seen): string {
    const { language } = this.#options;
    if (seen.comparison) {
      const [earlier, later] = seen.comparison.map((each) => spokenPeriod(each, language)) as [string, string];
      return this.#say("compared", { earlier, later });
    }
    return seen.period ? spokenPeriod(seen.period, language) : "";
  }

  /** `2019: 14 nodes, 31 links.` and what else is to be said of it. */
  #summary(seen: Seen): string {
    const say = this.#say;
    const { net } = seen;
    const [nodes, links] = [counted(say, "nodes", net.nodes.length), counted(say, "links", net.links.length)];
    const period = this.#periodSaid(seen);
    const parts = [`${period ? `${period}: ` : ""}${nodes}, ${links}.`];
    if (seen.asked.links.length !== net.links.length || seen.asked.nodes.length !== net.nodes.length)
      parts.push(
        say("of all", {
          nodes: counted(say, "nodes", seen.asked.nodes.length),
          links: counted(say, "links", seen.asked.links.length),
        }),
      );
    if (net.changes) {
      const names = ["appeared", "vanished", "strengthened", "weakened", "unchanged"] as const;
      const counts = names.map(
        (name) => [name, net.links.filter((link) => link.change?.name === name).length] as const,
      );
      parts.push(
        `${say("links")}: ${counts
          .filter(([, count]) => count > 0)
          .map(([name, count]) => `${count} ${say(name)}`)
          .join(", ")}.`,
      );
    }
    if (this.#step && this.#step.arrived.size > 0)
      parts.push(say("arrived", { names: this.#names([...this.#step.arrived]) }));
    if (this.#step && this.#step.gone.size > 0)
      parts.push(say("departed", { names: this.#names([...this.#step.gone]) }));
    if (seen.undated > 0 && (seen.period || seen.comparison)) parts.push(say("undated", { count: seen.undated }));
    return parts.join(" ");
  }

  #names(nodes: number[]): string {
    const names = nodes
      .slice(0, 4)
      .map((node) => this.#looks.nameOf(node))
      .join(", ");
    return nodes.length > 4 ? this.#say("and more", { names, count: nodes.length - 4 }) : names;
  }

  #tell(seen: Seen, tooLarge: boolean): void {
    const say = this.#say;
    this.#shown.textContent = this.#summary(seen);
    const isEmpty = seen.net.links.length === 0 && seen.net.nodes.length === 0;
    this.#problem.hidden = !isEmpty && !tooLarge;
    if (isEmpty)
      this.#problem.replaceChildren(
        make(
          "p",
          {},
          say(this.#document.links.length === 0 ? "not in it" : "empty"),
          " ",
          this.#document.notes.join(" "),
        ),
      );
    if (tooLarge) {
      const values = {
        nodes: counted(say, "nodes", seen.net.nodes.length),
        links: counted(say, "links", seen.net.links.length),
        mostNodes: MOST_NODES,
        mostLinks: MOST_LINKS,
      };
      const reduce = make(
        "button",
        { type: "button", onclick: () => this.#change({ top: 100, by: "" }) },
        say("reduce"),
      );
      this.#problem.replaceChildren(
        make("p", {}, say("too large", values)),
        make("p", {}, reduce, " ", say("ways to reduce")),
      );
    }
  }

  #weighed(): string {
    const { language } = this.#options;
    const { project } = this.#state;
    if (!project) return inLanguage(this.#document.weights, language) || this.#say("weight");
    const other = inLanguage(this.#document.columns[project === "source" ? "target" : "source"], language);
    return inLanguage(this.#document.shared[project], language) || this.#say("in common", { what: other });
  }

  #legendOf(seen: Seen, isGroup: boolean): ReturnType<Looks["legend"]> {
    const label = (key: string) => this.#labels.get(key) ?? key;
    return this.#looks.legend(
      seen,
      this.#step,
      label(this.#state.size),
      label(this.#state.colour),
      isGroup,
      this.#weighed(),
    );
  }

  readonly #labels = new Map<string, string>();

  #showLegend(seen: Seen, isGroup: boolean): void {
    const draw = () => {
      const entries = this.#legendOf(seen, isGroup);
      this.#legend.setAttribute("aria-label", this.#say("legend"));
      this.#legend.replaceChildren(
        ...entries.map(({ sample, text }) => make("li", {}, sampleOf(sample, 30, 16), make("bdi", {}, text))),
      );
    };
    draw();
    if ((this.#state.size || this.#state.colour) && this.#labels.size === 0)
      void import("./measures.ts").then(({ OF_NODES }) => {
        for (const each of OF_NODES) this.#labels.set(each.key, inLanguage(each.labels, this.#options.language));
        draw();
      });
  }

  #tools(): HTMLElement {
    const picture = () => this.#picture;
    const tools = [
      ["zoom in", "+", () => picture().zoom(1.35)],
      ["zoom out", "−", () => picture().zoom(1 / 1.35)],
      ["fit", "⤢", () => picture().fitShown()],
      ["left", "←", () => picture().move(80, 0)],
      ["up", "↑", () => picture().move(0, 80)],
      ["down", "↓", () => picture().move(0, -80)],
      ["right", "→", () => picture().move(-80, 0)],
    ] as const;
    return make(
      "div",
      { class: "tools no-print", role: "group", "aria-label": this.#say("move") },
      ...tools.map(([name, sign, act]) =>
        make(
          "button",
          { type: "button", class: "plain small", "aria-label": this.#say(name), title: this.#say(name), onclick: act },
          sign,
        ),
      ),
    );
  }

  #about(seen: Seen): string {
    const { release } = this.#document;
    const chosen = Object.entries(writeState(this.#state)).map(([name, value]) => `${name}=${value}`);
    return [
      this.#summary(seen),
      inLanguage(this.#document.description, this.#options.language),
      chosen.length > 0 && `(${chosen.join("; ")})`,
      release && this.#say("data", { release }),
    ]
      .filter(Boolean)
      .join(" ");
  }

  #fileTitle(seen: Seen): string {
    return [this.#title(), this.#periodSaid(seen)].filter(Boolean).join(", ");
  }

  #written(): ReturnType<ConstructorParameters<typeof Downloads>[0]["written"]> {
    const seen = this.#seen!;
    const values = new Map<string, Map<number, number>>();
    if (seen.sizes) values.set(this.#state.size, seen.sizes);
    if (seen.colours) values.set(this.#state.colour, seen.colours);
    return {
      document: this.#document,
      net: seen.net,
      language: this.#options.language,
      title: this.#fileTitle(seen),
      notes: this.#summary(seen),
      values,
      places: this.#places,
      colours: new Map(this.#picture.scene.nodes.map(({ node, colour }) => [node, colourOf(colour)])),
    };
  }

  async #svg(): Promise<string> {
    const { asSvg } = await import("./drawing.ts");
    const seen = this.#seen!;
    const isGroup = ["component", "community"].includes(this.#state.colour);
    return asSvg(this.#picture, {
      document: this.#document,
      language: this.#options.language,
      title: this.#fileTitle(seen),
      about: this.#about(seen),
      legend: this.#legendOf(seen, isGroup),
      colourOf,
    });
  }
}
