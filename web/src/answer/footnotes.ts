/** The marks in a row that lead to its sources, and the list of the sources below. */

import type { Language } from "../client/client.ts";
import { element } from "./element.ts";
import type { Ground } from "./ground.ts";
import { isWeb } from "./names.ts";
import type { Note } from "./sources.ts";
import { say } from "./words.ts";

const STATUSES = ["disputed", "superseded", "rejected"] as const;

/** `[1] [2]`, each a link to its note; a claim that is not accepted says so. */
function marks(notes: readonly Note[], id: string, language: Language): (Node | string)[] {
  const made = notes.flatMap((note) => {
    const label = say(language, "sourceOf", { number: String(note.number) });
    const link = element("a", { href: `#${id}-${note.number}`, title: note.text, "aria-label": label });
    link.append(`[${note.number}]`);
    const status = STATUSES.find((each) => each === note.citation.status);
    const said = status && element("span", { class: "status disputed" }, say(language, status));
    return [link, " ", ...(said ? [said, " "] : [])];
  });
  return made;
}

/** The notes with their documents: each leads to the document itself and to what the graph has of it. */
function list(notes: readonly Note[], id: string, { language, names }: Ground): Node[] {
  const items = element("ol");
  for (const note of notes) {
    const [first] = note.citation.documents;
    const text = element("bdi", {}, note.text);
    const web = first && isWeb(first.url) ? element("a", { href: first.url, rel: "external noopener" }, text) : text;
    const page = names.page(first?.source ?? "");
    const own = page && element("a", { href: page, class: "quiet" }, say(language, "sourcePage"));
    items.append(element("li", { id: `${id}-${note.number}`, value: note.number }, web, own && " · ", own));
  }
  const heading = element("h2", { id: `${id}-sources` }, say(language, "sources"));
  const region = { class: "answer-notes-list", tabindex: 0, role: "region", "aria-labelledby": heading.id };
  return [heading, element("div", region, items)];
}

/** Links to the facts themselves, for where their documents could not be read. */
function links(facts: readonly string[], { language, names }: Ground): (Node | string)[] {
  return facts.flatMap((fact) => {
    const page = names.page(fact);
    return page ? [element("a", { href: page, title: names.curie(fact) }, say(language, "source")), " "] : [];
  });
}

export const footnotes = { marks, list, links };
