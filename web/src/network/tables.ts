/** The same content as the picture, as tables: links, nodes, measures. Kept in step with what is shown. */

import type { Language } from "../client/client.ts";
import { inLanguage, type NetworkDocument } from "./document.ts";
import { pageOf } from "./evidence.ts";
import { linkCounts, type Looks } from "./looks.ts";
import { make } from "./make.ts";
import type { Definition } from "./measures.ts";
import { extent, spokenSpell } from "./period.ts";
import { citeOnPaper } from "./paper.ts";
import type { Choice } from "./picture.ts";
import type { Seen } from "./seeing.ts";
import { spokenNumber, type Say } from "./words.ts";

const MOST_ROWS = 40;

export interface TableContext {
  document: NetworkDocument;
  language: Language;
  root: string;
  say: Say;
  looks: Looks;
  onChoice: (choice: Choice) => void;
}

interface Column<Row> {
  name: string;
  isNumber?: boolean;
  value: (row: Row) => string | number;
  cell: (row: Row) => Node | string;
}

/** A table whose heads sort it, with at most so many rows until all are asked for. */
class SortedTable<Row> {
  readonly element = make("div", { class: "scroll rows", role: "group", tabindex: 0 });
  readonly #say: Say;
  readonly #language: Language;
  #rows: Row[] = [];
  #columns: Column<Row>[] = [];
  #sorted: { column: number; down: boolean } | null = null;
  #isWhole = false;

  constructor(label: string, say: Say, language: Language) {
    this.element.setAttribute("aria-label", label);
    this.#say = say;
    this.#language = language;
  }

  show(columns: Column<Row>[], rows: Row[]): void {
    if (columns.length !== this.#columns.length) this.#sorted = null;
    this.#columns = columns;
    this.#rows = rows;
    this.#draw();
  }

  #draw(): void {
    const rows = this.#ordered();
    const shown = this.#isWhole ? rows : rows.slice(0, MOST_ROWS);
    const heads = this.#columns.map((column, place) => this.#head(column, place));
    const lines = shown.map((row) =>
      make(
        "tr",
        {},
        ...this.#columns.map((column, place) =>
          place === 0
            ? make("th", { scope: "row" }, column.cell(row))
            : make("td", { class: column.isNumber ? "number" : null, "data-head": column.name }, column.cell(row)),
        ),
      ),
    );
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
    const more = () => {
      this.#isWhole = true;
      this.#draw();
      this.element.focus();
    };
    this.element.replaceChildren(table);
    if (shown.length < rows.length)
      this.element.append(
        make(
          "p",
          {},
          make(
            "button",
            { type: "button", class: "plain", onclick: more },
            this.#say("show rows", { count: rows.length }),
          ),
        ),
      );
  }

  #head(column: Column<Row>, place: number): HTMLElement {
    const isSorted = this.#sorted?.column === place;
    const sort = () => {
      this.#sorted = { column: place, down: isSorted ? !this.#sorted!.down : column.isNumber === true };
      this.#draw();
      this.element.querySelectorAll<HTMLElement>("th button")[place]?.focus();
    };
    const way = isSorted ? (this.#sorted!.down ? "descending" : "ascending") : null;
    return make(
      "th",
      { scope: "col", class: column.isNumber ? "number" : null, "aria-sort": way },
      make("button", { type: "button", class: "sort", onclick: sort }, column.name),
    );
  }

  #ordered(): Row[] {
    const sorted = this.#sorted;
    const column = sorted && this.#columns[sorted.column];
    if (!sorted || !column) return this.#rows;
    const sign = sorted.down ? -1 : 1;
    return this.#rows.toSorted((a, b) => {
      const [one, other] = [column.value(a), column.value(b)];
      if (typeof one === "number" && typeof other === "number") return sign * (one - other);
      return sign * String(one).localeCompare(String(other), this.#language);
    });
  }
}

export class Tables {
  readonly element: HTMLElement;
  readonly #context: TableContext;
  readonly #links: SortedTable<Seen["net"]["links"][number]>;
  readonly #nodes: SortedTable<number>;
  readonly #measures = make("div");
  readonly #measureDetails: HTMLDetailsElement;
  readonly #headings = { links: make("h2"), nodes: make("h2") };
  #seen: Seen | null = null;

  constructor(context: TableContext) {
    const { say, language } = context;
    this.#context = context;
    this.#links = new SortedTable(say("links"), say, language);
    this.#nodes = new SortedTable(say("nodes"), say, language);
    this.#measureDetails = make(
      "details",
      { class: "measures", ontoggle: () => void this.#measure() },
      make("summary", {}, say("measures")),
      this.#measures,
    );
    this.element = make(
      "section",
      { class: "tables", "aria-label": say("table") },
      this.#headings.links,
      this.#links.element,
      this.#headings.nodes,
      this.#nodes.element,
      this.#measureDetails,
    );
    citeOnPaper({
      document: context.document,
      language,
      heading: say("evidence"),
      table: this.#links.element,
      host: this.element,
      links: () => this.#seen?.net.links ?? [],
    });
  }

  show(seen: Seen): void {
    const { say } = this.#context;
    this.#seen = seen;
    this.#headings.links.textContent = `${say("links")} (${seen.net.links.length})`;
    this.#headings.nodes.textContent = `${say("nodes")} (${seen.net.nodes.length})`;
    this.#showLinks(seen);
    this.#showNodes(seen);
    void this.#measure();
  }

  #showLinks(seen: Seen): void {
    const { say, looks, language, onChoice } = this.#context;
    type Row = Seen["net"]["links"][number];
    const end = (node: number) => this.#named(node);
    const columns: Column<Row>[] = [
      {
        name: say(seen.net.directed ? "source" : "one end"),
        value: (row) => looks.nameOf(row.source),
        cell: (row) => end(row.source),
      },
      {
        name: say("relation"),
        value: (row) => looks.relationOf(row),
        cell: (row) => make("bdi", {}, looks.relationOf(row)),
      },
      {
        name: say(seen.net.directed ? "target" : "other end"),
        value: (row) => looks.nameOf(row.target),
        cell: (row) => end(row.target),
      },
      {
        name: say("Weight"),
        isNumber: true,
        value: (row) => row.weight,
        cell: (row) => spokenNumber(row.weight, language),
      },
    ];
    if (seen.net.links.some(({ spells }) => spells.length > 0))
      columns.push({
        name: say("dates"),
        value: (row) => (row.spells.length > 0 ? (extent(row.spells)[0] ?? "") : ""),
        cell: (row) => (row.spells.length > 0 ? spokenSpell(extent(row.spells), language) : ""),
      });
    if (seen.net.changes)
      columns.push({
        name: say("change"),
        value: (row) => row.change?.name ?? "",
        cell: (row) => (row.change ? say(row.change.name) : ""),
      });
    columns.push({
      name: say("evidence"),
      isNumber: true,
      value: (row) => row.facts.length,
      cell: (row) => {
        const count = row.facts.length;
        if (count === 0) return say("no facts");
        const name = `${looks.nameOf(row.source)} – ${looks.nameOf(row.target)}: ${count === 1 ? say("facts one") : say("facts", { count })}`;
        const choose = () => onChoice({ kind: "link", key: row.key });
        return make(
          "button",
          { type: "button", class: "plain small", "aria-label": name, "data-link": row.key, onclick: choose },
          count === 1 ? say("facts one") : say("facts", { count }),
        );
      },
    });
    this.#links.show(
      columns,
      seen.net.links.toSorted((a, b) => b.weight - a.weight),
    );
  }

  #showNodes(seen: Seen): void {
    const { say, looks, language, onChoice } = this.#context;
    const counts = linkCounts(seen.net);
    const strength = (node: number) => seen.strengths.get(node) ?? 0;
    const columns: Column<number>[] = [
      { name: say("name"), value: (node) => looks.nameOf(node), cell: (node) => this.#named(node) },
      { name: say("kind"), value: (node) => looks.kindOf(node), cell: (node) => looks.kindOf(node) },
      {
        name: say("degree"),
        isNumber: true,
        value: (node) => counts.get(node) ?? 0,
        cell: (node) => String(counts.get(node) ?? 0),
      },
      {
        name: say("strength"),
        isNumber: true,
        value: strength,
        cell: (node) => spokenNumber(strength(node), language),
      },
    ];
    if (seen.net.changes)
      columns.push({
        name: say("change"),
        value: (node) => seen.net.changes?.get(node)?.name ?? "",
        cell: (node) => this.#change(node, seen),
      });
    columns.push({
      name: say("details"),
      value: (node) => looks.nameOf(node),
      cell: (node) =>
        make(
          "button",
          {
            type: "button",
            class: "plain small",
            "aria-label": `${say("details")}: ${looks.nameOf(node)}`,
            onclick: () => onChoice({ kind: "node", node }),
          },
          say("details"),
        ),
    });
    this.#nodes.show(
      columns,
      seen.net.nodes.toSorted((a, b) => strength(b) - strength(a) || a - b),
    );
  }

  #change(node: number, seen: Seen): string {
    const change = seen.net.changes?.get(node);
    return change ? this.#context.say(change.name) : "";
  }

  #named(node: number): Node {
    const { document, root, language, looks } = this.#context;
    const page = pageOf(document.nodes[node]!.iri, root, language);
    const name = make("bdi", {}, looks.nameOf(node));
    return page ? make("a", { href: page }, name) : name;
  }

  async #measure(): Promise<void> {
    const seen = this.#seen;
    if (!seen || !this.#measureDetails.open) return;
    const { say, language, looks } = this.#context;
    const { measure, measuresOf, measureWhole, OF_NETWORKS } = await import("./measures.ts");
    const known = measuresOf(seen.measured);
    const values = await Promise.all(known.map((each) => measure(seen.measured, each.key)));
    const whole = await measureWhole(seen.measured);
    if (seen !== this.#seen) return;
    const table = new SortedTable<number>(say("measures"), say, language);
    const columns: Column<number>[] = [
      { name: say("name"), value: (node) => looks.nameOf(node), cell: (node) => this.#named(node) },
      ...known.map((each, place): Column<number> => {
        const value = (node: number) => values[place]!.get(node);
        return {
          name: inLanguage(each.labels, language),
          isNumber: true,
          value: (node) => value(node) ?? -Infinity,
          cell: (node) => (value(node) === undefined ? "" : spokenNumber(value(node)!, language)),
        };
      }),
    ];
    const strength = values[known.findIndex(({ key }) => key === "strength")]!;
    table.show(
      columns,
      seen.measured.nodes.toSorted((a, b) => strength.get(b)! - strength.get(a)! || a - b),
    );
    const pairs = OF_NETWORKS.flatMap((each) => [
      make("dt", {}, inLanguage(each.labels, language)),
      make("dd", {}, whole[each.key] == null ? "–" : spokenNumber(Math.round(whole[each.key]! * 1e6) / 1e6, language)),
    ]);
    this.#measures.replaceChildren(
      table.element,
      make("h3", {}, say("of the whole")),
      make("dl", { class: "pairs" }, ...pairs),
      make(
        "details",
        {},
        make("summary", {}, say("meaning")),
        make("dl", {}, ...[...known, ...OF_NETWORKS].flatMap((each) => defined(each, language))),
      ),
      make("p", { class: "quiet" }, say("communities differ")),
    );
  }
}

function defined(measure: Definition, language: Language): HTMLElement[] {
  const works = measure.references.map((each) => make("cite", {}, ` ${each}`));
  return [
    make("dt", {}, inLanguage(measure.labels, language)),
    make("dd", {}, inLanguage(measure.definitions, language), ...works),
  ];
}
