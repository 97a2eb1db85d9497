import type { Found, Language } from "../client/client.ts";
import { connect, site } from "../client/connect.ts";

const MOST = 8;
const PAUSE = 120;

let boxes = 0;

/**
 * Shows entities beneath a box while their name is typed: a combobox with a list as ARIA 1.2 has it. Enter without a
 * choice sends the form, which searches on a page of its own.
 */
export function suggest(box: HTMLInputElement): void {
  if (box.getAttribute("role") === "combobox") return;
  const language = document.documentElement.lang as Language;
  const id = `suggestions-${++boxes}`;
  const list = element("ul", "", { id, role: "listbox", "aria-label": box.dataset["list"] ?? "" });
  const told = element("span", "", { role: "status", class: "hidden-visually" });
  list.hidden = true;
  box.after(list, told);
  describe(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id });

  let found: readonly Found[] = [];
  let active = -1;
  let asked = 0;
  let timer = 0;

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE);
  });
  box.addEventListener("keydown", press);
  box.addEventListener("blur", () => window.setTimeout(close, 150));
  box.addEventListener("focus", () => found.length && box.value.trim() && open());
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (option) go(found[Number(option.dataset["place"])]);
  });
  // What was typed while this was being loaded.
  if (box.value.trim() && box.value !== box.defaultValue) void ask();

  async function ask(): Promise<void> {
    const words = box.value.trim();
    const turn = ++asked;
    if (!words) return show([], "");
    try {
      const answer = await (await connect()).search(words, language, MOST);
      if (turn !== asked) return;
      const some = (box.dataset["some"] ?? "").replace("{n}", String(answer.length));
      show(answer, answer.length ? some : (box.dataset["none"] ?? ""));
    } catch {
      // The form still leads to the page that searches, which tells what is wrong.
      if (turn === asked) show([], "");
    }
  }

  function show(entities: readonly Found[], said: string): void {
    found = entities;
    active = -1;
    list.replaceChildren(...entities.map(option));
    told.textContent = said;
    if (entities.length && document.activeElement === box) open();
    else close();
  }

  function option(entity: Found, place: number): HTMLElement {
    const item = element("li", "", { id: `${id}-${place}`, role: "option", "aria-selected": "false" });
    item.dataset["place"] = String(place);
    const other = entity.matched && entity.matched !== entity.label ? `${entity.matched} · ` : "";
    item.append(element("span", entity.label, { class: "label" }), " ");
    item.append(element("span", other + entity.classLabel, { class: "quiet" }));
    return item;
  }

  function press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      event.preventDefault();
      if (list.hidden) open();
      move(event.key === "ArrowDown" ? active + 1 : active < 0 ? found.length - 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      go(found[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") close();
  }

  /** Past either end nothing is chosen, and the next step goes on at the other end. */
  function move(place: number): void {
    active = place >= found.length || place < 0 ? -1 : place;
    for (const [at, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(at === active));
      if (at === active) item.scrollIntoView({ block: "nearest" });
    }
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `${id}-${active}`);
  }

  function open(): void {
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  }

  function close(): void {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    move(-1);
  }

  function go(entity: Found | undefined): void {
    if (entity) location.assign(new URL(`id/${entity.slug}.html?lang=${language}`, site().root));
  }
}

type Attributes = Record<string, string>;

function element(name: string, text = "", attributes: Attributes = {}): HTMLElement {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  return describe(made, attributes);
}

function describe<E extends Element>(element: E, attributes: Attributes): E {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
