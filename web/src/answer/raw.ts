/** The answer as it was given: SPARQL JSON, or Turtle. */

import type { Answer } from "../client/client.ts";
import { copy } from "./copying.ts";
import { button, element } from "./element.ts";
import type { Ground } from "./ground.ts";
import { say } from "./words.ts";

/** So many characters are shown; a page with many more would not scroll. */
const MOST = 200_000;

export function showRaw(host: HTMLElement, ground: Ground): void {
  const { answer, language } = ground;
  const text = rawOf(answer);
  const label = say(language, answer.kind === "graph" ? "asTurtle" : "asJson");
  const pre = element("pre", { tabindex: 0, role: "region", "aria-label": label, class: "answer-raw", dir: "ltr" });
  pre.append(element("code", {}, text.slice(0, MOST)));
  const gaps = { count: MOST, all: text.length };
  const cut = text.length > MOST && element("p", { class: "quiet" }, say(language, "rawCut", gaps));
  const copied = button(say(language, "copyText"), () => void copy(text, ground));
  host.append(element("p", { class: "row no-print" }, copied), ...(cut ? [cut] : []), pre);
}

/** The answer as text: a graph as Turtle, everything else as SPARQL 1.1 Query Results JSON. */
export function rawOf(answer: Answer): string {
  if (answer.kind === "graph") return answer.turtle;
  const body =
    answer.kind === "verdict"
      ? { head: {}, boolean: answer.value }
      : { head: { vars: answer.variables }, results: { bindings: answer.rows } };
  return JSON.stringify(body, null, 2);
}
