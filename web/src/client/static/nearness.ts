/** Comparing words as people do: without diacritics or case, and by nearness; as `text.py` and Python's difflib do it. */

const WITHOUT_DECOMPOSITION: Readonly<Record<string, string>> = { đ: "d", ł: "l", ø: "o", æ: "ae" };

/** Lower case without Latin diacritics; other scripts stay as they are. */
export function fold(text: string): string {
  const unmarked = text
    .toLowerCase()
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]+/g, "");
  return unmarked.replace(/[đłøæ]/g, (letter) => WITHOUT_DECOMPOSITION[letter] ?? letter).normalize("NFC");
}

/** How alike two texts are, from 0 to 1: twice the characters in common by their number (Ratcliff and Obershelp). */
export function likeness(a: string, b: string): number {
  const [first, second] = [[...a], [...b]];
  const total = first.length + second.length;
  return total ? (2 * matching(first, second, 0, first.length, 0, second.length)) / total : 1;
}

function matching(a: string[], b: string[], fromA: number, toA: number, fromB: number, toB: number): number {
  let [bestA, bestB, best] = [fromA, fromB, 0];
  let lengths = new Map<number, number>();
  for (let i = fromA; i < toA; i++) {
    const next = new Map<number, number>();
    for (let j = fromB; j < toB; j++) {
      if (a[i] !== b[j]) continue;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best) [bestA, bestB, best] = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  if (!best) return 0;
  const left = matching(a, b, fromA, bestA, fromB, bestB);
  return left + best + matching(a, b, bestA + best, toA, bestB + best, toB);
}

const LEAST = 0.6;

/** Those of the words that are at least so much like the word, the most alike first (difflib's `get_close_matches`). */
export function closest(word: string, words: Iterable<string>, count: number, least: number): string[] {
  return [...words]
    .map((name) => ({ name, alike: likeness(name, word) }))
    .filter(({ alike }) => alike >= least)
    .sort((a, b) => b.alike - a.alike || (a.name < b.name ? 1 : a.name > b.name ? -1 : 0))
    .slice(0, count)
    .map(({ name }) => name);
}

/** The candidates most like the word, best first; none where nothing is near. */
export function nearest(word: string, candidates: Iterable<string>, count = 3): string[] {
  const byFolded = new Map<string, string[]>();
  for (const each of candidates) {
    const folded = fold(each);
    byFolded.set(folded, [...(byFolded.get(folded) ?? []), each]);
  }
  const wanted = fold(word);
  const close = closest(wanted, byFolded.keys(), count, LEAST);
  if (close.length < count && wanted.length > 2) {
    const within = [...byFolded.keys()].sort((a, b) => a.length - b.length);
    close.push(
      ...within.filter((name) => name.includes(wanted) && !close.includes(name)).slice(0, count - close.length),
    );
  }
  // Names that differ only in case or marks, such as a class and a property, come with the one written alike first.
  const differences = (name: string) =>
    [...name].filter((sign, at) => sign !== word[at] && sign.toLowerCase() === word[at]?.toLowerCase()).length;
  return close
    .flatMap((name) => [...(byFolded.get(name) ?? [])].sort((a, b) => differences(a) - differences(b)))
    .slice(0, count);
}
