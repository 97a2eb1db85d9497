/** The views of an answer behind tabs; each is made, and what it needs loaded, when it is first opened. */

import type { Term } from "../client/client.ts";
import { suggestChart } from "./chart-data.ts";
import { choice, element } from "./element.ts";
import type { Ground } from "./ground.ts";
import { describe, irisIn } from "./names.ts";
import { toldOf } from "../client/told.ts";
import { showRaw } from "./raw.ts";
import { BASE } from "./sheet.ts";
import { showTable } from "./table.ts";
import { Tabs } from "./tabs.ts";
import type { Tab } from "./tabs.ts";
import { dated, datesIn, placed, pointsIn, pointsOf } from "./things.ts";
import type { Points, Telling } from "./things.ts";
import { say } from "./words.ts";
import type { Word } from "./words.ts";

const POINT = `${BASE}ontology#point`;

export function addViews(host: HTMLElement, ground: Ground): void {
  const { answer, shown, sheet, language } = ground;
  const hasRows = sheet.rows.length > 0;
  const isNetwork = answer.kind === "table" && ["source", "target"].every((each) => answer.variables.includes(each));
  const roles = shown.picture ?? {};
  const own = pointsIn(sheet, roles);
  const why = (fits: boolean, reason: Word) => {
    if (answer.kind === "verdict") return say(language, "whyVerdict");
    if (!hasRows) return say(language, "whyNoRows");
    return fits ? "" : say(language, reason);
  };
  const tab = (name: Word, reason: string, fill: Tab["fill"]): Tab => ({
    name,
    words: say(language, name),
    why: reason,
    fill,
  });
  let points: Points | null = own;
  let placedBy: string | undefined;
  const tabs = new Tabs(
    host,
    say(language, "views"),
    [
      tab("table", why(true, "whyNoRows"), (panel) => showTable(panel, ground)),
      tab(
        "chart",
        why(suggestChart(sheet) !== null, "whyNoChart"),
        later(ground, async (panel) => {
          (await import("./chart.ts")).showChart(panel, ground);
        }),
      ),
      tab(
        "map",
        why(own !== null, "whyNoMap"),
        later(ground, (panel) => mapInto(panel, ground, points, placedBy)),
      ),
      tab(
        "timeline",
        why(datesIn({ sheet, roles }).length > 0, "whyNoTimeline"),
        later(ground, (panel) => timelineInto(panel, ground)),
      ),
      tab(
        "network",
        why(isNetwork, "whyNoNetwork"),
        later(ground, (panel) => networkInto(panel, ground)),
      ),
      tab("raw", "", (panel) => showRaw(panel, ground)),
    ],
    (name) => shown.onView?.(name),
  );
  const recommended = shown.view ?? "table";
  tabs.choose(hasRows ? "table" : "raw");
  if (recommended !== "table") tabs.choose(recommended);
  if (own === null && hasRows) {
    void findPoints(ground).then((found) => {
      if (found === null) return;
      [points, placedBy] = [found.points, found.column];
      tabs.allow("map");
      if (recommended === "map") tabs.choose("map");
    });
  }
}

/** A view that takes a while: says that it comes, or why it does not. */
function later({ language }: Ground, fill: (panel: HTMLElement) => Promise<void>): Tab["fill"] {
  return (panel) => {
    const wait = element("p", { class: "quiet" }, say(language, "loading"));
    panel.append(wait);
    void fill(panel)
      .catch((error: unknown) => {
        panel.append(element("p", { class: "note error" }, say(language, "failed", { why: toldOf(error, language) })));
      })
      .finally(() => wait.remove());
  };
}

/** The points of the entities in the answer, where any has one. */
async function findPoints({ sheet, client, language }: Ground) {
  const columns = sheet.columns.filter(({ kind }) => kind === "iri" || kind === "mixed").map(({ name }) => name);
  const entities = [...irisIn(sheet.rows, columns)].filter((iri) => iri.startsWith(`${BASE}id/`));
  if (entities.length === 0) return null;
  // Without them there is no map, and everything else as it was.
  const described = await describe(client, entities, [POINT], language).catch(() => null);
  const known = new Map<string, Term>();
  for (const [iri, about] of described ?? []) {
    const point = about.get(POINT)?.[0];
    if (point) known.set(iri, point);
  }
  return pointsOf(sheet, known);
}

async function telling(ground: Ground): Promise<Telling> {
  const { sheet, names, sources, shown } = ground;
  // Nothing is shown without where it stands, unless that cannot be had.
  await sources.read.catch(() => {});
  const sourcesOf = (row: number) =>
    (sources.of(row) ?? []).map(({ text, citation }) => ({ text, address: names.page(citation.fact) }));
  return { sheet, names, roles: shown.picture ?? {}, sourcesOf };
}

async function mapInto(panel: HTMLElement, ground: Ground, points: Points | null, name?: string): Promise<void> {
  if (points === null) return;
  const { sheet, language } = ground;
  const [{ showMap }, told] = await Promise.all([import("../map/show.ts"), telling(ground)]);
  const count = sheet.rows.filter((row) => points(row)).length;
  const host = element("div");
  panel.append(element("p", { class: "quiet" }, say(language, "mapNote", { count, all: sheet.rows.length })), host);
  showMap(host, placed(told, points, told.roles.name ?? name), language);
}

async function timelineInto(panel: HTMLElement, ground: Ground): Promise<void> {
  const { sheet, language } = ground;
  const [{ showTimeline }, told] = await Promise.all([import("../timeline/show.ts"), telling(ground)]);
  const [note, host] = [element("p", { class: "quiet" }), element("div")];
  const columns = datesIn(told);
  const show = (from: string) => {
    const count = sheet.rows.filter((row) => row[from] !== undefined).length;
    note.textContent = say(language, "timelineNote", { count, all: sheet.rows.length });
    host.replaceChildren();
    showTimeline(host, dated(told, from), language);
  };
  const first = columns[0]?.name ?? "";
  if (columns.length > 1) {
    const options = columns.map(({ name, heading }) => [name, heading] as const);
    panel.append(element("p", { class: "no-print" }, choice(say(language, "timelineDates"), options, first, show)));
  }
  panel.append(note, host);
  show(first);
}

async function networkInto(panel: HTMLElement, { client, shown, language }: Ground): Promise<void> {
  const [{ showNetwork }, network] = await Promise.all([
    import("../network/show.ts"),
    client.network({ text: shown.text, language }),
  ]);
  const host = element("div");
  panel.append(host);
  await showNetwork(host, network, { client, language, question: { text: shown.text, language } });
}
