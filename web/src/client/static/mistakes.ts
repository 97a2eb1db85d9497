/** What is wrong with a query that the engine does not take, in words. */

import type { ProblemError } from "../client.ts";
import { nearest } from "./nearness.ts";
import type { Prepared } from "./preparing.ts";
import { placed, problem, tell } from "./telling.ts";
import { lineOf, prefixesOf, significant } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const SEARCH = "https://w3id.org/asoen/search#";
const SYNTAX = "The query is not valid SPARQL";

/** The problem for what the engine said of a prepared text; `written` is as its author wrote it. */
export function explain(
  said: string,
  written: string,
  prepared: Prepared,
  prefixes: Readonly<Record<string, string>>,
): ProblemError {
  const unknown = /custom function <([^>]*)> is not supported/.exec(said);
  if (unknown) return unknownFunction(unknown[1] ?? "");
  const place = /error at (\d+):(\d+)/.exec(said);
  if (!place) {
    return problem("query", 400, "The query cannot be answered", { detail: tell("query.failed", { error: said }) });
  }
  const tokens = significant(written);
  return undeclared(written, tokens, prefixes) ?? misplaced(said, written, tokens, prepared, place);
}

function unknownFunction(iri: string): ProblemError {
  const isSearch = iri.startsWith(SEARCH);
  return problem("query", 400, "The query cannot be answered", {
    detail: isSearch ? tell("browser.no-search", { iri }) : tell("query.no-function", { unknown: iri }),
    hint: tell(isSearch ? "browser.search-instead" : "browser.functions"),
  });
}

function undeclared(
  written: string,
  tokens: readonly Token[],
  prefixes: Readonly<Record<string, string>>,
): ProblemError | null {
  const { declared } = prefixesOf(tokens);
  const known = [...new Set([...declared, ...Object.keys(prefixes)])];
  for (const token of tokens) {
    const prefix = token.text.slice(0, token.text.indexOf(":"));
    if (token.kind !== "name" || token.text.startsWith("_:") || known.includes(prefix)) continue;
    const near = nearest(prefix, known, 1);
    const place = lineOf(written, token.start);
    return problem("query-syntax", 400, SYNTAX, {
      detail: placed(place, tell("query.prefix", { prefix, text: token.text })),
      hint: near[0] ? tell("query.prefix-near", { near: near[0], prefix }) : tell("query.prefix-declare", { prefix }),
      ...place,
      token: token.text,
      ...(near.length && { nearest: near }),
    });
  }
  return null;
}

function misplaced(
  said: string,
  written: string,
  tokens: readonly Token[],
  prepared: Prepared,
  found: RegExpExecArray,
): ProblemError {
  const line = Number(found[1]);
  const column = Number(found[2]) - (line === 1 ? prepared.before : 0);
  const lines = written.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1);
  // The engine names the place where it could not go on, which may be the space before the word in question.
  const token = tokens.find((each) => each.start + each.text.length > start);
  const place = token ? lineOf(written, token.start) : lineOf(written, written.length);
  const reason = /(?:^|, |one of )([A-Z][a-z]+(?: [a-z]+)+[^,[]*)/.exec(
    said.replace(/^error at \d+:\d+: expected /, ""),
  );
  const wanted = reason ? ` (${(reason[1] ?? "").trim()})` : "";
  const what = token ? tell("query.not-possible", { text: token.text, wanted }) : tell("query.too-early", { wanted });
  return problem("query-syntax", 400, SYNTAX, {
    detail: placed(place, what),
    ...place,
    ...(token && { token: token.text }),
  });
}
