/** One value in a cell: a link with its label, a number, a date, a text in its language. */

import type { Term } from "../client/client.ts";
import { element } from "./element.ts";
import type { Names } from "./names.ts";
import { BASE } from "./sheet.ts";
import { say } from "./words.ts";

/** How IRIs are shown. */
export type Naming = "names" | "iris" | "both";

const STRING = "http://www.w3.org/2001/XMLSchema#string";

/** The value as text, as it is shown, filtered, sorted and copied. */
export function cellText(term: Term | undefined, names: Names, naming: Naming): string {
  if (term === undefined) return "";
  if (naming === "names") return isFact(term) ? say(names.language, "source") : names.of(term);
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<< ${[subject, predicate, object].map((each) => cellText(each, names, naming)).join(" ")} >>`;
  }
  if (term.type !== "uri") return names.of(term);
  const [label, curie] = [names.label(term.value), names.curie(term.value)];
  return naming === "both" && label ? `${label} (${curie})` : curie;
}

/** The value as it stands in the cell. */
export function cellNode(term: Term, names: Names, naming: Naming): Node {
  if (term.type === "uri") return iriNode(term, names, naming);
  if (term.type === "bnode") return element("code", {}, `_:${term.value}`);
  if (term.type === "triple") {
    const parts = [term.value.subject, term.value.predicate, term.value.object];
    return element("span", { class: "triple" }, ...parts.map((part) => cellNode(part, names, naming)));
  }
  const language = term["xml:lang"];
  if (language) {
    // What is written from right to left keeps its marks to itself.
    return element("span", {}, element("bdi", { lang: language }, term.value), " ", tag(language));
  }
  const text = element("bdi", {}, term.value);
  const { datatype } = term;
  if (naming === "names" || datatype === undefined || datatype === STRING) return text;
  return element("span", {}, text, " ", tag(names.curie(datatype)));
}

function iriNode(term: { type: "uri"; value: string }, names: Names, naming: Naming): Node {
  const iri = term.value;
  const [label, curie, address] = [names.label(iri), names.curie(iri), names.page(iri)];
  const isNamed = naming !== "iris" && (label !== "" || isFact(term));
  const name = isFact(term) ? say(names.language, "source") : label;
  const content = isNamed ? element("bdi", {}, name) : element("span", { class: "iri" }, curie);
  const link = address ? element("a", { href: address, title: isNamed ? curie : iri }, content) : content;
  return naming === "both" && isNamed
    ? element("span", {}, link, " ", element("span", { class: "iri quiet" }, curie))
    : link;
}

function tag(words: string): HTMLElement {
  return element("small", { class: "tag quiet" }, words);
}

function isFact(term: Term): boolean {
  return term.type === "uri" && term.value.startsWith(`${BASE}fact/`);
}
