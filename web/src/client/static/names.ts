/**
 * Finding entities by what they are called: `search.py` once more, over the names that `asoen publish` wrote. The order
 * is the same: things before relation nodes, then how the name answers, then the shorter label, then the slug.
 */

import type { Found, Language } from "../client.ts";
import { fold, nearest } from "./nearness.ts";

/** `client/names.json`. */
export interface NamesDocument {
  /** Key, labels by language, whether its entities are relation nodes. */
  classes: [string, Record<string, string>, boolean][];
  /** Slug, number of the class, labels by language. */
  entities: [string, number, Record<string, string>][];
  /** Number of the entity, the name as written and folded, whether it is a label. */
  names: [number, string, string, 0 | 1][];
}

interface Name {
  entity: number;
  written: string;
  folded: string;
  isLabel: boolean;
}

export type Match = "label" | "name" | "label-start" | "label-words" | "name-start" | "name-words" | "near";
const RANKS: readonly Match[] = ["label", "name", "label-start", "label-words", "name-start", "name-words", "near"];
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
const ENTITY = "https://w3id.org/asoen/id/";

export type Hit = Found & { match: Match };

/** A name as it is compared: folded, punctuation and symbols turned to single spaces, apostrophes dropped. */
export function foldName(text: string): string {
  return fold(text)
    .replace(/['’ʼ`\p{Cf}]/gu, "")
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, " ")
    .split(/\s+/u)
    .filter(Boolean)
    .join(" ");
}

export class Names {
  readonly #document: NamesDocument;
  readonly #names: Name[];
  readonly #ofWord = new Map<string, Set<number>>();
  readonly #words: string[];
  readonly #unspaced: number[] = [];

  constructor(document: NamesDocument) {
    this.#document = document;
    this.#names = document.names.map(([entity, written, folded, isLabel]) => ({
      entity,
      written,
      folded,
      isLabel: isLabel === 1,
    }));
    for (const [entity, [slug]] of document.entities.entries()) {
      this.#names.push({ entity, written: slug, folded: slug.replaceAll("-", " "), isLabel: false });
    }
    for (const [number, name] of this.#names.entries()) {
      for (const word of name.folded.split(" ")) {
        const having = this.#ofWord.get(word) ?? new Set();
        this.#ofWord.set(word, having.add(number));
      }
      if (UNSPACED.test(name.folded)) this.#unspaced.push(number);
    }
    this.#words = [...this.#ofWord.keys()].sort(compare);
  }

  /** Entities called so, best first; `isForgiving` allows slips of the finger where nothing is found as written. */
  find(words: string, language: Language, limit = Infinity, isForgiving = true): Hit[] {
    const wanted = foldName(words);
    if (!wanted) return [];
    const found = new Map<number, number>();
    for (const number of this.#matching(wanted.split(" "), false)) {
      found.set(number, RANKS.indexOf(matchOf(this.#names[number] as Name, wanted)));
    }
    if (!found.size && isForgiving) {
      for (const number of this.#matching(wanted.split(" "), true)) found.set(number, RANKS.indexOf("near"));
    }
    const best = new Map<number, [number, string]>();
    for (const [number, rank] of found) {
      const { entity, written } = this.#names[number] as Name;
      const known = best.get(entity);
      if (!known || rank < known[0] || (rank === known[0] && compare(written, known[1]) < 0)) {
        best.set(entity, [rank, written]);
      }
    }
    return [...best]
      .map(([entity, [rank, matched]]) => ({ entity, rank, hit: this.#hit(entity, rank, matched, language) }))
      .sort((a, b) => this.#order(a, b))
      .slice(0, limit)
      .map(({ hit }) => hit);
  }

  #order(a: { entity: number; rank: number; hit: Hit }, b: { entity: number; rank: number; hit: Hit }): number {
    return (
      Number(this.#isRelation(a.entity)) - Number(this.#isRelation(b.entity)) ||
      a.rank - b.rank ||
      [...a.hit.label].length - [...b.hit.label].length ||
      compare(a.hit.slug, b.hit.slug)
    );
  }

  #isRelation(entity: number): boolean {
    return this.#classOf(entity)[2];
  }

  #classOf(entity: number): NamesDocument["classes"][number] {
    const [, number] = this.#document.entities[entity] as NamesDocument["entities"][number];
    return this.#document.classes[number] as NamesDocument["classes"][number];
  }

  #hit(entity: number, rank: number, matched: string, language: Language): Hit {
    const [slug, , labels] = this.#document.entities[entity] as NamesDocument["entities"][number];
    const [key, classLabels] = this.#classOf(entity);
    return {
      slug,
      iri: ENTITY + slug,
      label: choose(labels, language) || slug,
      class: key,
      classLabel: choose(classLabels, language) || key,
      matched,
      match: RANKS[rank] as Match,
    };
  }

  #matching(words: string[], isNear: boolean): Set<number> {
    let found: Set<number> | undefined;
    for (const word of words) {
      let having: Set<number> = this.#having(word);
      if (isNear && !having.size) {
        const length = [...word].length;
        const near = this.#words.filter((each) => Math.abs([...each].length - length) <= 2);
        having = new Set(nearest(word, near, 3).flatMap((each) => [...(this.#ofWord.get(each) ?? [])]));
      }
      found = found === undefined ? having : new Set<number>([...found].filter((number) => having.has(number)));
      if (!found.size) return found;
    }
    return found ?? new Set();
  }

  #having(word: string): Set<number> {
    const having = new Set<number>();
    for (let at = this.#firstAt(word); this.#words[at]?.startsWith(word); at++) {
      for (const number of this.#ofWord.get(this.#words[at] as string) ?? []) having.add(number);
    }
    for (let cut = 1; cut < word.length; cut++) {
      const pair = ` ${word.slice(0, cut)} ${word.slice(cut)}`;
      for (const number of this.#ofWord.get(word.slice(0, cut)) ?? []) {
        if (` ${this.#names[number]?.folded}`.includes(pair)) having.add(number);
      }
    }
    if (UNSPACED.test(word)) {
      for (const number of this.#unspaced) if (this.#names[number]?.folded.includes(word)) having.add(number);
    }
    return having;
  }

  #firstAt(word: string): number {
    let [low, high] = [0, this.#words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#words[middle] as string, word) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function matchOf(name: Name, wanted: string): Match {
  if (name.folded === wanted) return name.isLabel ? "label" : "name";
  if (name.folded.startsWith(wanted)) return name.isLabel ? "label-start" : "name-start";
  return name.isLabel ? "label-words" : "name-words";
}

/** The text in the language, else in English or Vietnamese, else without a language, else in any. */
export function choose(texts: Readonly<Record<string, string>>, language: string): string {
  for (const tag of [language, "en", "vi", "", ...Object.keys(texts).sort()]) {
    if (Object.hasOwn(texts, tag)) return texts[tag] as string;
  }
  return "";
}

const SURROGATE = /[\ud800-\udfff]/;

/** As Python orders texts: by code point, where JavaScript goes by halves of surrogate pairs. */
function compare(a: string, b: string): number {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : Number(a > b);
  const [first, second] = [[...a], [...b]];
  for (let at = 0; at < Math.min(first.length, second.length); at++) {
    const difference = (first[at]?.codePointAt(0) ?? 0) - (second[at]?.codePointAt(0) ?? 0);
    if (difference) return difference;
  }
  return first.length - second.length;
}
