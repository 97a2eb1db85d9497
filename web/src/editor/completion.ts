/** What could be written at a place of a query, best first: names by what they are called in either language. */
import type { Glossary, Language, Name } from "../client/client.ts";
import { placeAt } from "./place.ts";
import type { Place } from "./place.ts";
import { KEYWORDS } from "./tokens.ts";

export interface Suggestion {
  kind: Name["kind"] | "keyword" | "variable" | "prefix";
  /** What is put into the query. */
  insert: string;
  /** What people call it, in their language. */
  label: string;
  definition: string;
}

export interface Suggestions {
  /** Where what is replaced begins. */
  from: number;
  items: Suggestion[];
}

const MOST = 60;
const VARIABLE = /[?$][\p{L}\p{M}\p{N}_]*$/u;
const CURIE = /(?:\p{L}[\p{L}\p{M}\p{N}_-]*)?:[\p{L}\p{M}\p{N}_.-]*$/u;
const WORDS = /[\p{L}\p{M}\p{N}_’'-]+(?: [\p{L}\p{M}\p{N}_’'-]+){0,5}$/u;
const MARKS = /[\u0300-\u036f]/g;
const LETTERS: Record<string, string> = { đ: "d", ł: "l", ø: "o", æ: "ae" };

/** Lower case without Latin diacritics, as `asoen_graph.text.fold` has it. */
export function fold(text: string): string {
  const plain = text.toLowerCase().normalize("NFD").replace(MARKS, "");
  return plain.replace(/[đłøæ]/g, (letter) => LETTERS[letter] ?? letter).normalize("NFC");
}

/** The same, with a space for whatever is between words: `Lò Gò – Xa Mát` → `lo go xa mat`. */
function spaced(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

/** A glossary made ready to be searched as someone types. */
export class Completer {
  readonly #entries: Entry[];
  readonly #prefixes: string[];
  readonly #byCurie = new Map<string, Name>();
  readonly #byIri = new Map<string, Name>();

  constructor(glossary: Glossary) {
    this.#prefixes = Object.keys(glossary.prefixes);
    this.#entries = glossary.names.map((name) => new Entry(name));
    for (const name of glossary.names) {
      this.#byCurie.set(name.curie, name);
      this.#byIri.set(name.iri, name);
    }
  }

  /** The name that a token stands for: with a prefix, or an IRI in angle brackets. */
  name(token: string): Name | undefined {
    return token.startsWith("<") ? this.#byIri.get(token.slice(1, -1)) : this.#byCurie.get(token);
  }

  /** What could stand at a position; `asked` where it was asked for with nothing written yet. */
  suggest(text: string, position: number, language: Language, asked: boolean): Suggestions | null {
    const place = placeAt(text, position);
    if (place.role === "text") return null;
    const line = text.slice(text.lastIndexOf("\n", position - 1) + 1, position);
    const variable = VARIABLE.exec(line);
    if (variable) return this.#variables(place, variable[0], position);
    const curie = CURIE.exec(line);
    if (curie) return this.#curies(place, curie[0], position, language);
    const words = WORDS.exec(line)?.[0] ?? "";
    if (words) return this.#words(place, words, position, language);
    return asked ? this.#anything(place, position, language) : null;
  }

  #variables({ variables }: Place, written: string, position: number): Suggestions | null {
    const items = variables.filter(
      (name) => name.slice(1).startsWith(written.slice(1)) && name.slice(1) !== written.slice(1),
    );
    if (!items.length) return null;
    const plain = items.map((insert) => ({ kind: "variable" as const, insert, label: "", definition: "" }));
    return { from: position - written.length, items: plain };
  }

  #curies(place: Place, written: string, position: number, language: Language): Suggestions | null {
    const [prefix = "", local = ""] = split(written);
    const fitting = this.#entries.filter((entry) => entry.prefix === prefix);
    const items = this.#best(fitting, fold(local), place, language);
    return items.length ? { from: position - written.length, items } : null;
  }

  #words(place: Place, written: string, position: number, language: Language): Suggestions | null {
    const parts = written.split(" ");
    for (let first = 0; first < parts.length - 1; first++) {
      const phrase = parts.slice(first).join(" ");
      const items = this.#best(this.#entries, fold(phrase), place, language);
      if (items.length) return { from: position - phrase.length, items };
    }
    const word = parts.at(-1) ?? "";
    if (!word) return null;
    const names = place.role === "outside" ? [] : this.#best(this.#entries, fold(word), place, language);
    const items = [...this.#keywords(word), ...this.#prefixed(word), ...names].slice(0, MOST);
    return items.length ? { from: position - word.length, items } : null;
  }

  #anything(place: Place, position: number, language: Language): Suggestions | null {
    const names = place.role === "outside" ? [] : this.#best(this.#entries, "", place, language);
    const variables = place.variables.map((insert) => ({
      kind: "variable" as const,
      insert,
      label: "",
      definition: "",
    }));
    const isFirst = place.role === "subject" || place.role === "expression" || place.role === "outside";
    const items = isFirst ? [...variables, ...this.#keywords(""), ...names] : [...names, ...variables];
    return items.length ? { from: position, items: items.slice(0, MOST) } : null;
  }

  #keywords(word: string): Suggestion[] {
    const start = word.toUpperCase();
    return KEYWORDS.filter((keyword) => keyword.startsWith(start) && keyword !== start).map((insert) => {
      return { kind: "keyword", insert, label: "", definition: "" };
    });
  }

  #prefixed(word: string): Suggestion[] {
    const start = fold(word);
    return this.#prefixes
      .filter((prefix) => prefix.startsWith(start))
      .map((prefix) => ({ kind: "prefix", insert: `${prefix}:`, label: "", definition: "" }));
  }

  #best(entries: Entry[], wanted: string, place: Place, language: Language): Suggestion[] {
    const fit = new Fit(place, this.#byCurie);
    const ranked: [number, Entry][] = [];
    for (const entry of entries) {
      const match = entry.match(wanted, language);
      const suits = match > 0 ? fit.of(entry.name) : -1;
      if (suits >= 0) ranked.push([match + suits - entry.length / 200, entry]);
    }
    ranked.sort(([a, first], [b, second]) => b - a || (first.name.curie < second.name.curie ? -1 : 1));
    return ranked.slice(0, MOST).map(([, { name }]) => ({
      kind: name.kind,
      insert: name.curie,
      label: name.label[language],
      definition: name.definition?.[language] ?? "",
    }));
  }
}

/** A name with what it is found by. */
class Entry {
  readonly name: Name;
  readonly prefix: string;
  readonly length: number;
  readonly #local: string;
  readonly #spelt: string;
  readonly #labels: Record<Language, string>;

  constructor(name: Name) {
    const [prefix = "", local = ""] = split(name.curie);
    this.name = name;
    this.prefix = prefix;
    this.length = name.curie.length;
    this.#local = fold(local);
    this.#spelt = spaced(local.replace(/(?<=[a-z])(?=[A-Z])/g, " "));
    this.#labels = { en: spaced(name.label.en), vi: spaced(name.label.vi) };
  }

  /** How well it is called so, 0 where it is not. */
  match(wanted: string, language: Language): number {
    if (!wanted) return 1;
    const words = spaced(wanted);
    let best = rank(this.#local, wanted, 2);
    if (!words) return best;
    best = Math.max(best, rank(this.#spelt, words, 1));
    for (const each of ["en", "vi"] as const)
      best = Math.max(best, rank(this.#labels[each], words, each === language ? 1 : 0));
    return best;
  }
}

function rank(called: string, wanted: string, bonus: number): number {
  const at = called.indexOf(wanted);
  if (at < 0) return 0;
  if (called === wanted) return 100 + bonus;
  if (at === 0) return 75 + bonus;
  if (/[\s-]/.test(called[at - 1] ?? "")) return 50 + bonus;
  return wanted.length > 2 ? 20 + bonus : 0;
}

/** How well a name suits a place; below 0 where it cannot stand there. */
class Fit {
  readonly #place: Place;
  readonly #names: Map<string, Name>;
  /** The classes of the subject with all above them. */
  readonly #classes: Set<string>;
  readonly #range: string | undefined;

  constructor(place: Place, names: Map<string, Name>) {
    this.#place = place;
    this.#names = names;
    this.#classes = new Set(place.classes.flatMap((each) => this.#upwards(each)));
    this.#range = names.get(place.predicate)?.of;
  }

  of(name: Name): number {
    if (this.#place.role === "predicate") return name.kind === "property" ? 40 + this.#carried(name) : -1;
    if (this.#place.role === "subject") return { entity: 20, concept: 5, class: 0, property: 0 }[name.kind];
    if (this.#place.role === "expression") return 0;
    return this.#asObject(name);
  }

  #carried(name: Name): number {
    if (!this.#classes.size || !name.on?.length) return 0;
    return name.on.some((each) => this.#classes.has(each)) ? 30 : -20;
  }

  #asObject(name: Name): number {
    const { predicate } = this.#place;
    if (predicate === "a" || predicate === "rdf:type") return name.kind === "class" ? 60 : -1;
    if (name.kind === "property") return -1;
    if (!this.#range || name.kind === "class" || !name.of) return 0;
    return this.#upwards(name.of).includes(this.#range) ? 60 : 0;
  }

  #upwards(curie: string, seen: string[] = []): string[] {
    if (seen.includes(curie)) return seen;
    return (this.#names.get(curie)?.on ?? []).reduce((found, above) => this.#upwards(above, found), [...seen, curie]);
  }
}

function split(curie: string): string[] {
  const colon = curie.indexOf(":");
  return [curie.slice(0, colon), curie.slice(colon + 1)];
}
