/** Ready code that asks a query of the server from elsewhere. The query may hold anything: each language quotes it. */
import { formOf } from "./tokens.ts";

export interface Code {
  name: "curl" | "Python" | "R" | "JavaScript";
  text: string;
}

/** What an answer is read as. */
type Shape = "table" | "graph" | "truth";

export function snippets(endpoint: string, query: string): Code[] {
  const form = formOf(query);
  const shape: Shape = form === "CONSTRUCT" || form === "DESCRIBE" ? "graph" : form === "ASK" ? "truth" : "table";
  return [
    { name: "curl", text: curl(endpoint, query, shape) },
    { name: "Python", text: python(endpoint, query, shape) },
    { name: "R", text: r(endpoint, query, shape) },
    { name: "JavaScript", text: javascript(endpoint, query, shape === "graph") },
  ];
}

function curl(endpoint: string, query: string, shape: Shape): string {
  const accept = shape === "graph" ? "text/turtle" : "text/csv";
  return `curl --fail-with-body --silent --show-error ${shell(endpoint)} \\
  --header 'Accept: ${accept}' \\
  --data-urlencode ${shell(`query=${query}`)}
`;
}

const PYTHON: Readonly<Record<Shape, { imports: string[]; accept: string; read: string }>> = {
  table: {
    imports: ["import io", "", "import httpx", "import pandas as pd"],
    accept: "text/csv",
    read: "table = pd.read_csv(io.StringIO(answer.text))\nprint(table)",
  },
  graph: {
    imports: ["import httpx", "import rdflib"],
    accept: "text/turtle",
    read: 'graph = rdflib.Graph().parse(data=answer.text, format="turtle")\nprint(len(graph))',
  },
  truth: {
    imports: ["import httpx"],
    accept: "application/sparql-results+json",
    read: 'print(answer.json()["boolean"])',
  },
};
const PACKAGES: Readonly<Record<Shape, string>> = { table: "httpx pandas", graph: "httpx rdflib", truth: "httpx" };

function python(endpoint: string, query: string, shape: Shape): string {
  const { imports, accept, read } = PYTHON[shape];
  return `# pip install ${PACKAGES[shape]}
${imports.join("\n")}

query = ${pythonText(query)}

answer = httpx.post(${pythonLine(endpoint)}, data={"query": query}, headers={"Accept": "${accept}"}, timeout=60)
if answer.is_error:
    raise SystemExit(answer.text)
${read}
print(answer.headers.get("Asoen-Citation", ""))
`;
}

const R_READS: Readonly<Record<Shape, string>> = {
  table: "table <- read.csv(text = text, check.names = FALSE)\nprint(table)",
  graph: "cat(text)",
  truth: 'print(trimws(text) == "true")',
};

function r(endpoint: string, query: string, shape: Shape): string {
  const accept = shape === "graph" ? "text/turtle" : "text/csv";
  return `# install.packages("httr2")
library(httr2)

query <- ${rText(query)}

answer <- request(${rText(endpoint)}) |>
  req_headers(Accept = "${accept}") |>
  req_body_form(query = query) |>
  req_error(is_error = function(answer) FALSE) |>
  req_perform()
text <- resp_body_string(answer)
if (resp_is_error(answer)) stop(text)
${R_READS[shape]}
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

/** R takes no signs in its source that turn the direction of writing, and no byte that is zero at all. */
function rText(text: string): string {
  const plain = controls(text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')).replaceAll("\r", "\\r");
  return `"${plain.replace(/[\u202a-\u202e\u2066-\u2069]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)}"`;
}

function template(text: string): string {
  const plain = text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
  return `\`${controls(plain).replaceAll("\r", "\\r").replaceAll("\0", "\\x00")}\``;
}

/** Half a pair of surrogates is nothing that can be written in UTF-8. */
function controls(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
