/** The chart of an answer, with the choice of its columns, what it says in words, and its data as a table. */

import { acrossColumns, chartData, fewSeries, measureColumns, suggestChart } from "./chart-data.ts";
import type { ChartChoice, ChartData, ChartKind, Combining, Datum } from "./chart-data.ts";
import type { Drawing } from "./chart-drawing.ts";
import { save } from "./copying.ts";
import { button, choice, element } from "./element.ts";
import type { Ground } from "./ground.ts";
import { toldOf } from "../client/told.ts";
import { asPng, asSvg } from "./picture.ts";
import { say, written } from "./words.ts";
import type { Word } from "./words.ts";

/** More bars than this cannot be read. */
const BARS = 40;
const SERIES = 8;
const CHARTS = { bars: "barChart", line: "lineChart", dots: "dotChart" } as const satisfies Record<ChartKind, Word>;

export function showChart(host: HTMLElement, ground: Ground): void {
  const suggested = suggestChart(ground.sheet);
  if (suggested === null) return;
  const [controls, picture] = [element("div"), element("div", { class: "answer-chart" })];
  host.append(controls, picture);
  let now = suggested;
  const show = (changed: Partial<ChartChoice>) => {
    now = { ...now, ...changed };
    const data = chartData(ground.sheet, now, ground.names, say(ground.language, "unknown"));
    const focused = focusIn(controls);
    controls.replaceChildren(choices(ground, now, data, show));
    focused(controls);
    void drawInto(picture, ground, now, data).catch((error: unknown) => {
      picture.replaceChildren(element("p", { class: "note error" }, toldOf(error, ground.language)));
    });
  };
  show({});
  redrawn(picture, () => show({}));
}

/** Gives the focus back to the control that had it, when the controls are made anew. */
function focusIn(host: HTMLElement): (host: HTMLElement) => void {
  const place = [...host.querySelectorAll("select")].indexOf(document.activeElement as HTMLSelectElement);
  return (later) => later.querySelectorAll("select")[place]?.focus();
}

/** Draws again when there is more or less room, or the colours change. */
function redrawn(picture: HTMLElement, draw: () => void): void {
  let width = picture.clientWidth;
  new ResizeObserver(() => {
    if (picture.clientWidth === 0 || Math.abs(picture.clientWidth - width) < 8) return;
    width = picture.clientWidth;
    draw();
  }).observe(picture);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

function choices(
  { sheet, language }: Ground,
  now: ChartChoice,
  { isCombined }: ChartData,
  change: (changed: Partial<ChartChoice>) => void,
): HTMLElement {
  const options = (columns: readonly { name: string; heading: string }[]) => {
    return columns.map(({ name, heading }) => [name, heading] as const);
  };
  const word = (each: Word) => [each, say(language, each)] as const;
  const kinds = (["bars", "line", "dots"] as const).map(word);
  const measures = [["", say(language, "numberOfRows")] as const, ...options(measureColumns(sheet))];
  const named = sheet.columns.filter(({ kind, name }) => (kind === "iri" || kind === "text") && name !== now.across);
  const series = [["", say(language, "none")] as const, ...options(named)];
  const row = element("div", { class: "row answer-controls no-print" });
  row.append(
    choice(say(language, "chartKind"), kinds, now.kind, (kind) => change({ kind: kind as ChartKind })),
    choice(say(language, "measure"), measures, now.measure, (measure) => change({ measure })),
    choice(say(language, "across"), options(acrossColumns(sheet)), now.across, (across) => {
      change({ across, ...(now.series === across && { series: "" }) });
    }),
  );
  if (series.length > 1)
    row.append(choice(say(language, "series"), series, now.series, (series) => change({ series })));
  if (isCombined) {
    const combinings = (["sum", "mean", "most"] as const).map(word);
    const chosen = (combine: string) => change({ combine: combine as Combining });
    row.append(choice(say(language, "combine"), combinings, now.combine, chosen));
  }
  return row;
}

async function drawInto(host: HTMLElement, ground: Ground, now: ChartChoice, found: ChartData): Promise<void> {
  const { language } = ground;
  if (found.data.length === 0) {
    host.replaceChildren(element("p", { class: "note" }, say(language, "nothingToDraw")));
    return;
  }
  const { draw, DARK, LIGHT } = await import("./chart-drawing.ts");
  const shown = drawnOf(ground, now, found);
  const svg = draw({ ...shown.drawing, width: Math.max(host.clientWidth, 300), colours: isDark() ? DARK : LIGHT });
  const exported = () => draw({ ...shown.drawing, width: 960, colours: LIGHT });
  const saves = element("p", { class: "row no-print" });
  const name = `${ground.fileName}-chart`;
  saves.append(
    button(say(language, "savePicture", { format: "SVG" }), () => save(asSvg(exported()), `${name}.svg`)),
    button(
      say(language, "savePicture", { format: "PNG" }),
      () => void asPng(exported()).then((png) => save(png, `${name}.png`)),
    ),
  );
  const notes = shown.notes.map((words) => element("p", { class: "quiet" }, words));
  host.replaceChildren(svg, ...notes, saves, dataTable(ground, now, found, shown.drawing));
}

/** What is drawn of it, and what is said of what is not. */
function drawnOf(ground: Ground, now: ChartChoice, { data, leftOut }: ChartData) {
  const { sheet, language } = ground;
  const heading = (name: string) => sheet.columns.find((column) => column.name === name)?.heading ?? name;
  const kind = sheet.columns.find(({ name }) => name === now.across)?.kind;
  const years = now.kind === "dots" ? "dates" : "years";
  // Bars of numbers that lie too far apart for bars along an axis stand side by side, as names do.
  const isSpread = now.kind === "bars" && kind === "number" && !isDense(data);
  const axis: Drawing["axis"] = kind === "date" ? years : kind === "number" && !isSpread ? "numbers" : "names";
  const named = axis === "names" ? data.map((datum) => ({ ...datum, across: datum.label })) : data;
  const all = [...new Set(named.map(({ across }) => across))];
  const isCut = axis === "names" && now.kind === "bars" && all.length > BARS;
  const kept = new Set(isCut ? all.slice(0, BARS) : all);
  const few = fewSeries(
    named.filter(({ across }) => kept.has(across)),
    SERIES,
    say(language, "others"),
  );
  const measureLabel = now.measure === "" ? say(language, "numberOfRows") : heading(now.measure);
  const acrossLabel = heading(now.across);
  const notes = [
    isCut && say(language, "chartCut", { count: BARS, all: all.length }),
    leftOut > 0 && say(language, "chartLeftOut", { count: leftOut }),
  ].filter((each) => each !== false);
  const spoken = spokenOf(ground, now, data, acrossLabel, measureLabel);
  return { drawing: { kind: now.kind, data: few, axis, acrossLabel, measureLabel, spoken, language }, notes };
}

function isDense(data: readonly Datum[]): boolean {
  const numbers = data.map(({ across }) => Number(across));
  const span = Math.max(...numbers) - Math.min(...numbers);
  return numbers.every(Number.isInteger) && span <= 120;
}

function spokenOf({ language }: Ground, now: ChartChoice, data: readonly Datum[], across: string, measure: string) {
  const ranked = [...data].sort((one, other) => other.value - one.value);
  const name = (datum: Datum | undefined) => {
    if (datum === undefined) return "";
    return `${[datum.label, datum.series].filter(Boolean).join(", ")} (${written(language, datum.value)})`;
  };
  const gaps = { kind: say(language, CHARTS[now.kind]), measure, across, count: data.length };
  return say(language, "chartSpoken", { ...gaps, most: name(ranked[0]), least: name(ranked.at(-1)) });
}

function dataTable(
  { language }: Ground,
  now: ChartChoice,
  { data }: ChartData,
  drawing: Omit<Drawing, "width" | "colours">,
) {
  const hasSeries = now.series !== "";
  const head = element("tr", {}, element("th", { scope: "col" }, drawing.acrossLabel));
  if (hasSeries) head.append(element("th", { scope: "col" }, say(language, "series")));
  head.append(element("th", { scope: "col", class: "number" }, drawing.measureLabel));
  const body = element("tbody");
  const summary = element("summary", {}, say(language, "chartData", { count: data.length }));
  const table = element("table", {}, element("caption", { class: "hidden-visually" }, drawing.spoken));
  table.append(element("thead", {}, head), body);
  const region = { class: "scroll", tabindex: 0, role: "region", "aria-label": drawing.spoken };
  const details = element("details", {}, summary, element("div", region, table));
  const fill = () => {
    if (body.childElementCount > 0) return;
    for (const { label, series, value } of data) {
      const row = element("tr", {}, element("td", {}, element("bdi", {}, label)));
      if (hasSeries) row.append(element("td", {}, element("bdi", {}, series)));
      row.append(element("td", { class: "number" }, written(language, value)));
      body.append(row);
    }
  };
  details.addEventListener("toggle", fill);
  return details;
}

/** Whether the page is dark: the choice of the page wins over that of the system. */
function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
}
