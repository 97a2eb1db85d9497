/** A mark and a row: what the pictures draw. Texts that are not there are empty. */
export interface Thing {
  label: string;
  address: string;
  kind: string;
  relation: string;
  /** The keys of its class and of those above it. */
  kinds: string[];
  slot: number;
  lane: string;
  /** What a mark at its point is called, where the thing is not alone there. */
  place: string;
  countries: string[];
  within: string;
  withinLabel: string;
  point: readonly [number, number] | null;
  since: string;
  until: string;
  lasts: boolean;
  ahead: boolean;
  disputed: boolean;
  /** Whether it is the place itself, at which other things may stand. */
  ground: boolean;
  row: HTMLTableRowElement | null;
}

/** The things of a table that the server wrote: a page needs to ask for nothing. */
export function readTable(table: HTMLTableElement): Thing[] {
  return [...table.tBodies].flatMap((body) => [...body.rows]).map(readRow);
}

function readRow(row: HTMLTableRowElement): Thing {
  const told = row.dataset;
  const text = (selector: string) => row.querySelector(selector)?.textContent?.trim() ?? "";
  const name = row.querySelector("th a");
  const point = told["point"]?.split(" ").map(Number);
  return {
    label: name?.textContent ?? "",
    address: name?.getAttribute("href") ?? "",
    kind: text(".what"),
    relation: text(".relation"),
    kinds: words(told["kinds"]),
    slot: Number(told["slot"] ?? 9),
    lane: told["lane"] ?? "",
    place: text(".place") || name?.textContent || "",
    countries: words(told["countries"]),
    within: told["within"] ?? "",
    withinLabel: text(".within"),
    point: point ? [point[0] ?? 0, point[1] ?? 0] : null,
    since: told["since"] ?? "",
    until: told["until"] ?? "",
    lasts: told["lasts"] !== undefined,
    ahead: told["ahead"] !== undefined,
    disputed: told["disputed"] !== undefined,
    ground: told["ground"] !== undefined,
    row,
  };
}

function words(text: string | undefined): string[] {
  return text ? text.split(" ") : [];
}

/** When it was, as documents give it. */
export function dated(thing: Thing): string {
  return [...new Set([thing.since, thing.until].filter(Boolean))].join(" – ");
}
