/**
 * What a valid query most likely gets wrong, as `queries/review.py` finds it and in its words: terms and entities that
 * are not there, variables that stand for nothing.
 */

import type { Problem } from "../client.ts";
import { writeTerm } from "../ntriples.ts";
import { selections } from "./meaning.ts";
import { likeness, nearest } from "./nearness.ts";
import { placed, problem, tell } from "./telling.ts";
import type { Told } from "./telling.ts";
import { expand, isWord, lineOf, namespacesOf, prefixOf, significant, usedNames } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const BASE = "https://w3id.org/asoen/";
const SEARCH = `${BASE}search#`;
const SEARCH_FUNCTIONS = ["matches", "score"];
const TERM = `${BASE}ontology#`;
const KINDS: Readonly<Record<string, string>> = {
  [TERM]: "query.no-term",
  [`${BASE}id/`]: "query.no-entity",
  [`${BASE}source/`]: "query.no-source",
  [`${BASE}fact/`]: "query.no-fact",
  [`${BASE}graph/`]: "query.no-graph",
};
/** How alike the nearest name must be to mend the query, and how much more so than the next. */
const [SURE, CLEARLY] = [0.9, 0.05];

/** What the graph is asked. */
export interface Known {
  /** Those of the IRIs that occur anywhere in it. */
  known(iris: readonly string[]): Promise<ReadonlySet<string>>;
  /** Every IRI with a name that starts with the namespace. */
  names(namespace: string): Promise<readonly string[]>;
  /** Whether the engine takes a text. */
  isQuery(text: string): Promise<boolean>;
}

/** The query that finds which of the IRIs occur, as `?x`. */
export function knownQuery(iris: readonly string[]): string {
  const places = ["?x ?b ?c", "?a ?x ?c", "?a ?b ?x"].flatMap((each) => [each, `GRAPH ?g { ${each} }`]);
  const values = iris.map((iri) => writeTerm({ type: "uri", value: iri })).join(" ");
  const tests = [...places, "GRAPH ?x { ?a ?b ?c }"].map((each) => `EXISTS { ${each} }`).join(" || ");
  return `SELECT ?x { VALUES ?x { ${values} } FILTER(${tests}) }`;
}

interface Doubt {
  token: Token;
  message: Told;
  hint?: Told;
  nearest: readonly string[];
}

/** Every doubt about a query that the engine takes, in order of place. */
export async function doubtsOf(
  text: string,
  prefixes: Readonly<Record<string, string>>,
  graph: Known,
): Promise<Problem[]> {
  const tokens = significant(text);
  const all = { ...prefixes, ...namespacesOf(tokens) };
  const found = [...(await unknownNames(tokens, all, graph)), ...misusedSearch(tokens, all), ...idleVariables(tokens)];
  // Mending one of several mistakes makes no query that works.
  const repaired = found.length === 1 ? await mended(text, found[0] as Doubt, graph) : undefined;
  return found.sort((a, b) => a.token.start - b.token.start).map((doubt) => told(text, doubt, repaired));
}

/** The first of the doubts with the others in it; `null` where there are none. */
export function asOne([first, ...more]: readonly Problem[]): Problem | null {
  return first ? { ...first, ...(more.length && { more }) } : null;
}

function told(text: string, { token, message, hint, nearest: near }: Doubt, repaired: string | undefined): Problem {
  const place = lineOf(text, token.start);
  const said = hint ?? (near.length ? tell("value.did-you-mean", { near }) : undefined);
  return problem("doubt", 200, "The query can be asked, but says something that is hardly meant", {
    detail: placed(place, message),
    ...(said && { hint: said }),
    ...place,
    token: token.text,
    ...(near.length && { nearest: [...near] }),
    ...(repaired !== undefined && { repaired }),
  }).problem;
}

async function mended(text: string, { token, nearest: near }: Doubt, graph: Known): Promise<string | undefined> {
  const [first = 0, ...others] = near.map((name) => likeness(token.text, name));
  if (first < SURE || others.some((other) => first - other < CLEARLY)) return undefined;
  const made = text.slice(0, token.start) + near[0] + text.slice(token.start + token.text.length);
  return (await graph.isQuery(made)) ? made : undefined;
}

function namespaceOf(iri: string): string | undefined {
  return Object.keys(KINDS).find((namespace) => iri.startsWith(namespace) && iri !== namespace);
}

async function unknownNames(
  tokens: readonly Token[],
  prefixes: Readonly<Record<string, string>>,
  graph: Known,
): Promise<Doubt[]> {
  const template = templateOf(tokens);
  const ours = usedNames(tokens).flatMap((token) => {
    const iri = template.has(token.start) ? undefined : expand(token, prefixes);
    const namespace = iri && namespaceOf(iri);
    return iri && namespace ? [{ token, iri, namespace }] : [];
  });
  if (!ours.length) return [];
  const known = await graph.known([...new Set(ours.map(({ iri }) => iri))]);
  const found: Doubt[] = [];
  for (const { token, iri, namespace } of ours.filter((each) => !known.has(each.iri))) {
    const names = await graph.names(namespace);
    if (namespace === TERM && !names.length) continue; // the graph holds other data than ours
    const locals = names.map((name) => name.slice(namespace.length)).sort();
    const near = nearest(iri.slice(namespace.length), locals).map((name) => spelt(token, namespace, name));
    found.push({ token, message: tell(KINDS[namespace] ?? "", { text: token.text }), nearest: near });
  }
  return found;
}

/** What of the namespace of the search functions is no function, or stands where no function is called. */
function misusedSearch(tokens: readonly Token[], prefixes: Readonly<Record<string, string>>): Doubt[] {
  return tokens.flatMap((token, place): Doubt[] => {
    const iri = expand(token, prefixes);
    if (iri === undefined || !iri.startsWith(SEARCH) || iri === SEARCH) return [];
    if (isWord(tokens[place - 2], "PREFIX")) return [];
    const name = iri.slice(SEARCH.length);
    if (!SEARCH_FUNCTIONS.includes(name)) {
      const near = nearest(name, SEARCH_FUNCTIONS).map((each) => spelt(token, SEARCH, each));
      return [{ token, message: tell("query.no-search", { text: token.text }), nearest: near }];
    }
    if (tokens[place + 1]?.text === "(") return [];
    const hint = tell("query.search-call", { name });
    return [{ token, message: tell("query.search-property", { text: token.text }), hint, nearest: [] }];
  });
}

function idleVariables(tokens: readonly Token[]): Doubt[] {
  const selected = selections(tokens).flatMap(({ plain }) => plain);
  const starts = new Set(selected.map((token) => token.start));
  const isUsed = (token: Token) => token.kind === "variable" && !starts.has(token.start);
  const used = new Set(tokens.filter(isUsed).map((token) => token.text.slice(1)));
  return selected
    .filter((token) => !used.has(token.text.slice(1)))
    .map((token) => {
      const near = nearest(token.text.slice(1), [...used].sort()).map((name) => `?${name}`);
      return { token, message: tell("query.idle", { text: token.text }), nearest: near };
    });
}

/** Where the tokens of a `CONSTRUCT` template start: it may name what is not there yet. */
function templateOf(tokens: readonly Token[]): Set<number> {
  const found = new Set<number>();
  const start = tokens.findIndex((token) => isWord(token, "CONSTRUCT"));
  let depth = 0;
  for (const token of start < 0 ? [] : tokens.slice(start + 1)) {
    depth += Number(token.text === "{") - Number(token.text === "}");
    if (depth <= 0) break;
    found.add(token.start);
  }
  return found;
}

/** A name of a namespace, written the way the token was. */
function spelt(token: Token, namespace: string, name: string): string {
  return token.kind === "iri" ? `<${namespace}${name}>` : `${prefixOf(token)}:${name}`;
}
