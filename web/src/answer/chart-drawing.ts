/** A chart as SVG, drawn with Observable Plot, which is loaded with this module when the first chart is wanted. */

import * as Plot from "@observablehq/plot";
import type { ChartKind, Datum } from "./chart-data.ts";

export interface Drawing {
  kind: ChartKind;
  data: readonly Datum[];
  /** Whether the axis is one of names, of numbers or years, or of dates. */
  axis: "names" | "numbers" | "years" | "dates";
  acrossLabel: string;
  measureLabel: string;
  spoken: string;
  width: number;
  colours: Palette;
  language: string;
}

/** Colours for up to eight series, all 3:1 on their ground and told apart by the colour-blind, and those around them. */
export interface Palette {
  series: readonly string[];
  text: string;
  ground: string;
}

export const LIGHT: Palette = {
  series: ["#0072b2", "#c14e00", "#007a5a", "#a8447e", "#4a4a4a", "#7a5c00", "#5b3fa8", "#1b7f9f"],
  text: "#14211b",
  ground: "#ffffff",
};
export const DARK: Palette = {
  series: ["#56b4e9", "#e69f00", "#2fcfa0", "#e39cc3", "#c9c9c9", "#f0e442", "#a9a0f5", "#ff8a65"],
  text: "#e8efeb",
  ground: "#101613",
};

const SMALL = 12;
/** Narrower than this there is no room for names beside the bars, unless they are short. */
const NARROW = 560;
const SHORT = 14;

export function draw(drawing: Drawing): SVGSVGElement {
  const { spoken, width, colours, data } = drawing;
  const series = [...new Set(data.map((each) => each.series))].filter(Boolean);
  const legend = rowsOfLegend(series, width - 20);
  const top = 26 + legend.length * 20;
  const shared = {
    width,
    marginTop: top,
    marginRight: 24,
    marginBottom: 42,
    ariaLabel: spoken,
    style: {
      background: colours.ground,
      color: colours.text,
      fontSize: `${SMALL}px`,
      fontFamily: "system-ui, sans-serif",
    },
    color: { domain: series, range: colours.series.slice(0, series.length) },
  };
  const options = drawing.axis === "names" && drawing.kind === "bars" ? lying(drawing) : standing(drawing);
  const svg = Plot.plot({ ...shared, ...options }) as unknown as SVGSVGElement;
  // Its own style sheet would be against the policy of the pages, and holds nothing that is not set here or in theirs.
  for (const style of svg.querySelectorAll("style")) style.remove();
  svg.setAttribute("role", "img");
  for (const named of svg.querySelectorAll("[aria-label]")) named.removeAttribute("aria-label");
  svg.append(...drawLegend(series, legend, colours));
  svg.querySelectorAll("text").forEach((text) => text.setAttribute("font-variant-numeric", "tabular-nums"));
  return svg;
}

function fillOf({ data, colours }: Drawing) {
  return data.some(({ series }) => series) ? "series" : (colours.series[0] ?? "currentColor");
}

/** What the pointer is told of a mark. */
function titleOf({ acrossLabel, measureLabel }: Drawing) {
  return ({ label, series, value }: Datum) => {
    return [`${acrossLabel}: ${label}`, series, `${measureLabel}: ${value}`].filter(Boolean).join("\n");
  };
}

/** No halves between whole numbers. */
function ticksOf({ data }: Drawing): Plot.ScaleOptions {
  const totals = new Map<string | number, number>();
  for (const { across, value } of data) totals.set(across, (totals.get(across) ?? 0) + value);
  const most = Math.max(...totals.values());
  return most <= 8 && data.every(({ value }) => Number.isInteger(value))
    ? { ticks: Math.max(1, most), tickFormat: "d" }
    : {};
}

/** Bars that lie, so that there is room for names. */
function lying(drawing: Drawing): Plot.PlotOptions {
  const names = [...new Set(drawing.data.map(({ across }) => String(across)))];
  const longest = Math.max(...names.map((name) => name.length));
  if (drawing.width < NARROW && longest > SHORT) return underNames(drawing, names);
  const room = Math.min(longest * 6.6 + 14, drawing.width * 0.42);
  return {
    marginLeft: room,
    height: names.length * 24 + 26 + 42 + 24,
    x: { label: drawing.measureLabel, grid: true, nice: true, ...ticksOf(drawing) },
    y: { label: null, domain: names },
    marks: [
      Plot.axisY({ lineWidth: (room - 12) / SMALL, textOverflow: "ellipsis-end", tickSize: 0 }),
      Plot.barX(drawing.data, { x: "value", y: "across", fill: fillOf(drawing), title: titleOf(drawing) }),
      Plot.ruleX([0]),
    ],
  };
}

/** Bars each below its name. */
function underNames(drawing: Drawing, names: readonly string[]): Plot.PlotOptions {
  return {
    marginLeft: 8,
    height: names.length * 42 + 26 + 42 + 24,
    x: { label: drawing.measureLabel, grid: true, nice: true, ...ticksOf(drawing) },
    y: { axis: null, domain: names, padding: 0 },
    marks: [
      Plot.barX(drawing.data, {
        x: "value",
        y: "across",
        fill: fillOf(drawing),
        title: titleOf(drawing),
        ...{ insetTop: 20, insetBottom: 6 },
      }),
      Plot.text(names, {
        x: () => 0,
        y: (name: string) => name,
        text: (name: string) => name,
        ...{ textAnchor: "start", dx: 2, dy: -9, fill: drawing.colours.text },
        ...{ lineWidth: (drawing.width - 40) / SMALL, textOverflow: "ellipsis-end" },
      }),
      Plot.ruleX([0]),
    ],
  };
}

/** Bars, lines and dots above an axis of numbers or time. */
function standing(drawing: Drawing): Plot.PlotOptions {
  const { kind, data, axis, acrossLabel, measureLabel } = drawing;
  const fill = fillOf(drawing);
  const title = titleOf(drawing);
  const isNamed = fill === "series";
  const place = (datum: Datum) => (axis === "dates" ? new Date(datum.across) : datum.across);
  const marks: Plot.Markish[] = [Plot.ruleY([0])];
  if (kind === "bars") {
    const [x1, x2] = [(datum: Datum) => Number(datum.across) - 0.42, (datum: Datum) => Number(datum.across) + 0.42];
    marks.unshift(Plot.rectY(data, Plot.stackY({ x1, x2, y: "value", fill, title })));
  } else if (kind === "line") {
    const z = isNamed ? "series" : null;
    marks.push(Plot.lineY(data, { x: place, y: "value", z, stroke: fill, strokeWidth: 2 }));
    marks.push(Plot.dot(data, { x: place, y: "value", fill, r: 3.5, title }));
  } else {
    const symbol = isNamed ? { symbol: "series" } : {};
    marks.push(Plot.dot(data, { x: place, y: "value", stroke: fill, strokeWidth: 2, r: 4, ...symbol, title }));
  }
  const years = axis === "years" ? { tickFormat: "d" } : {};
  return {
    marginLeft: 56,
    height: Math.min(460, Math.max(300, drawing.width * 0.5)),
    x: { label: acrossLabel, ...(axis === "names" ? { type: "point" } : { inset: 10 }), ...years },
    y: { label: measureLabel, grid: true, nice: true, ...ticksOf(drawing) },
    marks,
  };
}

/** Which entries stand in which row of the legend. */
function rowsOfLegend(series: readonly string[], room: number): { name: string; x: number }[][] {
  const rows: { name: string; x: number }[][] = [];
  let x = Infinity;
  for (const name of series) {
    const wide = Math.min(name.length, 40) * 6.6 + 34;
    if (x + wide > room) {
      rows.push([]);
      x = 10;
    }
    rows.at(-1)?.push({ name, x });
    x += wide;
  }
  return rows;
}

function drawLegend(series: readonly string[], rows: readonly { name: string; x: number }[][], colours: Palette) {
  return rows.flatMap((row, rank) =>
    row.flatMap(({ name, x }) => {
      const y = 8 + rank * 20;
      const mark = svgElement("rect", {
        x,
        y,
        width: 12,
        height: 12,
        fill: colours.series[series.indexOf(name)] ?? "",
      });
      const text = svgElement("text", { x: x + 17, y: y + 10.5, fill: colours.text });
      text.textContent = name.length > 40 ? `${name.slice(0, 39)}…` : name;
      return [mark, text];
    }),
  );
}

function svgElement(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
