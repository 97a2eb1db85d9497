/**
 * Links that open a query in the editor. The query stands behind the `#`, so that it may be long and no server reads it;
 * `?edit=` and `?example=` are understood too, which pages write that work without scripts. `?query=` is how a server is
 * asked: it sends the answer, and this page only where there is none; on a site of static files this page has to ask.
 */
import type { Arguments, Language } from "../client/client.ts";

export type Opened =
  /** `isAsked` tells that an answer was asked for, not only the text. */
  | { kind: "text"; text: string; title: string; isAsked: boolean }
  | { kind: "example"; name: string; values: Arguments }
  | { kind: "nothing" };

const OF_PAGE = new Set(["example", "edit", "lang", "format", "timeout"]);

export function shareLink(page: string, text: string, title: string, language: Language): string {
  const url = new URL(page);
  url.search = `?${new URLSearchParams({ lang: language })}`;
  url.hash = new URLSearchParams({ query: text, ...(title && { title }) }).toString();
  return url.href;
}

/** What the address of the editor asks it to open. */
export function openedBy(address: string): Opened {
  const url = new URL(address);
  const hash = new URLSearchParams(url.hash.replace(/^#/, ""));
  const shared = hash.get("query");
  if (shared !== null) return { kind: "text", text: shared, title: hash.get("title") ?? "", isAsked: false };
  const asked = url.searchParams;
  const name = asked.get("example");
  if (name)
    return { kind: "example", name, values: Object.fromEntries([...asked].filter(([key]) => !OF_PAGE.has(key))) };
  const [query, edit] = [asked.get("query"), asked.get("edit")];
  const text = query ?? edit;
  return text === null ? { kind: "nothing" } : { kind: "text", text, title: "", isAsked: query !== null };
}

/** The address without what it opened, so that the page can be loaded again and shows the tabs. */
export function without(address: string): string {
  const url = new URL(address);
  const language = url.searchParams.get("lang");
  url.search = language ? `?${new URLSearchParams({ lang: language })}` : "";
  url.hash = "";
  return url.href;
}
