/** What is wrong with a query, where it is, and how it is mended. */
import type { Language, Problem } from "../client/client.ts";
import { told } from "../client/told.ts";
import type { Said } from "../client/told.ts";
import { button, element } from "./element.ts";
import type { Mark } from "./code.ts";
import { say, titleOf } from "./words.ts";

export interface Repair {
  name: string;
  /** The whole query as it is then. */
  text: string;
}

/** Each problem of what `check` or a run found, in order of place. */
export function eachOf(problem: Problem | null): Problem[] {
  if (!problem) return [];
  const { more = [], ...first } = problem;
  return [first, ...more];
}

/** Where a problem is in the text. Lines and columns count characters, as people do. */
export function rangeOf(problem: Problem, text: string): { from: number; to: number } {
  if (problem.line === undefined) return { from: 0, to: Math.min(text.length, text.search(/\n|$/)) };
  const lines = text.split(/\r\n|\n|\r/);
  let from = 0;
  for (const line of lines.slice(0, problem.line - 1)) from += line.length + 1;
  const characters = [...(lines[problem.line - 1] ?? "")];
  from += characters.slice(0, (problem.column ?? 1) - 1).join("").length;
  const length = problem.token?.length ?? 0;
  const to = Math.min(text.length, from + length);
  // At the end nothing is left to be marked but the last sign.
  return to > from
    ? { from, to }
    : { from: Math.max(0, Math.min(from, text.length) - 1), to: Math.min(from, text.length) };
}

/** How a problem can be mended, the likeliest way first. */
export function repairsOf(problem: Problem, text: string, language: Language): Repair[] {
  if (problem.repaired) {
    const [near] = problem.nearest ?? [];
    return [{ name: near ? say(language, "replace", near) : say(language, "repair"), text: problem.repaired }];
  }
  const { from, to } = rangeOf(problem, text);
  if (!problem.token || text.slice(from, to) !== problem.token) return [];
  return (problem.nearest ?? []).slice(0, 3).map((near) => {
    return { name: say(language, "replace", near), text: text.slice(0, from) + near + text.slice(to) };
  });
}

export function marksOf(problems: Problem[], text: string, language: Language, apply: (text: string) => void): Mark[] {
  return problems.map((problem) => ({
    ...rangeOf(problem, text),
    severity: problem.status === 200 ? "warning" : "error",
    message: messageOf(problem, language).text,
    actions: repairsOf(problem, text, language).map((repair) => ({
      name: repair.name,
      apply: () => apply(repair.text),
    })),
  }));
}

/** What it says, without the place, which is shown. */
export function messageOf(problem: Problem, language: Language): Said {
  const said = told(problem, language);
  const text = said.text.replace(/^(Line \d+, column|Dòng \d+, cột) \d+: /, "");
  return { ...said, text };
}

function spoken(tag: "span" | "p", problem: Problem, language: Language): HTMLElement {
  const said = messageOf(problem, language);
  return element(tag, said.language === language ? {} : { lang: said.language }, said.text);
}

export interface Acts {
  goTo(position: number): void;
  replace(text: string): void;
}

/** The problems as a list that can be read and used without a mouse. */
export function listOf(problems: Problem[], text: string, language: Language, acts: Acts): HTMLElement {
  const list = element("ul", { class: "problems" });
  for (const problem of problems.slice(0, 10)) {
    const isDoubt = problem.status === 200;
    const kind = element("strong", {}, say(language, isDoubt ? "doubt" : "mistake"));
    const item = element("li", { class: `note ${isDoubt ? "warning" : "error"}` }, kind, " ");
    item.append(spoken("span", problem, language), " ");
    const { from } = rangeOf(problem, text);
    if (problem.line)
      item.append(
        button(say(language, "goTo", problem.line), () => acts.goTo(from), { class: "plain" }),
        " ",
      );
    for (const repair of repairsOf(problem, text, language))
      item.append(
        button(repair.name, () => acts.replace(repair.text), { class: "plain" }),
        " ",
      );
    list.append(item);
  }
  return list;
}

/** What a run ended in, in words, with a way on. */
export function failureOf(problem: Problem, language: Language, ways: HTMLButtonElement[]): HTMLElement {
  const title = titleOf(language, problem.type, problem.title);
  const card = element("div", { class: "note error" }, element("p", {}, element("strong", {}, title)));
  card.append(spoken("p", problem, language));
  if (ways.length) card.append(element("p", { class: "row" }, ...ways));
  return card;
}
