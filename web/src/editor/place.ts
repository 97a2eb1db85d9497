/** What a place in a query is: which part of a triple is written there, of what, and what is known of its subject. */
import { tokenize } from "./tokens.ts";
import type { Token } from "./tokens.ts";

export type Role = "subject" | "predicate" | "object" | "expression" | "outside" | "text";

export interface Place {
  role: Role;
  /** The subject and predicate of the triple, as they are written. */
  subject: string;
  predicate: string;
  /** The classes that the query says the subject is of, as they are written. */
  classes: string[];
  /** The variables of the query, each once, but for the one that is being written. */
  variables: string[];
}

interface State {
  subject: string;
  predicate: string;
  slot: 0 | 1 | 2 | 3;
  /** A block of data, or the brackets of an expression. */
  isPattern: boolean;
}

const TERMS = new Set(["iri", "name", "variable", "string", "number", "blank"]);
const PATH = new Set(["/", "|", "^", "!"]);

export function placeAt(text: string, position: number): Place {
  const tokens = tokenize(text);
  const walk = new Walk();
  let found: Pick<Place, "role" | "subject" | "predicate"> | undefined;
  for (const token of tokens) {
    // Signs are not completed: what comes next is what is being written.
    const isBefore = token.kind === "punctuation" ? token.end <= position : token.end < position;
    if (!found && !isBefore) found = walk.at(token.start < position ? token : undefined);
    walk.take(token);
  }
  found ??= walk.at(undefined);
  const variables = new Set<string>();
  for (const { kind, text: written, end } of tokens)
    if (kind === "variable" && end !== position) variables.add(`?${written.slice(1)}`);
  return { ...found, classes: walk.classes.get(found.subject) ?? [], variables: [...variables] };
}

class Walk {
  readonly classes = new Map<string, string[]>();
  #states: State[] = [];
  #round = 0;
  #last = "";

  /** What may be written now; `token` is the one that is being written. */
  at(token: Token | undefined): Pick<Place, "role" | "subject" | "predicate"> {
    const { subject = "", predicate = "", slot = 0, isPattern = false } = this.#states.at(-1) ?? {};
    if (token && (token.kind === "comment" || token.kind === "string" || token.text.startsWith('"')))
      return { role: "text", subject, predicate };
    if (this.#states.length === 0) return { role: "outside", subject, predicate };
    if (this.#round > 0 || !isPattern) return { role: "expression", subject, predicate };
    const isPath = PATH.has(this.#last) && slot > 0;
    const role = slot === 0 ? "subject" : slot === 1 || isPath ? "predicate" : "object";
    return { role, subject, predicate };
  }

  take(token: Token): void {
    const state = this.#states.at(-1);
    if (token.kind === "comment") return;
    if (token.text === "{") this.#push(this.#lastWord !== "VALUES");
    else if (token.text === "}") this.#pop();
    else if (token.text === "(") this.#round++;
    else if (token.text === ")") this.#round = Math.max(0, this.#round - 1);
    else if (state && this.#round === 0) this.#inPattern(token, state);
    if (token.kind === "word") this.#lastWord = token.text.toUpperCase();
    this.#last = token.text;
  }

  #lastWord = "";
  #rounds: number[] = [];

  #push(isPattern: boolean): void {
    this.#rounds.push(this.#round);
    this.#round = 0;
    this.#states.push({ subject: "", predicate: "", slot: 0, isPattern });
    this.#lastWord = "";
  }

  #pop(): void {
    this.#states.pop();
    this.#round = this.#rounds.pop() ?? 0;
    const state = this.#states.at(-1);
    if (state) state.slot = 0;
  }

  #inPattern(token: Token, state: State): void {
    if (token.text === ".") state.slot = 0;
    else if (token.text === ";") state.slot = state.slot === 0 ? 0 : 1;
    else if (token.text === ",") state.slot = state.slot === 0 ? 0 : 2;
    else if (PATH.has(token.text)) state.slot = state.slot === 2 ? 1 : state.slot;
    else if (token.kind === "word" && token.text !== "a") state.slot = 0;
    else if (this.#lastWord === "GRAPH" && this.#last.toUpperCase() === "GRAPH") state.slot = 0;
    else if (token.text === "a" || TERMS.has(token.kind)) this.#term(token, state);
  }

  #term(token: Token, state: State): void {
    if (state.slot === 0 || state.slot === 3) {
      state.subject = token.text;
      state.slot = 1;
    } else if (state.slot === 1) {
      state.predicate = token.text;
      state.slot = 2;
    } else {
      if (state.predicate === "a" || state.predicate === "rdf:type") {
        const known = this.classes.get(state.subject) ?? [];
        this.classes.set(state.subject, [...known, token.text]);
      }
      state.slot = 3;
    }
  }
}
