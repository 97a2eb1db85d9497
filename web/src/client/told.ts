/** What a problem says to its reader, in the language of the page where it is said in that. */

import type { Language, Problem } from "./client.ts";
import { ProblemError } from "./client.ts";

/** Some words and the language they are in, which is English where there are no others. */
export interface Said {
  text: string;
  language: Language;
}

/** What is wrong and what to do about it, in sentences. */
export function told(problem: Problem, language: Language): Said {
  const translated = problem.translations?.[language];
  const hint = translated ? (translated.hint ?? problem.hint) : problem.hint;
  const detail = translated?.detail ?? problem.detail ?? problem.title;
  return {
    text: hint ? `${detail.replace(/[.:]$/, "")}${/[?!]$/.test(detail) ? "" : "."} ${hint}` : detail,
    language: translated?.detail ? language : "en",
  };
}

/** The same of whatever was thrown. */
export function toldOf(error: unknown, language: Language): string {
  if (error instanceof ProblemError) return told(error.problem, language).text;
  return error instanceof Error ? error.message : String(error);
}
