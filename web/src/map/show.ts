import type { Language } from "../client/client.ts";
import { type Details, showOverview, type Source, thing } from "../overview/show.ts";
import type { Thing } from "../overview/thing.ts";
import { tellMap } from "./told.ts";
import { say } from "../overview/words.ts";
import { MapPainter } from "./paint.ts";

/** What stands at a place. */
export interface Placed {
  longitude: number;
  latitude: number;
  label: string;
  /** Where more is said of it; empty where nowhere. */
  address: string;
  /** What kind of thing it is, for colour, mark and filter. */
  kind: string;
  /** More about it, as pairs of name and text. */
  details: [string, string][];
  sources?: Source[];
}

/**
 * Draws things on a map of South-East Asia into `host`, with the table of the same things below it; what lies outside
 * stands at the edge, and where nothing lies inside, the map is of where they lie. Its style is `overview.css`.
 */
export function showMap(host: HTMLElement, things: readonly Placed[], language: Language): void {
  const details = new Map<Thing, Details>();
  const made = things.map((each) => {
    const isPoint = Math.abs(each.longitude) <= 180 && Math.abs(each.latitude) <= 90;
    const point = isPoint ? ([each.longitude, each.latitude] as const) : null;
    const found = thing({ label: each.label, address: each.address, kind: each.kind, place: each.label, point });
    details.set(found, { said: each.details, sources: each.sources ?? [] });
    return found;
  });
  showOverview(host, made, details, new MapPainter(language), tellMap, say(language, "map_key"), language);
}
