/** What the page and the engine in its worker say to each other. */

/** What the engine is asked; `id` tells the answers apart. */
export type Asked =
  | { id: number; kind: "open"; data: string; bytes: number }
  | { id: number; kind: "ask"; text: string; format?: string }
  | { id: number; kind: "check"; text: string };

/**
 * What it says. Progress has no end of its own: `opened` or a mistake follows. After `fallen` nothing more can be asked
 * of it: the program broke off in the middle.
 */
export type Said =
  | { id: number; kind: "progress"; done: number; total: number }
  | { id: number; kind: "opened"; quads: number }
  | { id: number; kind: "answered"; answer: EngineAnswer }
  | { id: number; kind: "mistake" | "fallen"; message: string };

/** An answer as the engine writes it. */
export type EngineAnswer =
  { kind: "results"; json: string } | { kind: "graph"; triples: string } | { kind: "file"; content: string };
