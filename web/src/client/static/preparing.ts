/** What becomes of a query before the engine gets it: usual prefixes are declared, and what is not done here is refused. */

import type { Problem } from "../client.ts";
import { ProblemError } from "../client.ts";
import { body, isWord, lineOf, namespacesOf, prefixOf, significant, usedNames } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const TYPES = "https://w3id.org/asoen/problem/";
const UPDATES = "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split(" ");

export function problem(code: string, status: number, title: string, rest: Partial<Problem>): ProblemError {
  return new ProblemError({ type: TYPES + code, title, status, ...rest });
}

function refused(text: string, token: Token, detail: string, hint: string): ProblemError {
  const place = lineOf(text, token.start);
  return problem("query-refused", 403, "The query asks for something that is not done here", {
    detail: `Line ${place.line}, column ${place.column}: ${detail}`,
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
    const hint = "The data is curated in YAML files and built into releases: see CONTRIBUTING for how to change a fact";
    throw refused(text, first, "this is an update, and the graph is only read here", hint);
  }
  const service = tokens.find((token) => isWord(token, "SERVICE"));
  if (service) {
    const hint = "Ask that endpoint by itself, or run the server with asoen serve and allow the host there";
    throw refused(text, service, "SERVICE asks another server, and this page asks no other", hint);
  }
}
