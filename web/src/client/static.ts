/**
 * Answers in the browser, on a site of static files that `asoen publish` wrote: the engine is WebAssembly in a worker, the
 * names and the catalogue are files. Nothing is loaded before it is asked for.
 */

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
  Problem,
  Row,
} from "./client.ts";
import { ProblemError } from "./client.ts";
import type { NetworkDocument } from "../network/document.ts";
import type { Site } from "./connect.ts";
import { readGlossary } from "./glossary.ts";
import type { GlossaryDocument } from "./glossary.ts";
import { LOADING } from "./loading.ts";
import { readTriples } from "./ntriples.ts";
import { bindValues, membersQuery, unknownName } from "./static/binding.ts";
import type { PublishedQuery, Vocabulary, Wanted } from "./static/binding.ts";
import { Desk, EngineMistake } from "./static/desk.ts";
import { GRAPHS, TABLES, writeMarkdown } from "./static/files.ts";
import type { StaticFormat } from "./static/files.ts";
import type { EngineAnswer } from "./static/messages.ts";
import type { Names } from "./static/names.ts";
import { originOf } from "./static/origin.ts";
import { prepare } from "./static/preparing.ts";
import type { Prepared } from "./static/preparing.ts";
import { problem, tell } from "./static/telling.ts";
import type { Told } from "./static/telling.ts";
import { writeTurtle } from "./static/turtle.ts";

/** `client/site.json`. */
interface About {
  release: string;
  /** Files from the top of the site. */
  engine: string;
  data: string;
  /** How long the data are when they are not compressed. */
  bytes: number;
  citations: Record<string, string>;
  /** The networks whose documents there are, each with the forms it is made in. */
  networks: Record<string, string[]>;
}

interface PublishedCatalogue extends Vocabulary {
  queries: (PublishedQuery & CatalogueQuery)[];
}

const SECONDS = 60;
const CHECK_SECONDS = 10;
const MOST_ROWS = 100_000;

export class StaticClient implements Client {
  readonly kind = "static";
  readonly release: string;
  readonly #root: string;
  readonly #about: About;
  readonly #desk: Desk;
  readonly #files = new Map<string, Promise<unknown>>();
  #names: Promise<Names> | undefined;
  #glossary: Promise<Glossary> | undefined;

  constructor(where: Site, about: About) {
    this.release = about.release;
    this.#root = where.root;
    this.#about = about;
    const [engine, data] = [about.engine, about.data].map((file) => new URL(file, where.root).href) as [string, string];
    this.#desk = new Desk({ engine, data, bytes: about.bytes }, (part) =>
      document.dispatchEvent(new CustomEvent(LOADING, { detail: part })),
    );
  }

  static async open(where: Site): Promise<Client> {
    return new StaticClient(where, await read<About>(new URL("client/site.json", where.root)));
  }

  async query(text: string, asking: Asking): Promise<Answer> {
    const answer = await this.#ask(text, asking);
    const origin = await originOf(text, this.release, this.#about.citations, asking.language);
    if (answer.kind === "graph") {
      const rows = readTriples(inOrder(answer.triples));
      const { prefixes } = await this.#catalogue();
      return { kind: "graph", turtle: writeTurtle(rows, prefixes), rows, truncated: false, origin };
    }
    const body = JSON.parse(answer.kind === "results" ? answer.json : "{}") as Results;
    if (body.boolean !== undefined) return { kind: "verdict", value: body.boolean, origin };
    const rows = body.results?.bindings ?? [];
    const truncated = rows.length > MOST_ROWS;
    const variables = body.head?.vars ?? [];
    return { kind: "table", variables, rows: truncated ? rows.slice(0, MOST_ROWS) : rows, truncated, origin };
  }

  async check(text: string, _language: Language): Promise<Problem | null> {
    const mistake = await this.#mistake(text);
    if (mistake) return mistake;
    const [{ asOne, doubtsOf, knownQuery }, { prefixes }] = await Promise.all([
      import("./static/review.ts"),
      this.#catalogue(),
    ]);
    const found = await doubtsOf(text, prefixes, {
      known: async (iris) => new Set(await this.#find(knownQuery(iris))),
      names: (namespace) => this.#members({ namespace }),
      isQuery: (mended) => this.#isQuery(mended),
    });
    return asOne(found);
  }

  /** Why the engine does not take a text; `null` where it does. */
  async #mistake(text: string): Promise<Problem | null> {
    try {
      await this.#put(text, "check", CHECK_SECONDS);
      return null;
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
  }

  formats(kind: Answer["kind"]): readonly Format[] {
    return kind === "graph" ? GRAPHS : TABLES;
  }

  async file(text: string, format: string, asking: Asking): Promise<Blob> {
    const known: readonly StaticFormat[] = [...TABLES, ...GRAPHS];
    const found = known.find((each) => each.name === format);
    if (!found) throw notHere(format, known);
    const type = `${found.mediaType};charset=utf-8`;
    if (found.engine) {
      const answer = await this.#ask(text, asking, found.engine);
      return new Blob([answer.kind === "file" ? answer.content : ""], { type });
    }
    const answer = await this.query(text, asking);
    if (answer.kind === "graph") return new Blob([answer.turtle], { type });
    if (answer.kind === "verdict") return new Blob([`${answer.value}\n`], { type });
    return new Blob([writeMarkdown(answer.variables, answer.rows)], { type });
  }

  async search(words: string, language: Language, limit: number): Promise<Found[]> {
    const found = (await this.names()).find(words, language, limit);
    return found.map(({ match: _, matched, ...entity }) => ({
      ...entity,
      ...(matched !== entity.label && matched !== undefined && { matched }),
    }));
  }

  /** The names that are searched, for the page that searches. */
  names(): Promise<Names> {
    this.#names ??= Promise.all([import("./static/names.ts"), this.#file<never>("client/names.json")]).then(
      ([{ Names }, document]) => new Names(document),
    );
    return this.#names;
  }

  glossary(): Promise<Glossary> {
    this.#glossary ??= this.#file<GlossaryDocument>("client/glossary.json").then(readGlossary);
    this.#glossary.catch(() => (this.#glossary = undefined));
    return this.#glossary;
  }

  async catalogue(): Promise<CatalogueQuery[]> {
    return (await this.#catalogue()).queries;
  }

  async bind(name: string, values: Arguments): Promise<string> {
    const catalogue = await this.#catalogue();
    const query = catalogue.queries.find((each) => each.name === name);
    if (!query)
      throw unknownName(
        "query",
        name,
        catalogue.queries.map((each) => each.name),
      );
    return bindValues(query, values, catalogue, (wanted) => this.#members(wanted));
  }

  async network(question: NetworkQuestion, signal?: AbortSignal): Promise<NetworkDocument> {
    const { name, values = {}, text, language } = question;
    const isKept = name !== undefined && (await this.#isUsual(name, values));
    signal?.throwIfAborted();
    if (isKept) return this.#file(`client/networks/${name}.json`);
    const { askNetwork } = await import("../network/project.ts");
    if (name === undefined) return askNetwork(this, text ?? "", language);
    const known = (await this.catalogue()).find((each) => each.name === name);
    return askNetwork(
      this,
      await this.bind(name, values),
      language,
      known && { name, title: known.title, description: known.description },
    );
  }

  /** Where a network of the catalogue is as a file, which is of all time; `null` for what is not made. */
  networkAddress(question: NetworkQuestion, form: string, parameters: Record<string, string>): string | null {
    const { lang = question.language, ...rest } = parameters;
    const isWhole = !Object.keys(rest).length && !Object.keys(question.values ?? {}).length;
    const { name } = question;
    if (name === undefined || !isWhole || !this.#about.networks[name]?.includes(form)) return null;
    return new URL(`${lang === "vi" ? "vi/" : ""}networks/files/${name}.${form}`, this.#root).href;
  }

  /** Whether the values are those that the network has when nobody says any. */
  async #isUsual(name: string, values: Arguments): Promise<boolean> {
    if (!(name in this.#about.networks)) return false;
    const query = (await this.catalogue()).find((each) => each.name === name);
    const usual = new Map(query?.parameters.map((each) => [each.name, each.default ?? ""]));
    return Object.entries(values).every(([key, value]) => value === usual.get(key));
  }

  async #ask(text: string, asking: Asking, format?: string): Promise<EngineAnswer> {
    return this.#put(text, "ask", Math.min(asking.seconds ?? SECONDS, SECONDS), asking.signal, format);
  }

  async #put(
    text: string,
    kind: "ask" | "check",
    seconds: number,
    signal?: AbortSignal,
    format?: string,
  ): Promise<EngineAnswer> {
    const { prefixes } = await this.#catalogue();
    const prepared = await this.#prepared(text);
    const question = { kind, text: prepared.text, ...(format !== undefined && { format }) };
    try {
      return await this.#desk.ask(question, seconds, signal);
    } catch (error) {
      if (!(error instanceof EngineMistake)) throw error;
      const { explain } = await import("./static/mistakes.ts");
      const grammar = await this.#grammar();
      throw await explain(error.message, text, prepared, { prefixes, grammar, isQuery: (made) => this.#isQuery(made) });
    }
  }

  /** The query as the engine is given it. Rejects with `ProblemError` where it asks for what is not done here. */
  async #prepared(text: string): Promise<Prepared> {
    const { prefixes } = await this.#catalogue();
    if (!/search[:#]/.test(text)) return prepare(text, prefixes);
    const [{ writeOut }, names] = await Promise.all([import("./static/fulltext.ts"), this.names()]);
    return prepare(writeOut(text, prefixes, names), prefixes);
  }

  /** Whether the engine takes a text; what is wrong with one that it does not take is not asked. */
  async #isQuery(text: string): Promise<boolean> {
    try {
      await this.#desk.ask({ kind: "check", text: (await this.#prepared(text)).text }, CHECK_SECONDS);
      return true;
    } catch {
      return false;
    }
  }

  /** The productions of SPARQL; without them mistakes are told in the words of the engine. */
  #grammar(): Promise<string> {
    return readText(new URL("client/query.ebnf", this.#root)).then(
      (text) => (/^Query ::=/m.test(text) ? text : ""),
      () => "",
    );
  }

  #members(wanted: Wanted): Promise<string[]> {
    return this.#find(membersQuery(wanted));
  }

  /** The IRIs that a query finds as `?x`. */
  async #find(text: string): Promise<string[]> {
    const answer = await this.#put(text, "ask", SECONDS);
    const body = JSON.parse(answer.kind === "results" ? answer.json : "{}") as Results;
    return (body.results?.bindings ?? []).flatMap(({ x }) => (x?.type === "uri" ? [x.value] : []));
  }

  #catalogue(): Promise<PublishedCatalogue> {
    return this.#file("client/catalogue.json");
  }

  /** A file of the site, fetched once; again where it could not be had. */
  #file<Content>(name: string): Promise<Content> {
    const known = this.#files.get(name) as Promise<Content> | undefined;
    if (known) return known;
    const found = read<Content>(new URL(name, this.#root));
    this.#files.set(name, found);
    found.catch(() => this.#files.delete(name));
    return found;
  }
}

interface Results {
  head?: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Row[] };
}

/** The same graph is always the same lines. */
function inOrder(triples: string): string {
  return triples.split("\n").filter(Boolean).sort().join("\n");
}

async function read<Content>(address: URL): Promise<Content> {
  const text = await readText(address);
  try {
    return JSON.parse(text) as Content;
  } catch {
    throw unreadable(address, tell("browser.other"));
  }
}

async function readText(address: URL): Promise<string> {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.text();
  } catch (error) {
    throw unreadable(address, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(address: URL, why: string | Told): ProblemError {
  return problem("store", 500, "A file of the site cannot be had", {
    detail: tell("browser.file", { path: address.pathname, why }),
    hint: tell("browser.load-page"),
  });
}

function notHere(format: string, known: readonly Format[]): ProblemError {
  return problem("not-acceptable", 406, "No form of the answer is acceptable", {
    detail: tell("browser.no-form", { format }),
    hint: tell("value.there-are", { names: known.map((each) => each.name) }),
  });
}
