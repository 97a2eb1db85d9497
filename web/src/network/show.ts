import type { Client, Language, NetworkQuestion } from "../client/client.ts";
import { site } from "../client/connect.ts";
import type { NetworkDocument } from "./document.ts";
import { Explorer } from "./explorer.ts";
import { WHOLE, type State } from "./state.ts";

/** Draws a network into `host`, with controls, details, downloads and the table of the same links beside it. */
export function showNetwork(
  host: HTMLElement,
  network: NetworkDocument,
  context: {
    client: Client;
    language: Language;
    /** What it was asked with: then the server's formats can be downloaded too. */
    question?: NetworkQuestion;
    /** What is chosen at first, and who is told when something else is. */
    state?: State;
    onState?: (state: State) => void;
  },
): Promise<void> {
  const explorer = new Explorer(host, network, {
    client: context.client,
    language: context.language,
    root: site().root,
    state: context.state ?? WHOLE,
    question: context.question ?? null,
    onState: context.onState ?? (() => undefined),
  });
  return explorer.show();
}
