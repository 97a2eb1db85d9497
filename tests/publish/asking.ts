// Runs parts of the client of static sites in Node, for tests in Python: a task as JSON comes in, what it came to goes out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";

const web = new URL("../../web/", import.meta.url);
const from = (path: string) => import(new URL(`src/client/${path}`, web).href);
const task = JSON.parse(readFileSync(0, "utf8"));
const say = (result: unknown) => process.stdout.write(JSON.stringify(result));

async function open(quads: string) {
  const oxigraph = createRequire(new URL("package.json", web)).resolve("oxigraph/web.js");
  const { default: init } = await import(oxigraph);
  await init({ module_or_path: readFileSync(oxigraph.replace("web.js", "web_bg.wasm")) });
  const { Engine } = await from("static/engine.ts");
  const engine = new Engine();
  engine.load([gunzipSync(readFileSync(quads))]);
  return engine;
}

/** What went wrong as a problem document. */
async function tried<Result>(work: () => Result | Promise<Result>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return { problem: (error as { problem?: unknown }).problem ?? String(error) };
  }
}

const tasks: Record<string, () => Promise<unknown>> = {
  async places() {
    const { place } = await from("place.ts");
    return task.addresses.map((address: string) => place(address));
  },
  async names() {
    const { Names } = await from("static/names.ts");
    const names = new Names(JSON.parse(readFileSync(task.names, "utf8")));
    return task.searches.map(([words, language, forgiving]: [string, "en" | "vi", boolean]) =>
      names
        .find(words, language, Infinity, forgiving)
        .map((hit: { slug: string; label: string; matched: string; match: string }) => [
          hit.slug,
          hit.label,
          hit.matched,
          hit.match,
        ]),
    );
  },
  async ask() {
    const engine = await open(task.quads);
    const { prepare } = await from("static/preparing.ts");
    const { prefixes } = JSON.parse(readFileSync(task.catalogue, "utf8"));
    const { writeOut } = await from("static/fulltext.ts");
    const { Names } = await from("static/names.ts");
    const names = new Names(JSON.parse(readFileSync(task.names, "utf8")));
    const asked = (text: string) => prepare(writeOut(text, prefixes, names), prefixes).text;
    return Promise.all(task.texts.map((text: string) => tried(() => engine.ask(asked(text)))));
  },
  async check() {
    const engine = await open(task.quads);
    const { prepare } = await from("static/preparing.ts");
    const { asOne, doubtsOf, knownQuery } = await from("static/review.ts");
    const { membersQuery } = await from("static/binding.ts");
    const { explain } = await from("static/mistakes.ts");
    const { prefixes } = JSON.parse(readFileSync(task.catalogue, "utf8"));
    const grammar = readFileSync(new URL("../../src/asoen_graph/sparql/query.ebnf", import.meta.url), "utf8");
    const isQuery = async (text: string) => {
      try {
        engine.check(prepared(text).text);
        return true;
      } catch {
        return false;
      }
    };
    const { writeOut } = await from("static/fulltext.ts");
    const { Names } = await from("static/names.ts");
    const names = new Names(JSON.parse(readFileSync(task.names, "utf8")));
    const prepared = (text: string) => prepare(writeOut(text, prefixes, names), prefixes);
    const find = (text: string) =>
      JSON.parse(engine.ask(prepare(text, prefixes).text).json).results.bindings.map(
        ({ x }: { x: { value: string } }) => x.value,
      );
    const graph = {
      known: async (iris: string[]) => new Set(find(knownQuery(iris))),
      names: async (namespace: string) => find(membersQuery({ namespace })),
      isQuery,
    };
    const check = async (text: string) => {
      const question = prepared(text);
      try {
        engine.check(question.text);
      } catch (error) {
        throw await explain((error as Error).message, text, question, { prefixes, grammar, isQuery });
      }
      return asOne(await doubtsOf(text, prefixes, graph));
    };
    return Promise.all(task.texts.map((text: string) => tried(() => check(text))));
  },
  async bind() {
    const engine = await open(task.quads);
    const { bindValues } = await from("static/binding.ts");
    const { prepare } = await from("static/preparing.ts");
    const catalogue = JSON.parse(readFileSync(task.catalogue, "utf8"));
    const { membersQuery } = await from("static/binding.ts");
    const members = async (wanted: never) => {
      const answer = engine.ask(prepare(membersQuery(wanted), catalogue.prefixes).text);
      return JSON.parse(answer.json).results.bindings.map(({ x }: { x: { value: string } }) => x.value);
    };
    const done = [];
    for (const [name, values] of task.values) {
      const query = catalogue.queries.find((each: { name: string }) => each.name === name);
      done.push(await tried(() => bindValues(query, values, catalogue, members)));
    }
    return done;
  },
};

say(await tasks[task.task]?.());
