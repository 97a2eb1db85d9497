/** Triples as Turtle, with the prefixes of the data: subject by subject, in the order of their N-Triples. */

import type { Row, Term } from "../client.ts";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;

export function writeTurtle(rows: readonly Row[], prefixes: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const name = (iri: string) => compact(iri, prefixes, used);
  const lines: string[] = [];
  let last: [string, string] | undefined;
  for (const row of rows) {
    const subject = written(row["subject"], name);
    const predicate = row["predicate"]?.value === RDF_TYPE ? "a" : written(row["predicate"], name);
    const object = written(row["object"], name);
    if (last?.[0] !== subject) lines.push(`${last ? " .\n" : ""}${subject} ${predicate} ${object}`);
    else if (last[1] !== predicate) lines.push(` ;\n\t${predicate} ${object}`);
    else lines.push(` , ${object}`);
    last = [subject, predicate];
  }
  if (last) lines.push(" .\n");
  const head = [...used].sort().map((prefix) => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`);
  return head.join("") + lines.join("");
}

type Naming = (iri: string) => string;

function compact(iri: string, prefixes: Readonly<Record<string, string>>, used: Set<string>): string {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (!iri.startsWith(namespace) || !LOCAL.test(iri.slice(namespace.length))) continue;
    used.add(prefix);
    return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return `<${iri}>`;
}

function written(term: Term | undefined, name: Naming): string {
  if (term === undefined) return "[]";
  if (term.type === "uri") return name(term.value);
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<<( ${[subject, predicate, object].map((each) => written(each, name)).join(" ")} )>>`;
  }
  const text = JSON.stringify(term.value).replace(/\u007f/g, "\\u007F");
  if (term["xml:lang"]) return `${text}@${term["xml:lang"]}`;
  return term.datatype && term.datatype !== `${XSD}string` ? `${text}^^${name(term.datatype)}` : text;
}
