/** Values for the parameters of a catalogue query: typed, made to terms, and put where the query keeps a place for them. */

import type { Arguments, ProblemError } from "../client.ts";
import { earliest, latest, yearOf } from "./dates.ts";
import { nearest } from "./nearness.ts";
import { kindOf, Mistaken, problem, tell } from "./telling.ts";
import type { Told } from "./telling.ts";

export interface Parameter {
  name: string;
  type: string;
  class?: string;
  classIri: string;
  required: boolean;
  many: boolean;
  default: string | null;
  description?: Record<string, string>;
}

export interface PublishedQuery {
  name: string;
  text: string;
  parameters: Parameter[];
  /** The name of each block with its start and end in the text, between which values stand. */
  blocks: [string, number, number][];
}

/** A class, or all that has a name below a namespace. */
export type Wanted = { classIri: string } | { namespace: string };

/** The IRIs of what is wanted, as the graph has them. */
export type Members = (wanted: Wanted) => Promise<string[]>;

/** The query that finds them, as `?x`. */
export function membersQuery(wanted: Wanted): string {
  if ("classIri" in wanted) {
    const member = `?x a <${wanted.classIri}>`;
    return `SELECT DISTINCT ?x { { ${member} } UNION { GRAPH <https://w3id.org/asoen/ontology> { ${member} } } }`;
  }
  const named = "VALUES ?p { rdfs:label asoen:title asoen:url } ?x ?p ?y";
  return `SELECT DISTINCT ?x { ${named} FILTER(STRSTARTS(STR(?x), "${wanted.namespace}")) }`;
}

export interface Vocabulary {
  prefixes: Readonly<Record<string, string>>;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NAMESPACES: Readonly<Record<string, string>> = {
  entity: "https://w3id.org/asoen/id/",
  source: "https://w3id.org/asoen/source/",
  concept: "https://w3id.org/asoen/ontology#",
};
const FEW = 12;

/** The query with values bound as they were typed. Rejects with `ProblemError`. */
export async function bindValues(
  query: PublishedQuery,
  given: Arguments,
  vocabulary: Vocabulary,
  members: Members,
): Promise<string> {
  const terms = new Map<string, string[]>();
  for (const [name, value] of Object.entries(given)) {
    const parameter = query.parameters.find((each) => each.name === name);
    if (!parameter)
      throw unknownName(
        "parameter",
        name,
        query.parameters.map((each) => each.name),
      );
    terms.set(name, await parse(parameter, value, vocabulary, members));
  }
  let [text, done] = ["", 0];
  for (const [name, start, end] of query.blocks) {
    const values = terms.get(name);
    if (values === undefined) continue;
    text += `${query.text.slice(done, start)} ${values.join(" ") || "UNDEF"} `;
    done = end;
  }
  return text + query.text.slice(done);
}

async function parse(parameter: Parameter, text: string, vocabulary: Vocabulary, members: Members): Promise<string[]> {
  const parts = (parameter.many ? text.split(",") : [text]).map((part) => part.trim());
  if (!parameter.required && parts.every((part) => !part)) return [];
  const made = [];
  for (const part of parts) made.push(await term(parameter, part, vocabulary, members));
  return made;
}

async function term(parameter: Parameter, text: string, vocabulary: Vocabulary, members: Members): Promise<string> {
  const { name, type } = parameter;
  const kind = tell(`value.type-${type}`);
  const expected = parameter.class
    ? tell("value.expected-of-class", { expected: kind, class_key: parameter.class })
    : tell("value.expected", { expected: kind });
  if (!text) throw wrong(name, tell("value.missing", { name }), expected);
  if (type in NAMESPACES) return lookUp(parameter, text, vocabulary, members, expected);
  try {
    return literal(name, type, text);
  } catch (error) {
    if (!(error instanceof Mistaken)) throw error;
    throw wrong(name, tell("value.wrong", { name, text, error: error.told }), expected);
  }
}

const PATTERNS: Readonly<Record<string, [RegExp, string, string]>> = {
  integer: [/^[+-]?[0-9]+$/, "integer", "value.not-whole"],
  decimal: [/^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/, "decimal", "value.not-decimal"],
  boolean: [/^(?:true|false)$/, "boolean", "value.not-boolean"],
  language: [/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/, "string", "value.not-language"],
};

function literal(name: string, type: string, text: string): string {
  if (type === "date") return typed(name === "until" ? latest(text) : earliest(text), "date");
  if (type === "year") return typed(yearOf(text), "gYear");
  const pattern = PATTERNS[type];
  if (!pattern) return quoted(text);
  const [expression, datatype, complaint] = pattern;
  if (!expression.test(text)) throw new Mistaken(tell(complaint));
  return datatype === "string" ? quoted(text) : typed(text, datatype);
}

function typed(text: string, datatype: string): string {
  return `${quoted(text)}^^<${XSD}${datatype}>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text as SPARQL reads it, in quotes, whatever it holds. A backslash before `u` is written so that an engine that
 * decodes codepoint escapes before it reads texts finds the same text.
 */
export function quoted(text: string): string {
  const inside = text.replace(/\\([uU])|["\\\n\r\t]/g, (sign, letter?: string) =>
    letter === undefined ? (ESCAPES[sign] ?? sign) : `\\\\\\u00${letter === "u" ? "75" : "55"}`,
  );
  return `"${inside}"`;
}

async function lookUp(
  parameter: Parameter,
  text: string,
  vocabulary: Vocabulary,
  members: Members,
  expected: Told,
): Promise<string> {
  const namespace = NAMESPACES[parameter.type] ?? "";
  const fitting = await members(parameter.classIri ? { classIri: parameter.classIri } : { namespace });
  const named = new Map(
    fitting.filter((iri) => iri.startsWith(namespace)).map((iri) => [nameOf(iri, parameter.type), iri]),
  );
  const expanded = expand(text, vocabulary.prefixes);
  const wanted = named.get(text) ?? (fitting.includes(expanded) ? expanded : undefined);
  if (wanted !== undefined) return `<${wanted}>`;
  const near = nearest(text.includes("/") ? nameOf(text, parameter.type) : text, named.keys());
  let hint = near.length ? tell("value.did-you-mean", { near }) : expected;
  if (!near.length && named.size && named.size <= FEW)
    hint = tell("value.expected-of", { expected, names: [...named.keys()].sort() });
  const message = tell("value.no-kind", { kind: parameter.class ?? kindOf(parameter.type), text });
  throw wrong(parameter.name, tell("value.parameter", { name: parameter.name, message }), hint, near);
}

/** The slug of an IRI, or for a term of the ontology its key: `reportsTo` is typed `reports-to`. */
function nameOf(iri: string, type: string): string {
  const local = iri.split(/[#/]/).at(-1) ?? "";
  if (type !== "concept") return local;
  return (local.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+/g) ?? []).map((word) => word.toLowerCase()).join("-");
}

function expand(text: string, prefixes: Readonly<Record<string, string>>): string {
  const colon = text.indexOf(":");
  const prefix = text.slice(0, colon);
  return colon >= 0 && Object.hasOwn(prefixes, prefix) ? prefixes[prefix] + text.slice(colon + 1) : text;
}

function wrong(name: string, detail: Told, hint: Told, near: string[] = []): ProblemError {
  const rest = { detail, hint, parameter: name, ...(near.length && { nearest: near }) };
  return problem("wrong-parameter", 400, "A parameter has a wrong value", rest);
}

export function unknownName(kind: string, name: string, known: Iterable<string>): ProblemError {
  const near = nearest(name, known);
  return problem("unknown-name", 404, "Nothing has that name", {
    detail: tell("value.unknown-name", { kind: kindOf(kind), name }),
    ...(near.length && { hint: tell("value.did-you-mean", { near }), nearest: near }),
    kind,
  });
}
