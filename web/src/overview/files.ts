/** What is shown as files: by the server where there is one, else made here from what is on the page. */

import type { Stage } from "./stage.ts";
import type { Thing } from "./thing.ts";

export interface Files {
  /** The choice is now this. */
  follow(query: URLSearchParams): void;
}

export function offerFiles(
  host: HTMLElement | null,
  site: "server" | "static",
  stage: Stage,
  shown: () => readonly Thing[],
): Files {
  const links = [...(host?.querySelectorAll<HTMLAnchorElement>("a[data-format]") ?? [])];
  if (site === "static") {
    for (const link of links) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const format = link.dataset["format"] ?? "csv";
        save(`${stage.picture.classList[0]}.${format}`, write(format, stage.picture, shown()));
      });
    }
  }
  return {
    follow(query) {
      for (const link of links) link.href = `${link.href.split("?")[0]}?${query}`;
    },
  };
}

/** Hand a file to whoever looks at the page. */
export function save(name: string, file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function write(format: string, picture: SVGSVGElement, things: readonly Thing[]): Blob {
  if (format === "svg") return writeSvg(picture);
  if (format === "csv") return new Blob(["\ufeff", writeCsv(things)], { type: "text/csv" });
  const items = things.map(membersOf);
  const content =
    format === "geojson"
      ? {
          type: "FeatureCollection",
          features: things.map((thing, rank) => ({
            type: "Feature",
            geometry: thing.point && { type: "Point", coordinates: thing.point },
            properties: items[rank],
          })),
        }
      : { items };
  const type = format === "geojson" ? "application/geo+json" : "application/json";
  return new Blob([JSON.stringify(content)], { type });
}

function writeSvg(picture: SVGSVGElement): Blob {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  for (const each of copy.querySelectorAll(".halo, .hit")) each.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("role", "img");
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

const COLUMNS = [
  "label",
  "kind",
  "relation",
  "from",
  "until",
  "place",
  "belongs to",
  "disputed",
  "longitude",
  "latitude",
];

/** Rows as RFC 4180 has them; a cell that a spreadsheet would compute begins with an apostrophe. */
export function writeCsv(things: readonly Thing[]): string {
  const rows = things.map((thing) => [
    thing.label,
    thing.kind,
    thing.relation,
    thing.since,
    thing.until,
    thing.place,
    thing.withinLabel,
    String(thing.disputed),
    thing.point ? String(thing.point[0]) : "",
    thing.point ? String(thing.point[1]) : "",
    address(thing.address),
    sourcesOf(thing)
      .map((source) => source.citation)
      .join(" | "),
    sourcesOf(thing)
      .map((source) => source.fact)
      .join(" "),
  ]);
  return [[...COLUMNS, "address", "sources", "facts"], ...rows].map((row) => row.map(quoted).join(",")).join("\r\n");
}

function quoted(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function membersOf(thing: Thing): Record<string, unknown> {
  return {
    label: thing.label,
    address: address(thing.address),
    kind: thing.kind,
    relation: thing.relation || null,
    from: thing.since || null,
    until: thing.until || null,
    place: thing.place || null,
    belongs_to: thing.withinLabel || null,
    disputed: thing.disputed,
    point: thing.point,
    sources: sourcesOf(thing),
  };
}

function sourcesOf(thing: Thing): { citation: string; fact: string }[] {
  return [...(thing.row?.querySelectorAll<HTMLAnchorElement>(".sources a") ?? [])].map((link) => ({
    citation: link.getAttribute("aria-label") ?? link.textContent ?? "",
    fact: link.href,
  }));
}

function address(link: string): string {
  return link ? new URL(link, document.baseURI).href : "";
}
