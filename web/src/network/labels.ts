/** Where the names of nodes stand: beside their marks, none upon another, those that matter most first. */

export interface Marked {
  node: number;
  x: number;
  y: number;
  radius: number;
  lines: readonly string[];
  width: number;
  /** The greater, the sooner it has its place. */
  rank: number;
}

export interface Label {
  node: number;
  /** Where the text begins (or its middle, or its end), and the base line of its first line. */
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
  lines: readonly string[];
}

export const LINE_HEIGHT = 14;
const GAP = 4;

type Box = [left: number, top: number, right: number, bottom: number];

/** A place for as many labels as have one, within the stage. */
export function placeLabels(marked: readonly Marked[], stage: { width: number; height: number }): Label[] {
  const taken: Box[] = marked.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const found: Label[] = [];
  for (const each of marked.toSorted((a, b) => b.rank - a.rank || a.node - b.node)) {
    if (each.x < 0 || each.y < 0 || each.x > stage.width || each.y > stage.height) continue;
    for (const [label, box] of candidates(each, each.x < stage.width / 2)) {
      if (box[0] < 2 || box[2] > stage.width - 2 || box[1] < 2 || box[3] > stage.height - 2) continue;
      if (taken.some((other) => meet(box, other, each))) continue;
      taken.push(box);
      found.push(label);
      break;
    }
  }
  return found;
}

/** Outwards first, as between the nodes there are lines. */
function candidates({ node, x, y, radius, lines, width }: Marked, isLeft: boolean): [Label, Box][] {
  const height = lines.length * LINE_HEIGHT;
  const beside = y - height / 2;
  const first = (top: number) => top + LINE_HEIGHT * 0.8;
  const [right, left] = [x + radius + GAP, x - radius - GAP];
  const [above, below] = [y - radius - GAP - height, y + radius + GAP];
  const places: [Label, Box][] = [
    [{ node, x: right, y: first(beside), anchor: "start", lines }, [right, beside, right + width, beside + height]],
    [{ node, x: left, y: first(beside), anchor: "end", lines }, [left - width, beside, left, beside + height]],
    [{ node, x, y: first(below), anchor: "middle", lines }, [x - width / 2, below, x + width / 2, below + height]],
    [{ node, x, y: first(above), anchor: "middle", lines }, [x - width / 2, above, x + width / 2, above + height]],
  ];
  return isLeft ? [places[1]!, places[0]!, places[2]!, places[3]!] : places;
}

function meet([left, top, right, bottom]: Box, other: Box, own: Marked): boolean {
  const isOwn = other[0] === own.x - own.radius && other[1] === own.y - own.radius;
  return !isOwn && left < other[2] && right > other[0] && top < other[3] && bottom > other[1];
}

/** A name in lines of about so many characters, at most three; the last ends in three dots where that is not all. */
export function wrapped(name: string, most = 24, count = 3): string[] {
  const lines: string[] = [];
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const kept = lines.slice(0, count).map((line) => (line.length > most + 8 ? `${line.slice(0, most + 7)}…` : line));
  if (lines.length > count) kept[count - 1] += " …";
  return kept;
}
