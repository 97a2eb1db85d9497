/** What a reader has chosen to see, as it stands in the address: the same names as on the page without scripts. */

import type { Layout, Side } from "./document.ts";
import { WEIGHTINGS, type Weighting } from "./graph.ts";

export interface State {
  at: string;
  from: string;
  until: string;
  compare: string;
  project: Side | "";
  weighting: Weighting | "";
  layout: Layout | "";
  component: number | null;
  top: number | null;
  by: string;
  size: string;
  colour: string;
  /** The keys of what is shown; `null` for all. */
  kinds: string[] | null;
  relations: string[] | null;
  least: number | null;
  find: string;
}

export const WHOLE: State = {
  at: "",
  from: "",
  until: "",
  compare: "",
  project: "",
  weighting: "",
  layout: "",
  component: null,
  top: null,
  by: "",
  size: "",
  colour: "",
  kinds: null,
  relations: null,
  least: null,
  find: "",
};

/** The names of all that is chosen in an address. */
export const NAMES = Object.keys(WHOLE) as (keyof State)[];
/** Those that the server knows too, in every format. */
export const SAID_TO_SERVER = [
  "at",
  "from",
  "until",
  "compare",
  "project",
  "weighting",
  "layout",
  "component",
  "top",
  "by",
  "size",
] as const;

export function readState(parameters: URLSearchParams): State {
  const text = (name: string) => parameters.get(name)?.trim() ?? "";
  const count = (name: string) => (/^[1-9]\d{0,6}$/.test(text(name)) ? Number(text(name)) : null);
  const one = <T extends string>(name: string, known: readonly T[]): T | "" =>
    known.find((each) => each === text(name)) ?? "";
  const several = (name: string) => (parameters.has(name) ? text(name).split(",") : null);
  const least = Number(text("least"));
  return {
    at: text("at"),
    from: text("from"),
    until: text("until"),
    compare: text("compare"),
    project: one("project", ["source", "target"]),
    weighting: one("weighting", WEIGHTINGS),
    layout: one("layout", ["spring", "layered", "circle"]),
    component: count("component"),
    top: count("top"),
    by: text("by"),
    size: text("size"),
    colour: text("colour"),
    kinds: several("kinds"),
    relations: several("relations"),
    least: text("least") && Number.isFinite(least) ? least : null,
    find: text("find"),
  };
}

/** What is chosen, as parameters: nothing of what is as usual. */
export function writeState(state: State, names: readonly (keyof State)[] = NAMES): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = state[name];
    if (name === "weighting" && !state.project) continue;
    if (name === "by" && state.top === null) continue;
    if (Array.isArray(value)) found[name] = value.join(",");
    else if (value !== null && value !== "") found[name] = String(value);
  }
  return found;
}
