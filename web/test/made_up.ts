/** Texts made up by chance that is the same each time, for what must hold of every text. */
export class Chance {
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A whole number below another (mulberry32). */
  below(most: number): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  }

  pick<Thing>(things: readonly Thing[]): Thing {
    return things[this.below(things.length)] as Thing;
  }

  /** Some of the pieces, one after the other. */
  text(pieces: readonly string[], most: number): string {
    return Array.from({ length: this.below(most) }, () => this.pick(pieces)).join("");
  }
}

/** What makes quoting and reading hard. */
export const NASTY = [
  ..."'\"`\\$#%&?=+;<>{}()[]|^~*!,.:/@\n\t \r".split(""),
  ...["'''", '"""', "${x}", "$(id)", "`id`", "\\u0022", "\\n", "%27", "</script>", "<script>alert(1)</script>"],
  ...["Lò Gò – Xa Mát", "ខ្មែរ", "مرحبا", "\u202e", "👩‍🔬", "SELECT", "?x", "asoen:Meeting", "# c\n", "<http://x.org/>"],
];
