/** What is seen as files: those the browser writes itself, and the server's forms where there is one. */

import type { Client, Language, NetworkQuestion } from "../client/client.ts";
import { make } from "./make.ts";
import type { Written } from "./files.ts";
import { SAID_TO_SERVER, writeState, type State } from "./state.ts";
import type { Say, Word } from "./words.ts";

export interface DownloadContext {
  client: Client;
  language: Language;
  say: Say;
  question: NetworkQuestion | null;
  /** The name of files, without an extension. */
  name: () => string;
  written: () => Written;
  svg: () => Promise<string>;
  announce: (text: string) => void;
}

const SERVED = [
  "pdf",
  "xlsx",
  "html",
  "svg",
  "png",
  "graphml",
  "gexf",
  "json",
  "csv",
  "nodes",
  "cyjs",
  "graphology",
  "ttl",
  "dot",
  "pajek",
  "mermaid",
];

export class Downloads {
  readonly element: HTMLElement;
  readonly #context: DownloadContext;
  readonly #served = make("ul", { class: "forms" });
  readonly #filtered: HTMLElement;
  readonly #others: HTMLElement;

  constructor(context: DownloadContext) {
    const { say } = context;
    this.#context = context;
    this.#filtered = make("p", { class: "quiet" }, say("without filters"));
    const buttons = (Object.keys(WRITERS) as (keyof typeof WRITERS)[]).map((form) => {
      const writer: Writer = WRITERS[form];
      const label = writer.label ? say(writer.label) : form;
      return make(
        "li",
        {},
        make(
          "button",
          { type: "button", class: "plain", "data-form": form, onclick: () => void this.#save(form) },
          label,
        ),
      );
    });
    this.element = make(
      "section",
      { class: "downloads no-print", "aria-label": say("download") },
      make("h2", {}, say("download")),
      make("p", { class: "quiet" }, say("seen here")),
      make("ul", { class: "forms" }, ...buttons),
    );
    this.#others = make("div", { hidden: true }, make("h3", {}, say("from server")), this.#filtered, this.#served);
    this.element.append(this.#others);
  }

  show(state: State): void {
    const { client, question, language } = this.#context;
    if (!question || !client.networkAddress) return;
    const asked = { ...writeState(state, SAID_TO_SERVER), lang: language };
    this.#filtered.hidden = !(state.kinds || state.relations || state.least !== null || state.find);
    // A site of static files has some forms, and those of all time alone.
    const addresses = SERVED.map((form) => [form, client.networkAddress!(question, form, asked)] as const);
    const known = addresses.filter(([, address]) => address !== null);
    this.#served.replaceChildren(...known.map(([form, href]) => make("li", {}, make("a", { href }, form))));
    this.#others.hidden = known.length === 0;
  }

  async #save(form: keyof typeof WRITERS): Promise<void> {
    const { name, say, announce } = this.#context;
    const { extension, type, write } = WRITERS[form];
    const file = `${name()}.${extension}`;
    let content: string | Blob;
    try {
      content = await write(this.#context);
    } catch (error) {
      announce(say("not saved", { name: file }));
      throw error;
    }
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    make("a", { href: url, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    announce(say("saved", { name: file }));
  }
}

type Writer = {
  label?: Word;
  extension: string;
  type: string;
  write: (context: DownloadContext) => Promise<string | Blob>;
};

const files = () => import("./files.ts");
const WRITERS = {
  svg: { label: "picture as svg", extension: "svg", type: "image/svg+xml", write: ({ svg }) => svg() },
  png: {
    label: "picture as png",
    extension: "png",
    type: "image/png",
    write: async ({ svg }) => (await import("./drawing.ts")).asPng(await svg()),
  },
  csv: {
    label: "links as",
    extension: "csv",
    type: "text/csv",
    write: async ({ written }) => (await files()).linksAsCsv(written()),
  },
  nodes: {
    label: "nodes as",
    extension: "nodes.csv",
    type: "text/csv",
    write: async ({ written }) => (await files()).nodesAsCsv(written()),
  },
  GraphML: {
    extension: "graphml",
    type: "application/graphml+xml",
    write: async ({ written }) => (await files()).asGraphml(written()),
  },
  GEXF: {
    extension: "gexf",
    type: "application/gexf+xml",
    write: async ({ written }) => (await files()).asGexf(written()),
  },
  JSON: {
    extension: "json",
    type: "application/json",
    write: async ({ written }) => (await files()).asJson(written()),
  },
} as const satisfies Record<string, Writer>;
