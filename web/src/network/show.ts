import type { Client, Language } from "../client/client.ts";
import type { NetworkDocument } from "./document.ts";

/** Draws a network into `host`, with the table of the same links beside it. */
export function showNetwork(
  host: HTMLElement,
  network: NetworkDocument,
  _context: { client: Client; language: Language },
): void {
  host.textContent = network.title;
}
