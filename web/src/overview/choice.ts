/** Choosing by the form of the page, without asking the server: what fits, and the address that says so. */

import { type Days, daysOf, spanOf } from "../timeline/lanes.ts";
import type { Thing } from "./thing.ts";

export interface Choice {
  /** Keys of classes; nothing where all are shown. */
  classes: readonly string[];
  country: string;
  within: string;
  since: string;
  until: string;
}

/** Whether the thing is among what is asked for; what has no date lies in no period. */
export function fits(thing: Thing, choice: Choice): boolean {
  if (choice.classes.length > 0 && !choice.classes.some((key) => thing.kinds.includes(key))) return false;
  if (choice.country && !thing.countries.includes(choice.country)) return false;
  if (choice.within && thing.within !== choice.within) return false;
  return touches(thing, daysOf(choice.since), daysOf(choice.until));
}

function touches(thing: Thing, since: Days | null, until: Days | null): boolean {
  if (!since && !until) return true;
  const span = spanOf(thing);
  if (!span) return false;
  const begins = !span.begins || !until || span.begins[0] <= until[1];
  return begins && (!span.ends || !since || span.ends[1] >= since[0]);
}

/** What the form says. */
export function readForm(form: HTMLFormElement): Choice {
  const said = new FormData(form);
  const text = (name: string) => String(said.get(name) ?? "");
  const classes = said.getAll("class").map(String);
  return {
    classes: classes.length > 0 || text("series") ? classes : usualOf(form),
    country: text("country"),
    within: text("series"),
    since: text("from"),
    until: text("until"),
  };
}

/** Put what an address asks for into the form, where it asks for anything. */
export function fillForm(form: HTMLFormElement, asked: URLSearchParams): void {
  const year = asked.get("year") ?? "";
  const values: Record<string, string> = {
    country: asked.get("country") ?? "",
    series: asked.get("series") ?? "",
    lanes: asked.get("lanes") ?? "",
    from: asked.get("from") ?? year,
    until: asked.get("until") ?? year,
  };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
  const classes = asked.getAll("class").filter(Boolean);
  const shown = classes.length > 0 ? classes : values["series"] ? [] : usualOf(form);
  for (const box of boxesOf(form)) box.checked = shown.length === 0 || shown.includes(box.value);
}

/** The address of what the form says, with nothing in it that goes without saying. */
export function queryOf(form: HTMLFormElement): URLSearchParams {
  const said = new FormData(form);
  const found = new URLSearchParams();
  const checked = said.getAll("class").map(String);
  const usual = said.get("series") ? [] : usualOf(form);
  const expected = boxesOf(form).filter((box) => usual.length === 0 || usual.includes(box.value));
  const isUsual = checked.length === expected.length && expected.every((box) => checked.includes(box.value));
  if (!isUsual) for (const key of checked) found.append("class", key);
  for (const name of ["country", "series", "from", "until", "lanes", "lang"]) {
    const value = String(said.get(name) ?? "");
    if (value) found.set(name, value);
  }
  return found;
}

function usualOf(form: HTMLFormElement): string[] {
  return form.dataset["usual"]?.split(" ").filter(Boolean) ?? [];
}

function boxesOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="class"]')];
}
