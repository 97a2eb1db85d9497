/** The picture that is seen as a file of its own: SVG with evidence, legend and release; PNG is drawn from it. */

import type { Language } from "../client/client.ts";
import { inLanguage, type NetworkDocument } from "./document.ts";
import { citations } from "./evidence.ts";
import { xml } from "./files.ts";
import { grouped } from "./graph.ts";
import { LINE_HEIGHT } from "./labels.ts";
import { outline } from "./palette.ts";
import { signPath, type Picture } from "./picture.ts";

/** A line of the legend: a mark or a line, as markup about the middle of 30 by 16, and what it means. */
export interface LegendEntry {
  sample: string;
  text: string;
}

export interface Drawn {
  document: NetworkDocument;
  language: Language;
  title: string;
  /** Period, size, notes and release, as sentences. */
  about: string;
  legend: LegendEntry[];
  /** The colour of a class of marks and lines, as `#RRGGBB`. */
  colourOf: (name: string) => string;
}

const FONT =
  "system-ui, 'Noto Sans', 'Noto Sans Khmer', 'Noto Sans Lao', 'Noto Sans Myanmar', 'Noto Sans Thai', sans-serif";
const ROW = 18;

export function asSvg(picture: Picture, drawn: Drawn): string {
  picture.drawNow();
  const { width, height } = picture.size;
  const { title, about, legend } = drawn;
  const columns = Math.max(1, Math.floor((width - 24) / 250));
  const rows = Math.ceil(legend.length / columns);
  const lines = folded(about, Math.floor((width - 24) / 6.4));
  const head = 44;
  const foot = 12 + rows * ROW + lines.length * 15 + 16;
  const below = head + height + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${head + height + foot}" width="${width}" height="${head + height + foot}" font-family="${xml(FONT)}" font-size="13">`,
    `<title>${xml(title)}</title>`,
    `<desc>${xml(about)}</desc>`,
    `<rect width="100%" height="100%" fill="#FFFFFF"/>`,
    `<text x="12" y="28" font-size="18" font-weight="700">${xml(title)}</text>`,
    `<svg y="${head}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" overflow="hidden">`,
    ...linksOf(picture, drawn),
    ...nodesOf(picture, drawn),
    ...picture.labels.map(
      (label) =>
        `<text text-anchor="${label.anchor}" paint-order="stroke" stroke="#FFFFFF" stroke-width="3">${label.lines
          .map(
            (line, row) =>
              `<tspan x="${label.x.toFixed(1)}" y="${(label.y + row * LINE_HEIGHT).toFixed(1)}">${xml(line)}</tspan>`,
          )
          .join("")}</text>`,
    ),
    "</svg>",
    ...legend.map(({ sample, text }, place) => {
      const [x, y] = [12 + (place % columns) * 250, below + Math.floor(place / columns) * ROW];
      return `<g transform="translate(${x} ${y})">${coloured(sample, drawn.colourOf)}<text x="38" y="12" font-size="12">${xml(text)}</text></g>`;
    }),
    ...lines.map(
      (line, row) =>
        `<text x="12" y="${below + rows * ROW + 16 + row * 15}" font-size="11" fill="#4A5A52">${xml(line)}</text>`,
    ),
    "</svg>",
    "",
  ].join("\n");
}

/** The sample of a legend with colours of its own, in place of the classes that a style sheet colours. */
function coloured(sample: string, colourOf: Drawn["colourOf"]): string {
  return sample.replace(/class="(mark|line|sign) ([^"]+)"/g, (_, what: string, name: string) =>
    // Signs say themselves that they are hollow, and an attribute may stand there once.
    what === "mark" ? `fill="${colourOf(name)}" stroke="#14211B"` : `stroke="${colourOf(name)}"`,
  );
}

function* linksOf(picture: Picture, { document, language, colourOf }: Drawn): Generator<string> {
  const { links } = picture.scene;
  const siblings = grouped(links, ({ link }) => [link.source, link.target].sort((a, b) => a - b).join());
  for (const group of siblings.values())
    for (const [place, look] of group.entries()) {
      const { link } = look;
      const way = picture.wayOf(look, place, group.length);
      const [one, other] = [document.nodes[link.source]!, document.nodes[link.target]!];
      const facts = link.facts.map((number) => document.facts[number]!.iri).join(" ");
      const told = [
        `${inLanguage(one.labels, language)} – ${look.label} – ${inLanguage(other.labels, language)}`,
      ].concat(citations(document, link.facts, language));
      const colour = colourOf(look.colour);
      yield `<g class="edge" data-source="${xml(one.id)}" data-target="${xml(other.id)}" data-weight="${link.weight}" data-facts="${xml(facts)}"><title>${xml(told.join("\n"))}</title>`;
      yield `<path d="${way.line}" fill="none" stroke="${colour}" stroke-width="${look.width.toFixed(2)}" stroke-opacity="0.8"${look.dashes ? ` stroke-dasharray="${look.dashes}"` : ""}/>`;
      if (way.head) yield `<path d="${way.head}" fill="${colour}"/>`;
      if (look.sign)
        yield `<path d="${signPath(link.change!.name, way.middle)}" fill="#FFFFFF" stroke="${colour}" stroke-width="1.6"/>`;
      yield "</g>";
    }
}

function* nodesOf(picture: Picture, { document, colourOf }: Drawn): Generator<string> {
  for (const look of picture.scene.nodes) {
    const { id, iri } = document.nodes[look.node]!;
    const [x, y] = picture.placeOf(look.node);
    const colour = colourOf(look.colour);
    yield `<g class="node" data-id="${xml(id)}" data-iri="${xml(iri)}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"><title>${xml(look.spoken)}</title>`;
    yield `<path d="${outline(look.shape, look.radius)}" fill="${look.hollow ? "#FFFFFF" : colour}" stroke="${look.hollow ? colour : "#14211B"}" stroke-width="0.8"/></g>`;
  }
}

function folded(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The same as dots, two for each of the screen. */
export async function asPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("No picture could be drawn"))), "image/png"),
  );
}
