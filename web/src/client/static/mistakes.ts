/** What is wrong with a query that the engine does not take, in words. */

import type { ProblemError } from "../client.ts";
import { diagnose, syntaxProblem } from "./diagnosis.ts";
import { Grammar } from "./grammar.ts";
import { nearest } from "./nearness.ts";
import type { Prepared } from "./preparing.ts";
import type { IsQuery } from "./repair.ts";
import { problem, tell } from "./telling.ts";
import { significant } from "./tokens.ts";

const SEARCH = "https://w3id.org/asoen/search#";
const FUNCTIONS = ["matches", "score"];

export interface Known {
  prefixes: Readonly<Record<string, string>>;
  /** The productions of SPARQL 1.1; empty where they cannot be had. */
  grammar: string;
  isQuery: IsQuery;
}

/** The problem for what the engine said of a prepared text; `written` is as its author wrote it. */
export async function explain(said: string, written: string, prepared: Prepared, known: Known): Promise<ProblemError> {
  const unknown = /custom function <([^>]*)> is not supported/.exec(said);
  if (unknown) return unknownFunction(unknown[1] ?? "");
  const { prefixes, grammar, isQuery } = known;
  const found = grammar && (await diagnose(written, prefixes, new Grammar(grammar), isQuery));
  if (found) return found;
  const place = /error at (\d+):(\d+)/.exec(said);
  if (place) return misplaced(said, written, prepared, place);
  return problem("query", 400, "The query cannot be answered", { detail: tell("query.failed", { error: said }) });
}

function unknownFunction(iri: string): ProblemError {
  const name = iri.replace(/^.*[#/]/, "");
  const near = nearest(name, FUNCTIONS).map((each) => `search:${each}`);
  const isKnown = iri.startsWith(SEARCH) && FUNCTIONS.includes(name);
  const hint = near.length ? tell("value.did-you-mean", { near }) : tell("query.functions");
  return problem("query", 400, "The query cannot be answered", {
    detail: isKnown ? tell("browser.search", { name }) : tell("query.no-function", { unknown: iri }),
    hint: isKnown ? tell("browser.search-instead", { name }) : hint,
  });
}

/** Where our own reading finds nothing wrong, and the engine does: what it says, where it says. */
function misplaced(said: string, written: string, prepared: Prepared, found: RegExpExecArray): ProblemError {
  const line = Number(found[1]);
  const column = Number(found[2]) - (line === 1 ? prepared.before : 0);
  const lines = written.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1);
  // The engine names the place where it could not go on, which may be the space before the word in question.
  const token = significant(written).find((each) => each.start + each.text.length > start);
  const reason = /(?:^|, |one of )([A-Z][a-z]+(?: [a-z]+)+[^,[]*)/.exec(
    said.replace(/^error at \d+:\d+: expected /, ""),
  );
  const wanted = reason ? ` (${(reason[1] ?? "").trim()})` : "";
  return syntaxProblem(written, {
    start: token?.start ?? written.length,
    token: token?.text ?? "",
    message: token ? tell("query.not-possible", { text: token.text, wanted }) : tell("query.too-early", { wanted }),
  });
}
