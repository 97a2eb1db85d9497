/** From what is seen to what is drawn: shape, colour, size and width of everything, and the legend that explains them. */

import type { Language } from "../client/client.ts";
import { inLanguage, type NetworkDocument } from "./document.ts";
import type { LegendEntry } from "./drawing.ts";
import { CHANGES, grouped, type Link, type Net } from "./graph.ts";
import type { Values } from "./measures.ts";
import { CHANGE_STYLES, COLOURS, kindStyles, LINE_COLOURS, lineStyles, outline } from "./palette.ts";
import type { LinkLook, NodeLook, Scene } from "./picture.ts";
import type { Seen } from "./seeing.ts";
import { spokenNumber, type Say } from "./words.ts";

/** The size of a mark where no measure gives it: the more there are, the smaller. */
const USUAL: readonly (readonly [nodes: number, radius: number])[] = [
  [240, 4.5],
  [120, 5.5],
  [0, 7],
];
const [SMALLEST, LARGEST] = [4, 18];
const [THINNEST, THICKEST] = [1.3, 7];
const STEPS = ["#C6DBEF", "#85BCDB", "#4292C6", "#1D6CB1", "#08306B"];
const OTHERS = "#8A949C";
/** So many kinds or relations that look alike are named in the legend. */
const MOST_NAMED = 4;

/** What changed since the step before: nodes that came, and those that went, which are shown once more. */
export interface Step {
  arrived: ReadonlySet<number>;
  gone: ReadonlySet<number>;
}

/** The colour of a class on light ground; the style sheet has those for dark ground. */
export function colourOf(name: string): string {
  const [what, key = ""] = name.split("-");
  if (what === "kind") return COLOURS[Number(key)] ?? OTHERS;
  if (what === "line") return LINE_COLOURS[Number(key)] ?? OTHERS;
  if (what === "step") return STEPS[Number(key)] ?? OTHERS;
  if (what === "change") return CHANGE_STYLES[key as keyof typeof CHANGE_STYLES].colour;
  return OTHERS;
}

export class Looks {
  readonly #document: NetworkDocument;
  readonly #language: Language;
  readonly #say: Say;
  readonly #kinds: ReturnType<typeof kindStyles>;
  readonly #lines: ReturnType<typeof lineStyles>;

  constructor(document: NetworkDocument, language: Language, say: Say) {
    this.#document = document;
    this.#language = language;
    this.#say = say;
    this.#kinds = kindStyles(document.kinds);
    this.#lines = lineStyles(document.relations);
  }

  nameOf(node: number): string {
    const { labels, id } = this.#document.nodes[node]!;
    return inLanguage(labels, this.#language) || id;
  }

  kindOf(node: number): string {
    return inLanguage(this.#document.kinds[this.#document.nodes[node]!.kind]!.labels, this.#language);
  }

  relationOf(link: Link): string {
    if (link.relation !== null) return inLanguage(this.#document.relations[link.relation]!.labels, this.#language);
    return inLanguage(this.#document.weights, this.#language) || this.#say("unnamed");
  }

  lineOf(relation: number | null): { colour: string; dashes: string } {
    const style = this.#lines[relation ?? this.#lines.length - 1]!;
    return { colour: `line-${style.colour}`, dashes: style.dashes };
  }

  /** The mark of a kind, for filters and legend. */
  markOf(kind: number): { shape: NodeLook["shape"]; colour: string } {
    const style = this.#kinds[kind]!;
    return { shape: style.shape, colour: `kind-${style.colour}` };
  }

  scene(seen: Seen, step: Step | null, isGroup: boolean): Scene {
    const { net } = seen;
    const links = net.links.map((link) => this.#link(link, seen));
    const counts = linkCounts(net);
    const nodes = net.nodes.map((node) => this.#node(node, seen, step, counts.get(node) ?? 0, isGroup));
    const gone = [...(step?.gone ?? [])].filter((node) => !net.nodes.includes(node));
    const ghosts = gone.map((node): NodeLook => {
      const spoken = `${this.nameOf(node)}: ${this.#say("gone here")}`;
      return { ...this.#plain(node), spoken, colour: "gone", hollow: true, rank: -1, sign: "gone", radius: 5 };
    });
    return { nodes: [...nodes, ...ghosts], links, directed: net.directed };
  }

  #plain(node: number): Pick<NodeLook, "node" | "label" | "shape"> {
    return { node, label: this.nameOf(node), shape: this.#kinds[this.#document.nodes[node]!.kind]!.shape };
  }

  #node(node: number, seen: Seen, step: Step | null, count: number, isGroup: boolean): NodeLook {
    const change = seen.net.changes?.get(node)?.name;
    const parts = [this.#say("node", { label: this.nameOf(node), kind: this.kindOf(node), count })];
    if (change) parts.push(this.#say(change));
    if (step?.arrived.has(node)) parts.push(this.#say("new here"));
    const size = seen.sizes?.get(node);
    return {
      ...this.#plain(node),
      spoken: parts.join(", "),
      colour: this.#colour(node, seen.colours, isGroup),
      radius: seen.sizes ? radiusOf(size, seen.sizes) : usualRadius(seen.net.nodes.length),
      hollow: seen.sizes !== null && size === undefined,
      rank: seen.strengths.get(node) ?? 0,
      sign: change === "appeared" || change === "vanished" ? change : step?.arrived.has(node) ? "arrived" : null,
    };
  }

  #colour(node: number, values: Values | null, isGroup: boolean): string {
    if (!values) return this.markOf(this.#document.nodes[node]!.kind).colour;
    const value = values.get(node);
    if (value === undefined) return "other";
    if (isGroup) return value <= COLOURS.length ? `kind-${value - 1}` : "other";
    const [least, greatest] = rangeOf(values);
    const share = greatest > least ? (value - least) / (greatest - least) : 0;
    return `step-${Math.min(STEPS.length - 1, Math.floor(share * STEPS.length))}`;
  }

  #link(link: Link, seen: Seen): LinkLook {
    const thinnest = seen.net.links.length > 120 ? 0.8 : THINNEST;
    const style = link.change
      ? { colour: `change-${link.change.name}`, dashes: CHANGE_STYLES[link.change.name].dashes }
      : this.lineOf(link.relation);
    const [least, greatest] = seen.scale;
    const share = greatest > least ? Math.min(1, Math.max(0, (link.weight - least) / (greatest - least))) : 0.1;
    const sign = link.change !== undefined && link.change.name !== "unchanged";
    return { link, label: this.relationOf(link), ...style, width: thinnest + share * (THICKEST - thinnest), sign };
  }

  /** The legend of a scene: kinds or colours, sizes, relations or changes, widths. */
  legend(
    seen: Seen,
    step: Step | null,
    size: string,
    colour: string,
    isGroup: boolean,
    weighed: string,
  ): LegendEntry[] {
    const entries: LegendEntry[] = [];
    const alike: LegendEntry[] = [];
    const names = new Set<string>();
    const kinds = [...new Set(seen.net.nodes.map((node) => this.#document.nodes[node]!.kind))];
    for (const kind of kinds) {
      const { shape, colour: own } = this.markOf(kind);
      const label = inLanguage(this.#document.kinds[kind]!.labels, this.#language);
      alike.push({ sample: mark(outline(shape, 6.5), seen.colours ? "other" : own), text: label });
      names.add(label);
    }
    entries.push(...together(alike));
    if (seen.colours) entries.push(...this.#coloursLegend(seen.colours, colour, isGroup));
    if (seen.sizes) {
      const [least, greatest] = rangeOf(seen.sizes);
      const text = `${size}: ${this.#number(least)} – ${this.#number(greatest)}`;
      entries.push({
        sample: mark(outline("circle", 3), "other", 6) + mark(outline("circle", 7.5), "other", 21),
        text,
      });
    }
    if (seen.net.changes) {
      for (const name of CHANGES.filter((each) => seen.net.links.some((link) => link.change?.name === each)))
        entries.push({ sample: line(`change-${name}`, CHANGE_STYLES[name].dashes, 2.5), text: this.#say(name) });
    } else {
      const lines = [...new Set(seen.net.links.map((link) => link.relation))].map((relation): LegendEntry => {
        const { colour: own, dashes } = this.lineOf(relation);
        const name = this.relationOf({ relation } as Link);
        // What a kind is called too says that it is a relation.
        const text = names.has(name) ? `${this.#say("relation")}: ${name}` : name;
        return { sample: line(own, dashes, 2.5), text };
      });
      entries.push(...together(lines));
    }
    const [least, greatest] = seen.scale;
    if (greatest > least && seen.net.links.length > 0)
      entries.push({
        sample: `<path d="M0 8L13 8" stroke-width="${THINNEST}" class="line line-0"/><path d="M16 8L30 8" stroke-width="${THICKEST}" class="line line-0"/>`,
        text: `${weighed}: ${this.#number(least)} – ${this.#number(greatest)}`,
      });
    if (step && step.arrived.size > 0) entries.push({ sample: ring("arrived"), text: this.#say("new here") });
    if (step && step.gone.size > 0) entries.push({ sample: ring("gone"), text: this.#say("gone here") });
    return entries;
  }

  #coloursLegend(values: Values, what: string, isGroup: boolean): LegendEntry[] {
    if (isGroup) {
      const groups = [...new Set(values.values())].sort((a, b) => a - b);
      const entries = groups.slice(0, COLOURS.length).map((number) => ({
        sample: mark(outline("circle", 6.5), `kind-${number - 1}`),
        text: this.#say("group", { what, number }),
      }));
      if (groups.length > COLOURS.length)
        entries.push({ sample: mark(outline("circle", 6.5), "other"), text: this.#say("further groups") });
      return entries;
    }
    const [least, greatest] = rangeOf(values);
    const width = (greatest - least) / STEPS.length;
    return STEPS.map((_, place) => ({
      sample: mark(outline("circle", 6.5), `step-${place}`),
      text: `${place === 0 ? `${what}: ` : ""}${this.#number(least + place * width)} – ${this.#number(least + (place + 1) * width)}`,
    }));
  }

  #number(value: number): string {
    return spokenNumber(Math.round(value * 1e6) / 1e6, this.#language);
  }
}

/** What looks the same stands together, named by the first few. */
function together(entries: readonly LegendEntry[]): LegendEntry[] {
  return [...grouped(entries, ({ sample }) => sample).values()].map((same) => {
    const [first] = same as [LegendEntry];
    const named = same.slice(0, MOST_NAMED).map(({ text }) => text);
    const rest = same.length - named.length;
    return { sample: first.sample, text: `${named.join(", ")}${rest > 0 ? ` +${rest}` : ""}` };
  });
}

function mark(path: string, colour: string, x = 15): string {
  return `<g transform="translate(${x} 8)"><path d="${path}" class="mark ${colour}" stroke-width="0.8"/></g>`;
}

function line(colour: string, dashes: string, width: number): string {
  return `<path d="M0 8L30 8" class="line ${colour}" stroke-width="${width}"${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`;
}

function ring(kind: string): string {
  return `<g transform="translate(15 8)"><path d="${outline("circle", 7)}" class="sign ${kind}" fill="none" stroke-width="2"/></g>`;
}

function usualRadius(count: number): number {
  return USUAL.find(([nodes]) => count >= nodes)![1];
}

function radiusOf(value: number | undefined, values: Values): number {
  if (value === undefined) return SMALLEST;
  const [least, greatest] = rangeOf(values);
  const floor = Math.min(0, least);
  const share = greatest > floor ? (value - floor) / (greatest - floor) : 0;
  return Math.max(SMALLEST, LARGEST * Math.sqrt(share));
}

function rangeOf(values: Values): readonly [number, number] {
  const all = [...values.values()];
  return [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)];
}

export function linkCounts(net: Net): Map<number, number> {
  const found = new Map<number, number>();
  for (const { source, target } of net.links)
    for (const node of new Set([source, target])) found.set(node, (found.get(node) ?? 0) + 1);
  return found;
}
