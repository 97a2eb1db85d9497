/** What the timeline shows, in words. `words.py` says the same. */

import type { Language } from "../client/client.ts";
import { tally } from "../overview/tally.ts";
import type { Thing } from "../overview/thing.ts";
import { say } from "../overview/words.ts";
import { spanOf } from "./lanes.ts";

const MOST = 5;

export function tellTimeline(things: readonly Thing[], language: Language): string {
  if (things.length === 0) return say(language, "nothing_told");
  const timed = things.filter((thing) => spanOf(thing) !== null);
  const years = timed.flatMap(({ since, until }) => [since, until].filter(Boolean).map((date) => date.slice(0, 4)));
  years.sort();
  if (years.length === 0) return say(language, "undated_told", { count: things.length });
  const most = [...tally(timed, (thing) => thing.lane)].sort((a, b) => b[1] - a[1]).slice(0, MOST);
  // What has no kinds is not told by kind.
  const hasKinds = most.some(([lane]) => lane);
  const told = say(language, hasKinds ? "timeline_told" : "span_told", {
    things: timed.length,
    first: years[0] ?? "",
    last: years.at(-1) ?? "",
    most: most.map(([lane, count]) => `${lane || "–"} (${count})`).join(", "),
  });
  const undated = things.length - timed.length;
  return undated > 0 ? `${told} ${say(language, "undated_told", { count: undated })}` : told;
}
