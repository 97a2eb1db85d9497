import type { Language } from "../client/client.ts";
import { type Details, showOverview, type Source, thing } from "../overview/show.ts";
import type { Thing } from "../overview/thing.ts";
import { tellTimeline } from "./told.ts";
import { say } from "../overview/words.ts";
import { TimelinePainter } from "./paint.ts";

/** What happened or held at a time; dates are years, months or days as ISO 8601 writes them. */
export interface Dated {
  /** Empty where no beginning is known. */
  from: string;
  /** The last day of a period; empty where it is a moment, or open. */
  until: string;
  label: string;
  address: string;
  kind: string;
  details: [string, string][];
  sources?: Source[];
  /** Whether it goes on, so that a missing end means an open one. */
  lasts?: boolean;
  /** The lane it is drawn in; its kind where nothing is said. */
  lane?: string;
}

/**
 * Draws things along time into `host`, with the table of the same things below it; what has no date stands in the table
 * alone. Its style is `overview.css`.
 */
export function showTimeline(host: HTMLElement, things: readonly Dated[], language: Language): void {
  const details = new Map<Thing, Details>();
  const made = things.map((each) => {
    const found = thing({
      label: each.label,
      address: each.address,
      kind: each.kind,
      lane: each.lane ?? each.kind,
      place: each.label,
      since: each.from,
      until: each.until,
      lasts: each.lasts ?? !each.from,
    });
    details.set(found, { said: each.details, sources: each.sources ?? [] });
    return found;
  });
  const order = (one: Thing) => one.since || one.until || "9999";
  made.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  const painter = new TimelinePainter(language);
  showOverview(host, made, details, painter, tellTimeline, say(language, "timeline_key"), language);
}
