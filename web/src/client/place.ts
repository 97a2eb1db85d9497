/**
 * Which file an address of the server is on a site of static files: the rule of `site/addresses.py`, for links that
 * scripts make. Addresses are from the top of the site, with no slash at the start: `id/lagoon.html?lang=vi`.
 */

const MADE = "html ttl jsonld json geojson rq csv svg png graphml gexf xml".split(" ");
const SAME_IN_EVERY_LANGUAGE = /^(?:id|source|fact|assets|releases|changes|ontology|context)\b/;
const OF_A_SERVER =
  /^(?:docs|timemap|openapi\.json|metrics|health|ready|rdf-graphs|problem|api|releases\/[^/]+)(?:\/.*)?$/;
/** What of these is made once, as it is when it is told nothing more. */
const FILES = /^api\/(?:queries|networks)\/.+|^releases\/[^/]+\/files\/[^/]+/;
const WRITTEN = /^(?:data|assets|client)\//;
/** The parameters by which a page is several files. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  entities: ["class"],
  queries: ["group", "view"],
};

export function place(address: string): string {
  const url = new URL(address, "http://site.invalid/");
  const asked = url.searchParams;
  const language = asked.get("lang") === "vi" ? "vi/" : "";
  asked.delete("lang");
  const path = decodeURIComponent(url.pathname.slice(1));
  if (WRITTEN.test(path)) return path + url.search + url.hash;
  const fact = /^fact\/([0-9a-f]+)(?:\.html)?$/.exec(path)?.[1];
  // Facts stand in the pages of their sources; this page knows which.
  if (fact !== undefined) return `${language}fact.html?name=${fact}`;
  if (OF_A_SERVER.test(path) && !FILES.test(path)) return `${language}server.html`;
  const ending = /\.([a-z][a-z0-9]{1,9})$/.exec(path)?.[1];
  const form = ending ?? asked.get("format") ?? "html";
  if (ending === undefined) asked.delete("format");
  if (!MADE.includes(form)) return `${language}server.html`;
  let stem = (ending === undefined ? path.replace(/\/$/, "") : path.slice(0, -ending.length - 1)) || "index";
  if (form === "html") {
    for (const name of PARTS[path] ?? []) {
      const value = asked.get(name) ?? "";
      if (!/^[a-z0-9-]+$/.test(value)) continue;
      asked.delete(name);
      stem += name === "class" ? `/${value}` : `/${name}-${value}`;
    }
  }
  const where = form !== "html" && SAME_IN_EVERY_LANGUAGE.test(path) ? "" : language;
  const rest = asked.toString();
  return `${where}${encodeURI(stem)}.${form}${rest ? `?${rest}` : ""}${url.hash}`;
}
