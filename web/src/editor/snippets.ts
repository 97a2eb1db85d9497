/** Ready code that asks a query of the server from elsewhere. The query may hold anything: each language quotes it. */
import { formOf } from "./tokens.ts";

export interface Code {
  name: "curl" | "Python" | "R" | "JavaScript";
  text: string;
}

export function snippets(endpoint: string, query: string): Code[] {
  const form = formOf(query);
  const isGraph = form === "CONSTRUCT" || form === "DESCRIBE";
  return [
    { name: "curl", text: curl(endpoint, query, isGraph) },
    { name: "Python", text: isGraph ? pythonGraph(endpoint, query) : python(endpoint, query) },
    { name: "R", text: r(endpoint, query, isGraph) },
    { name: "JavaScript", text: javascript(endpoint, query, isGraph) },
  ];
}

function curl(endpoint: string, query: string, isGraph: boolean): string {
  const accept = isGraph ? "text/turtle" : "text/csv";
  return `curl --fail-with-body --silent --show-error ${shell(endpoint)} \\
  --header 'Accept: ${accept}' \\
  --data-urlencode ${shell(`query=${query}`)}
`;
}

function python(endpoint: string, query: string): string {
  return `# pip install httpx pandas
import io

import httpx
import pandas as pd

query = ${pythonText(query)}

answer = httpx.post(${pythonLine(endpoint)}, data={"query": query}, headers={"Accept": "text/csv"}, timeout=60)
answer.raise_for_status()
table = pd.read_csv(io.StringIO(answer.text))
print(table)
print(answer.headers.get("Asoen-Citation", ""))
`;
}

function pythonGraph(endpoint: string, query: string): string {
  return `# pip install httpx rdflib
import httpx
import rdflib

query = ${pythonText(query)}

answer = httpx.post(${pythonLine(endpoint)}, data={"query": query}, headers={"Accept": "text/turtle"}, timeout=60)
answer.raise_for_status()
graph = rdflib.Graph().parse(data=answer.text, format="turtle")
print(len(graph))
print(answer.headers.get("Asoen-Citation", ""))
`;
}

function r(endpoint: string, query: string, isGraph: boolean): string {
  const accept = isGraph ? "text/turtle" : "text/csv";
  const read = isGraph ? "cat(text)" : "table <- read.csv(text = text)\nprint(table)";
  return `# install.packages("httr2")
library(httr2)

query <- ${rText(query)}

answer <- request(${rText(endpoint)}) |>
  req_headers(Accept = "${accept}") |>
  req_body_form(query = query) |>
  req_perform()
text <- resp_body_string(answer)
${read}
print(resp_header(answer, "Asoen-Citation"))
`;
}

function javascript(endpoint: string, query: string, isGraph: boolean): string {
  const accept = isGraph ? "text/turtle" : "application/sparql-results+json";
  const read = isGraph
    ? "console.log(await answer.text());"
    : "const result = await answer.json();\nconsole.log(result.results?.bindings ?? result.boolean);";
  return `const query = ${template(query)};

const answer = await fetch(${JSON.stringify(endpoint)}, {
  method: "POST",
  headers: { Accept: ${JSON.stringify(accept)} },
  body: new URLSearchParams({ query }),
});
if (!answer.ok) throw new Error(await answer.text());
${read}
console.log(answer.headers.get("Asoen-Citation"));
`;
}

/** In single quotes a shell reads everything as it is, but for the quote itself. */
function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function pythonText(text: string): string {
  const plain = text.replaceAll("\\", "\\\\").replaceAll("\0", "\\x00").replaceAll("\r", "\\r");
  const isPlain = !plain.includes('"""') && !plain.endsWith('"');
  return `"""${controls(isPlain ? plain : plain.replaceAll('"', '\\"'))}"""`;
}

function pythonLine(text: string): string {
  return JSON.stringify(text);
}

function rText(text: string): string {
  return `"${controls(text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')).replaceAll("\r", "\\r")}"`;
}

function template(text: string): string {
  const plain = text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
  return `\`${controls(plain).replaceAll("\r", "\\r").replaceAll("\0", "\\x00")}\``;
}

/** Half a pair of surrogates is nothing that can be written in UTF-8. */
function controls(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
