/** What becomes of a query before the engine gets it: usual prefixes are declared, and what is not done here is refused. */

import type { ProblemError } from "../client.ts";
import { placed, problem, tell } from "./telling.ts";
import type { Told } from "./telling.ts";
import { body, isWord, lineOf, namespacesOf, prefixOf, significant, usedNames } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const UPDATES = "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split(" ");

function refused(text: string, token: Token, detail: Told, hint: Told): ProblemError {
  const place = lineOf(text, token.start);
  return problem("query-refused", 403, "The query asks for something that is not done here", {
    detail: placed(place, detail),
    hint,
    ...place,
    token: token.text,
  });
}

export interface Prepared {
  /** What the engine is given. */
  text: string;
  /** How many characters stand before the first line of the text as it was written. */
  before: number;
}

/** Throws `ProblemError` where the query asks for what is not done here. */
export function prepare(text: string, prefixes: Readonly<Record<string, string>>): Prepared {
  const tokens = significant(text);
  refuse(text, tokens);
  const declared = namespacesOf(tokens);
  const used = new Set(usedNames(tokens).flatMap((token) => (token.kind === "name" ? [prefixOf(token)] : [])));
  const head = [...used]
    .filter((name) => !Object.hasOwn(declared, name) && Object.hasOwn(prefixes, name))
    .sort()
    .map((name) => `PREFIX ${name}: <${prefixes[name]}> `)
    .join("");
  // On the first line, so that the others count as they were written.
  return { text: head + text, before: head.length };
}

function refuse(text: string, tokens: readonly Token[]): void {
  const first = body(tokens)[0];
  if (first && isWord(first, ...UPDATES)) {
    throw refused(text, first, tell("query.update"), tell("query.how-to-change"));
  }
  const service = tokens.find((token) => isWord(token, "SERVICE"));
  if (service) {
    throw refused(text, service, tell("browser.service"), tell("browser.service-instead"));
  }
}
