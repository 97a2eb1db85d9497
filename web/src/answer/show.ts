import type { Answer, Client, Language } from "../client/client.ts";

export interface Shown {
  client: Client;
  language: Language;
  /** The query that was asked, for downloads and for asking again. */
  text: string;
  /** The view the catalogue recommends for it: `table`, `chart`, `map`, `timeline`, `network`. */
  view?: string;
}

/** Shows an answer in `host`, in every view that suits it, with its origin and downloads. */
export function showAnswer(host: HTMLElement, answer: Answer, _shown: Shown): void {
  host.textContent = answer.kind;
}
