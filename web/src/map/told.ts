/** What the map shows, in words. `words.py` says the same. */

import type { Language } from "../client/client.ts";
import type { Thing } from "../overview/thing.ts";
import { say } from "../overview/words.ts";
import { toldName } from "./paint.ts";
import { clustered, counted, frameOf, holds, place } from "./plane.ts";

const MOST = 5;
const WIDTH = 1000;

export function tellMap(things: readonly Thing[], language: Language): string {
  const points = things.flatMap((thing) => (thing.point ? [thing.point] : []));
  if (things.length === 0) return say(language, "nothing_told");
  const frame = frameOf(points, WIDTH);
  const clusters = clustered(
    things,
    (point) => place(frame, point),
    (point) => !holds(frame, point),
  );
  const sizes = clusters.map((cluster) => ({
    name: toldName(cluster, language),
    count: counted(cluster.things).length,
    cluster,
  }));
  const most = [...sizes].sort((a, b) => b.count - a.count).slice(0, MOST);
  const told = say(language, "map_told", {
    things: things.length,
    places: new Set(points.map(String)).size,
    most: most.map(({ name, count }) => `${name} (${count})`).join(", "),
  });
  const beyond = sizes.filter(({ cluster }) => cluster.beyond).map(({ name }) => name);
  return beyond.length > 0 ? `${told} ${say(language, "map_beyond", { names: beyond.sort().join(", ") })}` : told;
}
