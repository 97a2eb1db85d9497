/**
 * On a site of static files, links that scripts make lead where the files are, and an address with `?lang=vi` leads to the
 * page in that language: such addresses come from scripts, and from people who know the server.
 */

import { place } from "../client/place.ts";

export function keepToFiles(root: string): void {
  const asked = new URLSearchParams(location.search).get("lang");
  const language = document.documentElement.lang;
  if ((asked === "en" || asked === "vi") && asked !== language && location.href.startsWith(root)) {
    const here = location.href.slice(root.length).replace(/^vi\//, "");
    const to = place(here);
    if (to !== here) return location.replace(root + to);
  }
  for (const kind of ["pointerover", "focusin", "click", "auxclick"]) {
    document.addEventListener(kind, (event) => mend(event, root), { capture: true });
  }
}

/** A link in the form of the server gets that of the site: it has a language in its query, or no ending. */
function mend(event: Event, root: string): void {
  for (const each of event.composedPath()) {
    if (!(each instanceof HTMLAnchorElement) || !each.href.startsWith(root) || each.hasAttribute("download")) continue;
    if (location.search && each.hreflang && each.closest("header")) each.href = inLanguage(each.hreflang, root);
    const address = each.href.slice(root.length);
    const path = address.replace(/[?#].*$/, "");
    const isOfServer =
      /[?&]lang=(?:en|vi)\b/.test(address) || (path !== "" && !path.endsWith("/") && !/\.[a-z0-9]+$/.test(path));
    if (isOfServer) each.href = root + place(address);
  }
}

/** This page in a language, with what it is asked. */
function inLanguage(language: string, root: string): string {
  const here = new URL(location.href.slice(root.length).replace(/^vi\//, ""), root);
  here.searchParams.set("lang", language);
  return root + place(here.href.slice(root.length));
}
