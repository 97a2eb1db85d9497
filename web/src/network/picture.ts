/**
 * The picture: marks, lines and names in SVG, with pan and zoom. Nodes keep the places of all time, at every date;
 * marks and letters keep their size when the picture is enlarged.
 *
 * To a screen reader it is a list box of nodes; lines are told in the details of a node and in the table.
 */

import { draw } from "./make.ts";
import { placeLabels, wrapped, LINE_HEIGHT, type Label, type Marked } from "./labels.ts";
import { grouped, type Link } from "./graph.ts";
import type { Point } from "./places.ts";
import { outline, type Shape } from "./palette.ts";

/** How a node looks. */
export interface NodeLook {
  node: number;
  label: string;
  /** What a screen reader says of it. */
  spoken: string;
  shape: Shape;
  /** The class that colours it. */
  colour: string;
  radius: number;
  hollow: boolean;
  rank: number;
  sign: "appeared" | "vanished" | "arrived" | "gone" | null;
}

/** How a line looks. */
export interface LinkLook {
  link: Link;
  label: string;
  colour: string;
  dashes: string;
  width: number;
  sign: boolean;
}

export interface Scene {
  nodes: NodeLook[];
  links: LinkLook[];
  directed: boolean;
}

export type Choice = { kind: "node"; node: number } | { kind: "link"; key: string } | null;

interface Options {
  host: HTMLElement;
  label: string;
  describedBy: string;
  onChoice: (choice: Choice) => void;
}

const MARGIN = { left: 70, right: 110, top: 34, bottom: 34 };
const MOST_ZOOM = 12;
/** Pixels below which names have no room of their own at the sides. */
const NARROW = 560;
/** How much farther apart one way than the other things may be drawn than they were arranged. */
const MOST_STRETCH = 2;
/** How many pixels of the screen a step of the arrangement takes at most, where all is seen. */
const WIDEST = 1.6;
let numbers = 0;

export class Picture {
  readonly svg: SVGSVGElement;
  readonly #links = draw("g", { class: "links", "aria-hidden": "true" });
  readonly #nodes = draw("g", { class: "nodes", role: "presentation" });
  readonly #names = draw("g", { class: "names", "aria-hidden": "true" });
  readonly #options: Options;
  readonly #prefix = `n${(numbers += 1)}-`;
  readonly #nodeParts = new Map<number, SVGGElement>();
  readonly #linkParts = new Map<string, SVGGElement>();
  readonly #canvas = document.createElement("canvas").getContext("2d");
  readonly #widths = new Map<string, number>();
  #scene: Scene = { nodes: [], links: [], directed: false };
  #places = new Map<number, Point>();
  #size = { width: 800, height: 500 };
  #zoom = 1;
  /** Where the stage is taller or wider than the arrangement, that is drawn apart to fill it. */
  #stretch: Point = [1, 1];
  #middle: Point = [0, 0];
  #isFitted = true;
  #active: number | null = null;
  #pointed: Choice = null;
  #choice: Choice = null;
  #waiting = 0;
  labels: Label[] = [];

  constructor(options: Options) {
    this.#options = options;
    this.svg = draw(
      "svg",
      {
        class: "stage",
        role: "listbox",
        tabindex: 0,
        "aria-label": options.label,
        "aria-describedby": options.describedBy,
        onkeydown: (event: KeyboardEvent) => this.#press(event),
        onfocus: () => this.#focus(),
        onblur: () => this.draw(),
      },
      this.#links,
      this.#nodes,
      this.#names,
    );
    options.host.append(this.svg);
    listenToPointer(this);
    new ResizeObserver(() => this.#resize()).observe(options.host);
    this.#resize();
  }

  /** The places of all nodes there may be; the picture is fitted to them. */
  arrange(places: Map<number, Point>): void {
    this.#places = places;
    this.fit();
  }

  show(scene: Scene): void {
    this.#scene = scene;
    if (this.#active !== null && !scene.nodes.some(({ node }) => node === this.#active)) this.#active = null;
    const nodes = new Set(scene.nodes.map(({ node }) => node));
    for (const [node, part] of this.#nodeParts) if (!nodes.has(node)) (part.remove(), this.#nodeParts.delete(node));
    const links = new Set(scene.links.map(({ link }) => link.key));
    for (const [key, part] of this.#linkParts) if (!links.has(key)) (part.remove(), this.#linkParts.delete(key));
    // Thick lines first, so that thin ones are not lost under them; in the order in which a reader goes through nodes.
    for (const look of scene.links.toSorted((a, b) => b.width - a.width)) this.#links.append(this.#linkPart(look));
    for (const look of scene.nodes) this.#nodes.append(this.#nodePart(look));
    this.#links.classList.toggle("dense", scene.links.length > 120);
    // Colour and dashes tell changes apart too; among many lines a sign would only hide others.
    this.#links.classList.toggle("crowded", scene.links.filter(({ sign }) => sign).length > 40);
    this.draw();
  }

  choose(choice: Choice): void {
    this.#choice = choice;
    if (choice?.kind === "node") this.#active = choice.node;
    this.draw();
  }

  /** Brings a node or the middle of a link into the middle. */
  bring(choice: NonNullable<Choice>): void {
    const link = choice.kind === "link" ? this.#scene.links.find((each) => each.link.key === choice.key)?.link : null;
    const ends = choice.kind === "node" ? [choice.node] : link ? [link.source, link.target] : [];
    const points = ends.map((end) => this.#places.get(end)).filter((point) => point !== undefined);
    if (points.length === 0) return;
    const middle = (axis: 0 | 1) => points.reduce((total, point) => total + point[axis], 0) / points.length;
    const [x, y] = this.onScreen([middle(0), middle(1)]);
    const { width, height } = this.#size;
    if (x > 40 && y > 40 && x < width - 40 && y < height - 40) return;
    this.#middle = [middle(0) * this.#stretch[0], middle(1) * this.#stretch[1]];
    this.#isFitted = false;
    this.draw();
  }

  fit(): void {
    this.#isFitted = true;
    const points = [...this.#places.values()];
    const [left, right] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
    const [top, bottom] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
    const narrow = this.#size.width < NARROW;
    const across = this.#size.width - (narrow ? 60 : MARGIN.left + MARGIN.right);
    const down = this.#size.height - MARGIN.top - MARGIN.bottom;
    const fitting = [across / Math.max(right - left, 1), down / Math.max(bottom - top, 1)];
    this.#zoom = points.length === 0 ? 1 : Math.min(...fitting, WIDEST);
    const [x, y] = fitting.map((each) => Math.min(Math.min(each, WIDEST) / this.#zoom, MOST_STRETCH));
    this.#stretch = points.length === 0 ? [1, 1] : [x!, y!];
    const aside = narrow ? 0 : (MARGIN.right - MARGIN.left) / 2 / this.#zoom;
    this.#middle = points.length === 0 ? [0, 0] : [((left + right) / 2) * x! + aside, ((top + bottom) / 2) * y!];
    this.#fitted = this.#zoom;
    this.draw();
  }

  #fitted = 1;

  /** Fits the picture to what is shown of it. */
  fitShown(): void {
    this.fit();
    const shown = this.#scene.nodes.map(({ node }) => this.placeOf(node));
    if (shown.length === 0 || shown.length === this.#places.size) return;
    const [left, right] = [Math.min(...shown.map(([x]) => x)), Math.max(...shown.map(([x]) => x))];
    const [top, bottom] = [Math.min(...shown.map(([, y]) => y)), Math.max(...shown.map(([, y]) => y))];
    const { width, height } = this.#size;
    this.move(width / 2 - (left + right) / 2, height / 2 - (top + bottom) / 2);
    const across = width - (width < NARROW ? 60 : MARGIN.left + MARGIN.right);
    const down = height - MARGIN.top - MARGIN.bottom;
    this.zoom(Math.min(across / Math.max(right - left, 1), down / Math.max(bottom - top, 1), 4));
  }

  zoom(factor: number, at: Point = [this.#size.width / 2, this.#size.height / 2]): void {
    const next = Math.min(Math.max(this.#zoom * factor, this.#fitted / 2), this.#fitted * MOST_ZOOM);
    const [x, y] = [(at[0] - this.#size.width / 2) / this.#zoom, (at[1] - this.#size.height / 2) / this.#zoom];
    const kept = 1 - this.#zoom / next;
    this.#middle = [this.#middle[0] + x * kept, this.#middle[1] + y * kept];
    this.#zoom = next;
    this.#isFitted = false;
    this.draw();
  }

  /** Moves what is seen by so many pixels. */
  move(x: number, y: number): void {
    this.#middle = [this.#middle[0] - x / this.#zoom, this.#middle[1] - y / this.#zoom];
    this.#isFitted = false;
    this.draw();
  }

  get size(): { width: number; height: number } {
    return this.#size;
  }

  get scene(): Scene {
    return this.#scene;
  }

  onScreen([x, y]: Point): Point {
    return [
      (x * this.#stretch[0] - this.#middle[0]) * this.#zoom + this.#size.width / 2,
      (y * this.#stretch[1] - this.#middle[1]) * this.#zoom + this.#size.height / 2,
    ];
  }

  placeOf(node: number): Point {
    return this.onScreen(this.#places.get(node) ?? [0, 0]);
  }

  /** Draws it anew at the next frame. */
  draw(): void {
    if (this.#waiting === 0) this.#waiting = requestAnimationFrame(() => this.drawNow());
  }

  drawNow(): void {
    cancelAnimationFrame(this.#waiting);
    this.#waiting = 0;
    const near = this.#nearby();
    for (const look of this.#scene.nodes) this.#drawNode(look, near);
    const siblings = grouped(this.#scene.links, ({ link }) => [link.source, link.target].sort((a, b) => a - b).join());
    for (const group of siblings.values())
      group.forEach((look, place) => this.#drawLink(look, place, group.length, near));
    this.#drawNames(near);
    const active = this.#active === null ? null : this.#nodeParts.get(this.#active);
    if (active && document.activeElement === this.svg) this.svg.setAttribute("aria-activedescendant", active.id);
    else this.svg.removeAttribute("aria-activedescendant");
  }

  /** The way of a line on the screen, with its arrowhead where it has one; what files are written of too. */
  wayOf({ link, width }: LinkLook, place: number, count: number): { line: string; head: string; middle: Point } {
    const [start, end] = [this.placeOf(link.source), this.placeOf(link.target)];
    const radius = (node: number) => this.#scene.nodes.find((each) => each.node === node)?.radius ?? 7;
    if (link.source === link.target) {
      const [x, y] = start;
      const out = radius(link.source) + 12;
      return {
        line: `M${p([x - 4, y])}C${p([x - 2 * out, y - 2.2 * out])} ${p([x + 2 * out, y - 2.2 * out])} ${p([x + 4, y])}`,
        head: "",
        middle: [x, y - 1.65 * out],
      };
    }
    // Several lines between the same two stand side by side, whichever way they lead.
    const turned = link.source > link.target ? -1 : 1;
    const bend = (place - (count - 1) / 2) * 26 * turned;
    const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    const length = Math.hypot(dx, dy) || 1;
    const control: Point = [
      (start[0] + end[0]) / 2 - (dy / length) * bend,
      (start[1] + end[1]) / 2 + (dx / length) * bend,
    ];
    const middle: Point = [(start[0] + 2 * control[0] + end[0]) / 4, (start[1] + 2 * control[1] + end[1]) / 4];
    if (!this.#scene.directed) return { line: `M${p(start)}Q${p(control)} ${p(end)}`, head: "", middle };
    const [tx, ty] = [end[0] - control[0], end[1] - control[1]];
    const reach = Math.hypot(tx, ty) || 1;
    const [ux, uy] = [tx / reach, ty / reach];
    const far = radius(link.target) + 2;
    const long = 7 + width;
    const tip: Point = [end[0] - ux * far, end[1] - uy * far];
    const base: Point = [tip[0] - ux * long, tip[1] - uy * long];
    const half = 3 + width / 2;
    const head = `M${p(tip)}L${p([base[0] - uy * half, base[1] + ux * half])}L${p([base[0] + uy * half, base[1] - ux * half])}Z`;
    return { line: `M${p(start)}Q${p(control)} ${p(base)}`, head, middle };
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#options.host;
    if (clientWidth === 0 || (clientWidth === this.#size.width && clientHeight === this.#size.height)) return;
    this.#size = { width: clientWidth, height: clientHeight };
    this.svg.setAttribute("viewBox", `0 0 ${clientWidth} ${clientHeight}`);
    if (this.#isFitted) this.fit();
    else this.draw();
  }

  #nodePart(look: NodeLook): SVGGElement {
    const known = this.#nodeParts.get(look.node);
    const part =
      known ??
      draw(
        "g",
        { class: "node", role: "option", id: `${this.#prefix}${look.node}`, "data-node": look.node },
        draw("circle", { class: "reach", r: 14 }),
        draw("path", { class: "mark" }),
        draw("path", { class: "sign" }),
      );
    this.#nodeParts.set(look.node, part);
    part.setAttribute("aria-label", look.spoken);
    const [reach, mark, sign] = [...part.children] as [SVGElement, SVGElement, SVGElement];
    reach.setAttribute("r", String(Math.max(14, look.radius + 3)));
    mark.setAttribute("d", outline(look.shape, look.radius));
    mark.setAttribute("class", `mark ${look.colour}${look.hollow ? " hollow" : ""}`);
    const about = look.radius + 4.5;
    sign.setAttribute("class", `sign ${look.sign ?? "none"}`);
    sign.setAttribute("d", look.sign ? outline("circle", about) : "");
    return part;
  }

  #linkPart(look: LinkLook): SVGGElement {
    const { key } = look.link;
    const known = this.#linkParts.get(key);
    const part =
      known ??
      draw(
        "g",
        { class: "link", "data-link": key },
        draw("path", { class: "reach" }),
        draw("path", { class: "line" }),
        draw("path", { class: "head" }),
        draw("path", { class: "sign" }),
      );
    this.#linkParts.set(key, part);
    const [, line, head] = [...part.children] as SVGElement[];
    line!.setAttribute("class", `line ${look.colour}`);
    line!.setAttribute("stroke-width", look.width.toFixed(2));
    line!.setAttribute("stroke-dasharray", look.dashes || "none");
    head!.setAttribute("class", `head ${look.colour}`);
    return part;
  }

  #nearby(): Set<number | string> | null {
    const focused = document.activeElement === this.svg && this.#active !== null;
    const choice = this.#pointed ?? (focused ? { kind: "node" as const, node: this.#active! } : this.#choice);
    if (choice === null) return null;
    const near = new Set<number | string>();
    for (const { link } of this.#scene.links) {
      const isNear =
        choice.kind === "link" ? link.key === choice.key : link.source === choice.node || link.target === choice.node;
      if (isNear) near.add(link.key).add(link.source).add(link.target);
    }
    if (choice.kind === "node" && this.#nodeParts.has(choice.node)) near.add(choice.node);
    return near.size > 0 ? near : null;
  }

  #drawNode(look: NodeLook, near: Set<number | string> | null): void {
    const part = this.#nodeParts.get(look.node)!;
    const [x, y] = this.placeOf(look.node);
    part.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    const isChosen = this.#choice?.kind === "node" && this.#choice.node === look.node;
    part.setAttribute("aria-selected", String(isChosen));
    part.classList.toggle("faint", near !== null && !near.has(look.node));
    part.classList.toggle("active", this.#active === look.node && document.activeElement === this.svg);
  }

  #drawLink(look: LinkLook, place: number, count: number, near: Set<number | string> | null): void {
    const part = this.#linkParts.get(look.link.key)!;
    const [reach, line, head, sign] = [...part.children] as SVGElement[];
    const way = this.wayOf(look, place, count);
    for (const each of [reach!, line!]) each.setAttribute("d", way.line);
    head!.setAttribute("d", way.head);
    sign!.setAttribute("d", look.sign ? signPath(look.link.change!.name, way.middle) : "");
    sign!.setAttribute("class", `sign ${look.colour}`);
    part.classList.toggle("faint", near !== null && !near.has(look.link.key));
    part.classList.toggle("near", near !== null && near.has(look.link.key));
    part.classList.toggle("chosen", this.#choice?.kind === "link" && this.#choice.key === look.link.key);
  }

  #drawNames(near: Set<number | string> | null): void {
    const marked = this.#scene.nodes.map((look): Marked => {
      const [x, y] = this.placeOf(look.node);
      const lines = wrapped(look.label);
      const width = Math.max(...lines.map((line) => this.#width(line)));
      const first = look.node === this.#active ? 3e9 : near?.has(look.node) ? 2e9 : 0;
      return { node: look.node, x, y, radius: look.radius + 1, lines, width, rank: first + look.rank };
    });
    const shown = near ? marked.filter(({ node }) => near.has(node)) : marked;
    const rest = near ? marked.filter(({ node }) => !near.has(node)) : [];
    this.labels = placeLabels([...shown, ...rest], this.#size);
    this.#names.replaceChildren(
      ...this.labels.map((label) => {
        const text = draw("text", {
          x: label.x.toFixed(1),
          "text-anchor": label.anchor,
          class: near && !near.has(label.node) ? "faint" : null,
        });
        label.lines.forEach((line, place) =>
          text.append(draw("tspan", { x: label.x.toFixed(1), y: (label.y + place * LINE_HEIGHT).toFixed(1) }, line)),
        );
        return text;
      }),
    );
  }

  #width(text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const canvas = this.#canvas;
    if (canvas) canvas.font = `13px ${getComputedStyle(this.svg).fontFamily}`;
    const width = (canvas?.measureText(text).width ?? text.length * 7) + 2;
    this.#widths.set(text, width);
    return width;
  }

  point(choice: Choice): void {
    const same = JSON.stringify(choice) === JSON.stringify(this.#pointed);
    this.#pointed = choice;
    if (!same) this.draw();
  }

  choiceAt(target: EventTarget | null): Choice {
    const part = target instanceof Element ? target.closest<SVGElement>("[data-node],[data-link]") : null;
    if (!part) return null;
    const { node, link } = part.dataset;
    return node !== undefined ? { kind: "node", node: Number(node) } : { kind: "link", key: link! };
  }

  pick(choice: Choice): void {
    this.#options.onChoice(choice);
  }

  #focus(): void {
    if (this.#active === null) this.#active = this.#scene.nodes[0]?.node ?? null;
    this.draw();
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows: Record<string, Point> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const arrow = arrows[event.key];
    const order = this.#scene.nodes.map(({ node }) => node);
    const here = order.indexOf(this.#active ?? order[0] ?? 0);
    if (arrow && event.shiftKey) this.move(-arrow[0] * 60, -arrow[1] * 60);
    else if (arrow) this.#go(this.#next(arrow));
    else if (event.key === "PageDown") this.#go(order[(here + 1) % order.length]);
    else if (event.key === "PageUp") this.#go(order[(here - 1 + order.length) % order.length]);
    else if (event.key === "Home") this.#go(order[0]);
    else if (event.key === "End") this.#go(order.at(-1));
    else if ((event.key === "Enter" || event.key === " ") && this.#active !== null)
      this.pick({ kind: "node", node: this.#active });
    else if (event.key === "Escape" && this.#choice) this.pick(null);
    else if (event.key === "+" || event.key === "=") this.zoom(1.3);
    else if (event.key === "-") this.zoom(1 / 1.3);
    else if (event.key === "0") this.fitShown();
    else return;
    event.preventDefault();
  }

  #go(node: number | undefined): void {
    if (node === undefined) return;
    this.#active = node;
    this.bring({ kind: "node", node });
    this.drawNow();
  }

  /** The node that lies next in a direction: near, and not far aside. */
  #next([dx, dy]: Point): number | undefined {
    if (this.#active === null) return this.#scene.nodes[0]?.node;
    const [x, y] = this.placeOf(this.#active);
    let [found, least]: [number | undefined, number] = [undefined, Infinity];
    for (const { node } of this.#scene.nodes) {
      if (node === this.#active) continue;
      const [ox, oy] = this.placeOf(node);
      const ahead = (ox - x) * dx + (oy - y) * dy;
      const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (ahead <= 0.5 || aside > 2.5 * ahead) continue;
      if (ahead + 1.5 * aside < least) [found, least] = [node, ahead + 1.5 * aside];
    }
    return found;
  }
}

/** Dragging, pinching, the wheel with Ctrl, pointing and choosing. Buttons and keys do all of it too. */
function listenToPointer(picture: Picture): void {
  const { svg } = picture;
  const held = new Map<number, Point>();
  let moved = 0;
  const at = (event: MouseEvent): Point => {
    const box = svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held.set(event.pointerId, at(event));
    if (held.size === 1) moved = 0;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    const now = at(event);
    if (before === undefined) {
      if (event.pointerType === "mouse") picture.point(picture.choiceAt(event.target));
      return;
    }
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    const step = Math.hypot(now[0] - before[0], now[1] - before[1]);
    moved += step;
    if (moved < 4) return;
    svg.setPointerCapture(event.pointerId);
    if (other) {
      const apart = (point: Point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
      picture.zoom(apart(now) / apart(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
      picture.move((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
      // Up and down one finger scrolls the page.
    } else picture.move(now[0] - before[0], event.pointerType === "touch" ? 0 : now[1] - before[1]);
    held.set(event.pointerId, now);
  });
  for (const name of ["pointerup", "pointercancel"] as const)
    svg.addEventListener(name, (event) => {
      held.delete(event.pointerId);
    });
  svg.addEventListener("pointerleave", () => picture.point(null));
  svg.addEventListener("click", (event) => {
    if (moved >= 4) return;
    picture.pick(picture.choiceAt(event.target));
  });
  svg.addEventListener("dblclick", (event) => {
    if (picture.choiceAt(event.target) === null) picture.zoom(1.6, at(event));
  });
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      picture.zoom(Math.exp(-event.deltaY / 400), at(event));
    },
    { passive: false },
  );
}

/** A disc with the sign of a change: plus, minus, a wedge up, a wedge down. */
export function signPath(change: string, [x, y]: Point): string {
  const disc = `M${p([x - 6.5, y])}a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0Z`;
  const at = (dx: number, dy: number) => p([x + dx, y + dy]);
  if (change === "appeared") return `${disc}M${at(-3.4, 0)}L${at(3.4, 0)}M${at(0, -3.4)}L${at(0, 3.4)}`;
  if (change === "vanished") return `${disc}M${at(-3.4, 0)}L${at(3.4, 0)}`;
  if (change === "strengthened") return `${disc}M${at(-3.4, 1.6)}L${at(0, -2.2)}L${at(3.4, 1.6)}`;
  return `${disc}M${at(-3.4, -1.6)}L${at(0, 2.2)}L${at(3.4, -1.6)}`;
}

function p([x, y]: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
