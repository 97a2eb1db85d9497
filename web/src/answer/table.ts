/** The rows as a table: sorted, filtered, with names for IRIs and the sources of each row one step away. */

import { arrange, tabbed } from "./arrange.ts";
import type { Arrangement, Line } from "./arrange.ts";
import { cellNode, cellText } from "./cells.ts";
import type { Naming } from "./cells.ts";
import { copy } from "./copying.ts";
import { button, choice, element, freshId, labelled } from "./element.ts";
import { footnotes } from "./footnotes.ts";
import type { Ground } from "./ground.ts";
import type { Column } from "./sheet.ts";
import { folded, keyOf, textOf } from "./values.ts";
import { say } from "./words.ts";

/** So many rows are written at first, and more as they are asked for: all of ten thousand would be slow to lay out. */
const AT_ONCE = 200;
/** Filters wait this long for the next letter, in milliseconds. */
const PAUSE = 120;
const WIDE = /^(?:iri|text|mixed|other)$/;

export function showTable(host: HTMLElement, ground: Ground): void {
  new AnswerTable(host, ground).show();
}

class AnswerTable {
  readonly #ground: Ground;
  readonly #id = freshId("answer-table");
  readonly #body = element("tbody");
  readonly #heads = new Map<number, HTMLTableCellElement>();
  readonly #filterRow = element("tr", { class: "answer-filters no-print", hidden: true });
  readonly #found = element("p", { class: "quiet answer-found" });
  readonly #more = element("p", { class: "row no-print" });
  readonly #notes = element("section", { class: "answer-notes" });
  readonly #host: HTMLElement;
  #naming: Naming = "names";
  #lines: Line[] = [];
  #fitting: Line[] = [];
  #written = 0;
  #filter = "";
  #sort: Arrangement["sort"] = null;
  readonly #filters = new Map<number, string>();
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement, ground: Ground) {
    this.#host = host;
    this.#ground = ground;
  }

  show(): void {
    const { sheet, title, sources, language } = this.#ground;
    const table = element("table", { class: "answer-table" });
    table.append(element("caption", { class: "hidden-visually" }, title), this.#head(), this.#body);
    const region = say(language, "scroll", { title });
    const scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": region }, table);
    this.#host.append(this.#controls(), this.#found, scroll, this.#more, this.#notes);
    if (sheet.hasSources) sources.listen(() => this.#fillSources());
    sources.read.catch(() => this.#linkFacts());
    // A printed page has no button for more.
    window.addEventListener("beforeprint", () => this.#write(this.#fitting.length));
    this.#readLines();
  }

  #say(...[word, gaps]: [word: Parameters<typeof say>[1], gaps?: Parameters<typeof say>[2]]): string {
    return say(this.#ground.language, word, gaps);
  }

  #controls(): HTMLElement {
    const search = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    search.addEventListener("input", () => {
      this.#filter = search.value;
      this.#soon();
    });
    const label = labelled(this.#say("filter"), search);
    const byColumn = button(this.#say("filterColumns"), () => this.#toggleFilters(byColumn), {
      "aria-expanded": false,
    });
    byColumn.setAttribute("aria-expanded", "false");
    const namings = (["names", "iris", "both"] as const).map((each) => [each, this.#say(each)] as const);
    const naming = choice(this.#say("show"), namings, this.#naming, (value) => {
      this.#naming = value as Naming;
      this.#readLines();
    });
    const copied = button(this.#say("copyTable"), () => void copy(this.#tabbed(), this.#ground));
    return element("div", { class: "row answer-controls no-print" }, label, byColumn, naming, copied);
  }

  #head(): HTMLElement {
    const { sheet } = this.#ground;
    const row = element("tr");
    for (const [place, column] of sheet.columns.entries()) {
      const sort = element("button", { type: "button", class: "answer-sort" }, element("bdi", {}, column.heading));
      sort.append(element("span", { class: "answer-arrow", "aria-hidden": "true" }));
      sort.addEventListener("click", () => this.#sortBy(place));
      const head = element("th", { scope: "col", class: classOf(column) }, sort);
      this.#heads.set(place, head);
      row.append(head);
      this.#filterRow.append(element("td", {}, this.#columnFilter(place, column)));
    }
    if (sheet.hasSources) {
      row.append(element("th", { scope: "col" }, this.#say("sources")));
      this.#filterRow.append(element("td"));
    }
    return element("thead", {}, row, this.#filterRow);
  }

  #columnFilter(place: number, column: Column): HTMLInputElement {
    const label = this.#say("filterOf", { column: column.heading });
    const input = element("input", { type: "search", "aria-label": label, size: 8, autocomplete: "off" });
    input.addEventListener("input", () => {
      this.#filters.set(place, input.value);
      this.#soon();
    });
    return input;
  }

  #toggleFilters(toggle: HTMLButtonElement): void {
    this.#filterRow.hidden = !this.#filterRow.hidden;
    toggle.setAttribute("aria-expanded", String(!this.#filterRow.hidden));
    if (!this.#filterRow.hidden) return;
    this.#filters.clear();
    for (const input of this.#filterRow.querySelectorAll("input")) input.value = "";
    this.#arrange();
  }

  #soon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.#arrange();
      this.#ground.whisper(this.#foundWords() || this.#foundWords(true));
    }, PAUSE);
  }

  /** In three steps: up, down, as the query has it. */
  #sortBy(column: number): void {
    const now = this.#sort?.column === column ? this.#sort : null;
    this.#sort = now === null ? { column, descending: false } : now.descending ? null : { column, descending: true };
    for (const [place, head] of this.#heads) {
      if (this.#sort?.column !== place) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", this.#sort.descending ? "descending" : "ascending");
    }
    this.#arrange();
    const heading = this.#ground.sheet.columns[column]?.heading ?? "";
    const word = this.#sort === null ? "sortedNot" : this.#sort.descending ? "sortedDown" : "sortedUp";
    this.#ground.whisper(this.#say(word, { column: heading }));
  }

  /** Read off what stands in the cells, which changes with how IRIs are shown. */
  #readLines(): void {
    const { sheet, names } = this.#ground;
    this.#lines = sheet.rows.map((row, index) => {
      const texts = sheet.columns.map((column) => cellText(row[column.name], names, this.#naming));
      const keys = sheet.columns.map((column, place) => keyOf(row[column.name], texts[place] ?? ""));
      return { index, folded: texts.map(folded), keys };
    });
    this.#arrange();
  }

  #arrange(): void {
    const wanted = { filter: this.#filter, filters: this.#filters, sort: this.#sort };
    this.#fitting = arrange(this.#lines, wanted, this.#ground.language);
    this.#body.replaceChildren();
    this.#written = 0;
    this.#write(AT_ONCE);
  }

  #write(count: number): void {
    const next = this.#fitting.slice(this.#written, this.#written + count);
    this.#body.append(...next.map((line, place) => this.#row(line, this.#fitting[this.#written + place - 1])));
    this.#written += next.length;
    this.#found.textContent = this.#foundWords();
    this.#offerMore();
    this.#fillSources();
  }

  #row({ index }: Line, above: Line | undefined): HTMLTableRowElement {
    const { sheet, names, answer } = this.#ground;
    const row = element("tr", { "data-row": index });
    for (const column of sheet.columns) {
      const term = sheet.rows[index]?.[column.name];
      const cell = element("td", { class: classOf(column), "data-head": column.heading });
      if (term !== undefined) cell.append(cellNode(term, names, this.#naming));
      row.append(cell);
    }
    if (sheet.hasSources)
      row.append(element("td", { class: "answer-sources", "data-head": this.#say("sources") }, "…"));
    // The triples of a graph are in groups, each with its subject: said once to the eye, every time to the ear.
    const subject = (row: number) => textOf(sheet.rows[row]?.subject);
    const isSame = answer.kind === "graph" && above !== undefined && subject(above.index) === subject(index);
    if (isSame) row.firstElementChild?.classList.add("answer-repeated");
    return row;
  }

  #foundWords(always = false): string {
    const [fitting, all] = [this.#fitting.length, this.#lines.length];
    if (fitting === 0 && all > 0) return this.#say("noneFit");
    if (fitting < all || always) return this.#say("fitting", { count: fitting, all });
    return this.#written < all ? this.#say("shownOf", { count: this.#written, all }) : "";
  }

  #offerMore(): void {
    const rest = this.#fitting.length - this.#written;
    const had = this.#more.contains(document.activeElement);
    this.#more.replaceChildren();
    if (rest === 0) {
      if (had) (this.#body.lastElementChild?.querySelector("a") ?? null)?.focus();
      return;
    }
    const count = Math.min(rest, AT_ONCE);
    this.#more.append(button(this.#say("showMore", { count }), () => this.#writeMore(count)));
    if (rest > count) {
      this.#more.append(button(this.#say("showAll", { count: this.#fitting.length }), () => this.#writeMore(rest)));
    }
    if (had) this.#more.querySelector("button")?.focus();
  }

  #writeMore(count: number): void {
    this.#write(count);
    const gaps = { count: this.#written, all: this.#fitting.length };
    this.#ground.whisper(this.#say("shownOf", gaps));
  }

  /** Put the numbers of the sources into the rows that are written, and the notes they stand for below. */
  #fillSources(): void {
    const { sheet, sources, language } = this.#ground;
    if (!sheet.hasSources) return;
    const cited = new Map<number, NonNullable<ReturnType<typeof sources.of>>[number]>();
    for (const row of this.#body.children) {
      const notes = sources.of(Number((row as HTMLElement).dataset.row));
      const cell = row.lastElementChild;
      if (notes === null || cell === null) continue;
      for (const note of notes) cited.set(note.number, note);
      if (cell.textContent !== "…") continue;
      cell.replaceChildren(...footnotes.marks(notes, this.#id, language));
    }
    const notes = [...cited.values()].sort((one, other) => one.number - other.number);
    this.#notes.replaceChildren(...(notes.length ? footnotes.list(notes, this.#id, this.#ground) : []));
  }

  /** Where the documents cannot be read, the facts are still one step away. */
  #linkFacts(): void {
    const { sheet } = this.#ground;
    for (const row of this.#body.children) {
      const cell = row.lastElementChild;
      if (cell?.textContent !== "…") continue;
      cell.replaceChildren(
        ...footnotes.links(sheet.facts[Number((row as HTMLElement).dataset.row)] ?? [], this.#ground),
      );
    }
  }

  /** The rows that fit as they are shown, all of them, with their sources. */
  #tabbed(): string {
    const { sheet, names, sources } = this.#ground;
    const head = sheet.columns.map((column) => column.heading);
    const body = this.#fitting.map(({ index }) => {
      const texts = sheet.columns.map((column) => cellText(sheet.rows[index]?.[column.name], names, this.#naming));
      return sheet.hasSources ? [...texts, sources.text(index)] : texts;
    });
    return tabbed([sheet.hasSources ? [...head, this.#say("sources")] : head, ...body]);
  }
}

function classOf(column: Column): string | null {
  if (column.kind === "number") return "number";
  if (column.kind === "date") return "date";
  return WIDE.test(column.kind) ? "wide" : null;
}
