/**
 * The messages of the server's own catalogue, for a site without one: each knows both languages until it is known in
 * which it is read. What is said of the engine in the browser alone stands in the group `browser`.
 */
import browser from "../../../../src/asoen_graph/messages/texts/browser.json" with { type: "json" };
import expected from "../../../../src/asoen_graph/messages/texts/expected.json" with { type: "json" };
import kind from "../../../../src/asoen_graph/messages/texts/kind.json" with { type: "json" };
import query from "../../../../src/asoen_graph/messages/texts/query.json" with { type: "json" };
import value from "../../../../src/asoen_graph/messages/texts/value.json" with { type: "json" };
import network from "../../../../src/asoen_graph/messages/texts/network.json" with { type: "json" };
import type { Language, Problem } from "../client.ts";
import { ProblemError } from "../client.ts";

/** A message in both languages. */
export type Told = Record<Language, string>;
type Field = string | number | Told | readonly (string | Told)[];

const TYPES = "https://w3id.org/asoen/problem/";
const CATALOGUE: Readonly<Record<string, Readonly<Record<string, Told>>>> = {
  browser,
  expected,
  kind,
  network,
  query,
  value,
};
const WORDS = { or: { en: " or ", vi: " hoặc " }, and: { en: " and ", vi: " và " } };

/** The message of a key such as `value.missing`, with its fields. */
export function tell(key: string, fields: Readonly<Record<string, Field>> = {}): Told {
  const [group = "", name = ""] = key.split(/\.(.*)/);
  const texts = CATALOGUE[group]?.[name];
  if (!texts) throw new RangeError(`There is no message ${key}`);
  const said = (language: Language) =>
    texts[language]
      .replace(/\{(\w+)(!r)?(?::(\w+|,))?\}/g, (_, field: string, quoted?: string, spec?: string) => {
        const text = spoken(fields[field] ?? "", language, spec);
        return quoted ? written(text) : text;
      })
      .replace(/\{\{|\}\}/g, (braces) => braces.charAt(0));
  return { en: said("en"), vi: said("vi") };
}

/** The word for a kind of thing, or its name where there is none. */
export function kindOf(name: string): Told | string {
  return CATALOGUE.kind?.[name.replaceAll(" ", "-")] ?? name;
}

function spoken(field: Field, language: Language, spec?: string): string {
  if (typeof field === "number") return spec === "," ? field.toLocaleString(language) : String(field);
  if (typeof field === "string") return field;
  if (!("length" in field)) return field[language];
  const words = field.map((each) => spoken(each, language));
  if (spec === "or" || spec === "and") return words.join(WORDS[spec][language]);
  const last = spec === "any" && words.length > 1 ? words.pop() : undefined;
  return last === undefined ? words.join(", ") : [words.join(", "), last].join(WORDS.or[language]);
}

/** A text in quotes as Python writes it: signs that cannot be seen by their number. */
function written(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const signs = [...text].map((sign) => {
    if (sign === "\\" || sign === quote) return `\\${sign}`;
    if (sign === " " || !/[\p{C}\p{Z}]/u.test(sign)) return sign;
    const code = (sign.codePointAt(0) ?? 0).toString(16);
    if (code.length <= 2) return SHORT[sign] ?? `\\x${code.padStart(2, "0")}`;
    return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\U${code.padStart(8, "0")}`;
  });
  return quote + signs.join("") + quote;
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A mistake in a value, in words for its reader. */
export class Mistaken extends Error {
  readonly told: Told;

  constructor(told: Told) {
    super(told.en);
    this.told = told;
  }
}

/** A problem as the server would tell it. */
export function problem(
  code: string,
  status: number,
  title: string,
  { detail, hint, ...rest }: Omit<Partial<Problem>, "detail" | "hint"> & { detail: Told; hint?: Told | undefined },
): ProblemError {
  return new ProblemError({
    type: TYPES + code,
    title,
    status,
    detail: detail.en,
    ...(hint && { hint: hint.en }),
    translations: { vi: { detail: detail.vi, ...(hint && { hint: hint.vi }) } },
    ...rest,
  });
}

/** A message with the place of what it is about before it. */
export function placed(place: { line: number; column: number }, message: Told): Told {
  return tell("query.at-place", { ...place, message });
}
