import type {
  Answer,
  Arguments,
  Asking,
  CatalogueQuery,
  Client,
  Format,
  Found,
  Glossary,
  Language,
  NetworkQuestion,
  Origin,
  Problem,
  Row,
} from "./client.ts";
import type { NetworkDocument } from "../network/document.ts";
import { ProblemError } from "./client.ts";
import { readGlossary } from "./glossary.ts";
import type { GlossaryDocument } from "./glossary.ts";
import { readTriples } from "./ntriples.ts";
import type { Site } from "./connect.ts";

const TABLES: readonly Format[] = [
  { name: "csv", label: "CSV", mediaType: "text/csv" },
  { name: "xlsx", label: "Excel", mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { name: "json", label: "JSON", mediaType: "application/sparql-results+json" },
  { name: "tsv", label: "TSV", mediaType: "text/tab-separated-values" },
  { name: "xml", label: "XML", mediaType: "application/sparql-results+xml" },
  { name: "md", label: "Markdown", mediaType: "text/markdown" },
  { name: "parquet", label: "Parquet", mediaType: "application/vnd.apache.parquet" },
];
const GRAPHS: readonly Format[] = [
  { name: "ttl", label: "Turtle", mediaType: "text/turtle" },
  { name: "jsonld", label: "JSON-LD", mediaType: "application/ld+json" },
  { name: "nt", label: "N-Triples", mediaType: "application/n-triples" },
  { name: "rdf", label: "RDF/XML", mediaType: "application/rdf+xml" },
];

const MEMBERS = "name,title,description,view,parameters,text";

/** A query of the catalogue as the server lists it. */
interface Entry extends Omit<CatalogueQuery, "isNetwork" | "parameters"> {
  parameters: {
    name: string;
    type: string;
    class: string | null;
    optional: boolean;
    default: string[];
    description: Record<Language, string>;
  }[];
}

/** Asks the server over HTTP, below the address the page names, so that pages of a kept release ask that release. */
export class ServerClient implements Client {
  readonly kind = "server";
  readonly release: string;
  readonly #root: string;
  #glossary: Promise<Glossary> | undefined;
  #catalogue: Promise<CatalogueQuery[]> | undefined;

  constructor(site: Site) {
    this.release = site.release;
    this.#root = site.root;
  }

  async query(text: string, asking: Asking): Promise<Answer> {
    const response = await this.#ask(text, "application/sparql-results+json, text/turtle;q=0.9", asking);
    const origin = originOf(response, this.#root);
    if (response.headers.get("Content-Type")?.startsWith("text/turtle")) {
      const turtle = await response.text();
      // Turtle is for people to read; triple by triple it comes in a form that is read line by line.
      const rows = readTriples(await (await this.#ask(text, "application/n-triples", asking)).text());
      return { kind: "graph", turtle, rows, truncated: false, origin };
    }
    const body = (await response.json()) as {
      head: { vars?: string[] };
      boolean?: boolean;
      results?: { bindings: Row[] };
    };
    if (body.boolean !== undefined) return { kind: "verdict", value: body.boolean, origin };
    const rows = body.results?.bindings ?? [];
    return { kind: "table", variables: body.head.vars ?? [], rows, truncated: false, origin };
  }

  async check(text: string, language: Language): Promise<Problem | null> {
    const body = new URLSearchParams({ query: text, lang: language });
    const response = await this.#fetch("api/check", { method: "POST", body });
    return (await response.json()) as Problem | null;
  }

  formats(kind: Answer["kind"]): readonly Format[] {
    return kind === "graph" ? GRAPHS : TABLES;
  }

  async file(text: string, format: string, asking: Asking): Promise<Blob> {
    const body = new URLSearchParams({ query: text, lang: asking.language, format });
    return (await this.#fetch("sparql", { method: "POST", body }, asking)).blob();
  }

  async search(words: string, language: Language, limit: number): Promise<Found[]> {
    const asked = new URLSearchParams({ q: words, lang: language, limit: String(limit) });
    const response = await this.#fetch(`api/suggest?${asked}`);
    return ((await response.json()) as { items: Hit[] }).items.map(found);
  }

  glossary(): Promise<Glossary> {
    this.#glossary ??= this.#fetch("api/glossary")
      .then(async (response) => readGlossary((await response.json()) as GlossaryDocument))
      .catch((error: unknown) => {
        this.#glossary = undefined; // so that it is asked for again
        throw error;
      });
    return this.#glossary;
  }

  catalogue(): Promise<CatalogueQuery[]> {
    this.#catalogue ??= Promise.all([this.#entries("queries"), this.#entries("networks")])
      .then((lists) => lists.flat())
      .catch((error: unknown) => {
        this.#catalogue = undefined;
        throw error;
      });
    return this.#catalogue;
  }

  async #entries(kind: "queries" | "networks"): Promise<CatalogueQuery[]> {
    const response = await this.#fetch(`api/${kind}?fields=${MEMBERS}`);
    const { items } = (await response.json()) as { items: Entry[] };
    return items.map((entry) => ({
      ...entry,
      isNetwork: kind === "networks",
      parameters: entry.parameters.map(({ class: of, optional, default: terms, ...parameter }) => ({
        ...parameter,
        ...(of !== null && { class: of }),
        required: !optional,
        default: terms.length ? terms.join(",") : null,
      })),
    }));
  }

  #ask(text: string, accept: string, asking: Asking): Promise<Response> {
    const form = new URLSearchParams({ query: text, lang: asking.language });
    if (asking.seconds !== undefined) form.set("timeout", String(asking.seconds));
    return this.#fetch("sparql", { method: "POST", body: form, headers: { Accept: accept } }, asking);
  }

  async bind(name: string, values: Arguments): Promise<string> {
    return (await this.#fetch(`api/queries/${encodeURIComponent(name)}.rq?${new URLSearchParams(values)}`)).text();
  }

  async network(question: NetworkQuestion, signal?: AbortSignal): Promise<NetworkDocument> {
    const { name, values = {}, text, top, language } = question;
    const asked = new URLSearchParams({ lang: language, ...values, ...(top !== undefined && { top: String(top) }) });
    const init = signal ? { signal } : {};
    if (name !== undefined) {
      const path = `api/networks/${encodeURIComponent(name)}/occasions.json?${asked}`;
      return (await this.#fetch(path, init)).json() as Promise<NetworkDocument>;
    }
    asked.set("query", text ?? "");
    const posted = { ...init, method: "POST", body: asked };
    return (await this.#fetch("api/network/occasions.json", posted)).json() as Promise<NetworkDocument>;
  }

  networkAddress(question: NetworkQuestion, form: string, parameters: Record<string, string>): string | null {
    const { name, values = {}, text } = question;
    const path = name === undefined ? `api/network.${form}` : `api/networks/${encodeURIComponent(name)}.${form}`;
    const asked = new URLSearchParams({ ...(text !== undefined && name === undefined && { query: text }), ...values });
    for (const [key, value] of Object.entries(parameters)) asked.set(key, value);
    // Servers and browsers give up on addresses that are much longer.
    return String(asked).length > 8000 ? null : new URL(`${path}?${asked}`, this.#root).href;
  }

  async #fetch(path: string, init: RequestInit = {}, asking?: Asking): Promise<Response> {
    const response = await fetch(new URL(path, this.#root), {
      ...init,
      ...(asking?.signal && { signal: asking.signal }),
    });
    if (!response.ok) throw new ProblemError(await problemOf(response));
    return response;
  }
}

/** As the server writes what it found. */
interface Hit {
  slug: string;
  label: string;
  class_key: string;
  class_label: string;
  matched: string;
}

function found(hit: Hit): Found {
  const { slug, label, class_key: kind, class_label: classLabel, matched } = hit;
  const iri = `https://w3id.org/asoen/id/${slug}`;
  return { slug, iri, label, class: kind, classLabel, ...(matched !== label && { matched }) };
}

function originOf(response: Response, root: string): Origin {
  const header = (name: string) => response.headers.get(name) ?? "";
  const link = /<([^>]+)>;\s*rel="?cite-as"?/.exec(header("Link"));
  return {
    release: header("Asoen-Release"),
    query: header("Asoen-Query"),
    address: link?.[1] ? new URL(link[1], root).href : "",
    citation: decoded(header("Asoen-Citation")),
  };
}

/** The text of a header, which RFC 8187 may have written: `UTF-8'vi'…`. */
function decoded(value: string): string {
  const extended = /^UTF-8'[\w-]*'(.*)$/i.exec(value);
  return extended?.[1] === undefined ? value : decodeURIComponent(extended[1]);
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { type: "about:blank", title: response.statusText || "The server gave no answer", status: response.status };
  }
}
