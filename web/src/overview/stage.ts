/**
 * A picture that can be looked around in: zoom and pan by buttons, keys, wheel and fingers; marks that are reached one
 * after the other with the arrow keys, each with a card. What is drawn is the painter's.
 */

import type { Language } from "../client/client.ts";
import { Card } from "./card.ts";
import { html, svg } from "./svg.ts";
import type { Thing } from "./thing.ts";
import { say, type Word } from "./words.ts";

/** What part of the picture is seen: how much larger than whole, and from where, in pixels of the whole. */
export interface View {
  zoom: number;
  x: number;
  y: number;
}

/** A mark that was drawn: what it stands for, what it is called, and where it is. */
export interface Mark {
  element: SVGGElement;
  things: readonly Thing[];
  name: string;
  /** What it stands for in words. */
  told: string;
  x: number;
  y: number;
}

export interface Painter {
  readonly word: Word;
  readonly kind: "map" | "timeline";
  readonly mostZoom: number;
  /** Which way can be panned. */
  readonly isFlat: boolean;
  /** Draw the things in a view onto an empty picture, `width` wide; the marks come in the order they are read in. */
  paint(picture: SVGSVGElement, things: readonly Thing[], view: View, width: number): { marks: Mark[]; height: number };
  /** Where a thing lies in the whole picture; `null` where it is not in it. */
  where(thing: Thing, width: number): readonly [number, number] | null;
}

const STEP = 1.6;
const NARROWEST = 300;

export class Stage {
  readonly figure: HTMLElement;
  readonly #canvas: HTMLElement;
  readonly #picture: SVGSVGElement;
  readonly #painter: Painter;
  readonly #card: Card;
  readonly #language: Language;
  #view: View = { zoom: 1, x: 0, y: 0 };
  #things: readonly Thing[] = [];
  #marks: Mark[] = [];
  #height = 0;
  #current = 0;
  #pinned: readonly Thing[] = [];
  #waiting = 0;
  /** Called with what is pinned, so that a table can show it. */
  onPin: (things: readonly Thing[]) => void = () => {};

  constructor(figure: HTMLElement, canvas: HTMLElement, painter: Painter, language: Language) {
    this.figure = figure;
    this.#canvas = canvas;
    this.#painter = painter;
    this.#language = language;
    const hint = html("p", { class: "hidden-visually", id: `${painter.kind}-keys` }, say(language, "picture_keys"));
    this.#picture = svg("svg", {
      class: painter.kind,
      role: "group",
      "aria-label": say(language, painter.word),
      "aria-describedby": hint.id,
      "font-family": "sans-serif",
    });
    figure.classList.add("live");
    for (const name of ["role", "tabindex", "aria-label"]) canvas.removeAttribute(name);
    canvas.replaceChildren(this.#picture);
    this.#card = new Card(language, () => this.#unpin(true));
    const touching = painter.isFlat ? "touch_timeline" : "touch_map";
    canvas.before(this.#steer(), hint, html("p", { class: "touching quiet no-print" }, say(language, touching)));
    canvas.after(this.#card.element);
    this.#listen();
  }

  /** Draw these, and whole again unless they are those drawn before. */
  show(things: readonly Thing[]): void {
    this.#things = things;
    this.#view = { zoom: 1, x: 0, y: 0 };
    this.#pinned = [];
    this.#card.hide();
    this.onPin([]);
    this.redraw();
  }

  get picture(): SVGSVGElement {
    return this.#picture;
  }

  /** Bring a thing into view, select the mark it belongs to, and go there. */
  find(thing: Thing): void {
    const spot = this.#painter.where(thing, this.#width());
    if (spot === null) return;
    const zoom = Math.max(this.#view.zoom, this.#painter.kind === "map" ? 4 : 2);
    this.#look({ zoom, x: spot[0] - this.#width() / 2 / zoom, y: spot[1] - this.#height / 2 / zoom });
    const rank = this.#marks.findIndex((mark) => mark.things.includes(thing));
    if (rank < 0) return;
    this.figure.scrollIntoView({ block: "nearest" });
    this.#focus(rank);
    this.#pin(rank);
  }

  redraw(): void {
    const focused = this.#marks[this.#current];
    const hadFocus = focused?.element === document.activeElement;
    const width = this.#width();
    this.#picture.replaceChildren();
    const { marks, height } = this.#painter.paint(this.#picture, this.#things, this.#view, width);
    this.#marks = marks;
    this.#height = height;
    this.#picture.setAttribute("viewBox", `0 0 ${width} ${Math.ceil(height)}`);
    this.#current = Math.max(
      0,
      marks.findIndex((mark) => focused && mark.things.includes(focused.things[0]!)),
    );
    for (const [rank, mark] of marks.entries()) {
      mark.element.setAttribute("role", "button");
      mark.element.setAttribute("tabindex", rank === this.#current ? "0" : "-1");
      mark.element.setAttribute("aria-label", `${mark.name}: ${mark.told}`);
      mark.element.setAttribute("aria-pressed", String(this.#isPinned(mark)));
    }
    if (hadFocus) marks[this.#current]?.element.focus({ preventScroll: true });
  }

  #width(): number {
    return Math.max(NARROWEST, Math.round(this.#canvas.clientWidth) || 1000);
  }

  #look(view: View): void {
    const zoom = Math.min(Math.max(view.zoom, 1), this.#painter.mostZoom);
    const within = (value: number, length: number) => Math.min(Math.max(value, 0), length - length / zoom);
    const y = this.#painter.isFlat ? 0 : within(view.y, this.#height);
    this.#view = { zoom, x: within(view.x, this.#width()), y };
    this.redraw();
  }

  /** Zoom by a factor about a point of the screen. */
  #zoom(factor: number, x = this.#width() / 2, y = this.#height / 2): void {
    const zoom = Math.min(Math.max(this.#view.zoom * factor, 1), this.#painter.mostZoom);
    const { x: left, y: top, zoom: old } = this.#view;
    this.#look({ zoom, x: left + x / old - x / zoom, y: top + y / old - y / zoom });
  }

  /** Move by a share of what is seen. */
  #move(dx: number, dy: number): void {
    const { zoom, x, y } = this.#view;
    this.#look({ zoom, x: x + (dx * this.#width()) / zoom, y: y + (dy * this.#height) / zoom });
  }

  #steer(): HTMLElement {
    const button = (word: Word, sign: string, act: () => void) => {
      const made = html("button", { type: "button", title: say(this.#language, word) }, sign);
      made.setAttribute("aria-label", say(this.#language, word));
      made.addEventListener("click", act);
      return made;
    };
    const sides: [Word, string, number, number][] = [
      ["move_west", "←", -0.3, 0],
      ["move_north", "↑", 0, -0.3],
      ["move_south", "↓", 0, 0.3],
      ["move_east", "→", 0.3, 0],
    ];
    const moves = sides
      .filter(([, , , dy]) => !this.#painter.isFlat || dy === 0)
      .map(([word, sign, dx, dy]) => button(word, sign, () => this.#move(dx, dy)));
    return html(
      "div",
      { class: "steer no-print", role: "group", "aria-label": say(this.#language, this.#painter.word) },
      button("zoom_in", "+", () => this.#zoom(STEP)),
      button("zoom_out", "−", () => this.#zoom(1 / STEP)),
      button("zoom_reset", "⤢", () => this.#look({ zoom: 1, x: 0, y: 0 })),
      ...moves,
    );
  }

  #listen(): void {
    const picture = this.#picture;
    picture.addEventListener("keydown", (event) => this.#key(event));
    picture.addEventListener("focusin", (event) => {
      const rank = this.#rankOf(event.target);
      if (rank < 0) return;
      this.#current = rank;
      for (const [other, mark] of this.#marks.entries()) {
        mark.element.setAttribute("tabindex", other === rank ? "0" : "-1");
      }
      if (this.#pinned.length === 0) this.#tell(rank, false);
    });
    picture.addEventListener("focusout", () => this.#leave());
    picture.addEventListener("pointerover", (event) => {
      const rank = this.#rankOf(event.target);
      if (rank >= 0 && this.#pinned.length === 0 && event.pointerType === "mouse") this.#tell(rank, false);
    });
    picture.addEventListener("pointerout", () => this.#leave());
    picture.addEventListener("click", (event) => {
      const rank = this.#rankOf(event.target);
      if (rank >= 0 && !this.#dragged) this.#press(rank);
    });
    picture.addEventListener(
      "wheel",
      (event) => {
        // The page scrolls with the wheel; with Ctrl, and so with two fingers on a pad, the picture zooms.
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const box = picture.getBoundingClientRect();
        this.#zoom(Math.exp(-event.deltaY / 240), event.clientX - box.left, event.clientY - box.top);
      },
      { passive: false },
    );
    this.#drag();
    new ResizeObserver(() => {
      cancelAnimationFrame(this.#waiting);
      const wide = `0 0 ${this.#width()} `;
      if (this.#picture.getAttribute("viewBox")?.startsWith(wide)) return;
      this.#waiting = requestAnimationFrame(() => this.#look({ zoom: 1, x: 0, y: 0 }));
    }).observe(this.#canvas);
  }

  #dragged = false;

  /**
   * Pan with the mouse; pan and zoom with two fingers, for one scrolls the page, and pans only sideways where the page
   * does not scroll so.
   */
  #drag(): void {
    const held = new Map<number, { x: number; y: number }>();
    const picture = this.#picture;
    picture.addEventListener("pointerdown", (event) => {
      held.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.#dragged = false;
    });
    picture.addEventListener("pointermove", (event) => {
      const before = held.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const [dx, dy] = [now.x - before.x, now.y - before.y];
      if (held.size === 1 && (event.pointerType === "mouse" || this.#painter.isFlat)) {
        if (!this.#dragged && Math.hypot(dx, dy) < 4) return;
        this.#dragged = true;
        picture.setPointerCapture(event.pointerId);
        this.#move(-dx / this.#width(), -dy / Math.max(this.#height, 1));
      } else if (held.size === 2) {
        const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
        if (!other) return;
        const [old, wide] = [before, now].map((at) => Math.hypot(at.x - other.x, at.y - other.y));
        const box = picture.getBoundingClientRect();
        if (old && wide) this.#zoom(wide / old, (now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top);
        this.#move(-dx / 2 / this.#width(), -dy / 2 / Math.max(this.#height, 1));
        this.#dragged = true;
      }
      held.set(event.pointerId, now);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"] as const) {
      picture.addEventListener(end, (event) => held.delete(event.pointerId));
    }
  }

  #key(event: KeyboardEvent): void {
    const act = this.#keys(event);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  #keys(event: KeyboardEvent): (() => void) | undefined {
    const go = (step: number) => () => this.#focus(Math.min(Math.max(this.#current + step, 0), this.#marks.length - 1));
    const plain: Record<string, () => void> = {
      ArrowRight: go(1),
      ArrowDown: go(1),
      ArrowLeft: go(-1),
      ArrowUp: go(-1),
      Home: go(-Infinity),
      End: go(Infinity),
      Enter: () => this.#press(this.#current),
      " ": () => this.#press(this.#current),
      Escape: () => this.#unpin(true),
      "+": () => this.#zoomAtMark(STEP),
      "=": () => this.#zoomAtMark(STEP),
      "-": () => this.#zoomAtMark(1 / STEP),
      "0": () => this.#look({ zoom: 1, x: 0, y: 0 }),
    };
    const shifted: Record<string, () => void> = {
      ArrowRight: () => this.#move(0.2, 0),
      ArrowLeft: () => this.#move(-0.2, 0),
      ArrowUp: () => this.#move(0, -0.2),
      ArrowDown: () => this.#move(0, 0.2),
    };
    return (event.shiftKey && shifted[event.key]) || plain[event.key];
  }

  #zoomAtMark(factor: number): void {
    const mark = this.#marks[this.#current];
    this.#zoom(factor, mark?.x, this.#painter.isFlat ? undefined : mark?.y);
  }

  #rankOf(target: EventTarget | null): number {
    const element = target instanceof Element ? target.closest(".mark") : null;
    return this.#marks.findIndex((mark) => mark.element === element);
  }

  #focus(rank: number): void {
    this.#marks[rank]?.element.focus({ preventScroll: this.#painter.kind === "map" });
  }

  #tell(rank: number, pinned: boolean): void {
    const mark = this.#marks[rank];
    if (mark) this.#card.show(mark, pinned, mark.x < this.#width() / 2);
  }

  #leave(): void {
    if (this.#pinned.length > 0) return;
    // Whoever goes on into the card keeps it.
    setTimeout(() => {
      const active = document.activeElement;
      if (this.#pinned.length > 0 || this.#card.element.contains(active) || this.#card.element.matches(":hover"))
        return;
      if (this.#rankOf(active) < 0) this.#card.hide();
    }, 120);
  }

  #press(rank: number): void {
    const mark = this.#marks[rank];
    if (mark && this.#isPinned(mark)) this.#unpin(false);
    else this.#pin(rank);
  }

  #pin(rank: number): void {
    const mark = this.#marks[rank];
    if (!mark) return;
    this.#pinned = mark.things;
    this.#tell(rank, true);
    this.#mirror();
  }

  #unpin(isBack: boolean): void {
    const [first] = this.#pinned;
    this.#pinned = [];
    this.#card.hide();
    this.#mirror();
    if (!isBack || !first) return;
    const rank = this.#marks.findIndex((mark) => mark.things.includes(first));
    this.#focus(rank < 0 ? this.#current : rank);
    this.#card.hide();
  }

  #mirror(): void {
    for (const mark of this.#marks) mark.element.setAttribute("aria-pressed", String(this.#isPinned(mark)));
    this.onPin(this.#pinned);
  }

  #isPinned(mark: Mark): boolean {
    const [first] = this.#pinned;
    return first !== undefined && mark.things.includes(first);
  }
}
