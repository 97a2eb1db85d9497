// The very outlines that the server draws: Natural Earth, public domain.
import read from "../../../src/asoen_graph/drawing/south-east-asia.json" with { type: "json" };

type Ring = number[][];

export const COUNTRIES = Object.values(read.countries as Record<string, Ring[]>);
export const NEIGHBOURS = read.neighbours as Ring[];
