/** An answer in every view that suits it, with its origin and downloads. */

import type { Answer, Row } from "../client/client.ts";
import { readTriples } from "../client/ntriples.ts";
import { Citations, factsOf } from "./citations.ts";
import { element } from "./element.ts";
import { rowsOf } from "./ground.ts";
import type { Ground, Shown } from "./ground.ts";
import { Names, irisIn } from "./names.ts";
import { toldOf } from "../client/told.ts";
import { downloads, origin } from "./offer.ts";
import { makeSheet, withFacts } from "./sheet.ts";
import { Sources } from "./sources.ts";
import { counted, say, written } from "./words.ts";
import { addViews } from "./views.ts";

export type { Shown } from "./ground.ts";

const TRIPLE = ["subject", "predicate", "object"] as const;
/** Which answer a place shows: an older one that is still being made ready gives way. */
const latest = new WeakMap<HTMLElement, Answer>();

/** Shows an answer in `host`, in every view that suits it, with its origin and downloads. */
export function showAnswer(host: HTMLElement, answer: Answer, shown: Shown): void {
  const { language } = shown;
  latest.set(host, answer);
  const status = element("p", { role: "status", class: "answer-status" });
  const said = element("p", { role: "status", class: "answer-said no-print" });
  const whispered = element("p", { role: "status", class: "hidden-visually" });
  const saying = (where: HTMLElement) => (words: string) => (where.textContent = words);
  // Where it is not said how long it took, the page says itself what came.
  status.hidden = shown.seconds === undefined;
  host.replaceChildren(status, said, whispered);
  host.classList.add("answer");
  if (answer.kind !== "graph" || answer.rows.length > 0) status.textContent = countedIn(answer, shown);
  void prepare(answer, shown, { announce: saying(said), whisper: saying(whispered) })
    .then((ground) => {
      if (latest.get(host) !== answer) return;
      // The triples of a graph may only have been read now.
      if (status.textContent === "") status.textContent = countedIn(ground.answer, shown);
      fill(host, ground);
    })
    .catch((error: unknown) => {
      if (latest.get(host) !== answer) return;
      host.append(element("p", { class: "note error" }, say(language, "failed", { why: toldOf(error, language) })));
    });
}

/** How much there is, and how long it took. */
function countedIn(answer: Answer, { language, seconds }: Shown): string {
  const what =
    answer.kind === "verdict"
      ? say(language, answer.value ? "yes" : "no")
      : counted(language, answer.kind === "graph" ? "triples" : "rows", answer.rows.length);
  if (seconds === undefined || answer.kind === "verdict") return what;
  return say(language, "inSeconds", { what, seconds: written(language, Math.max(0.01, Number(seconds.toFixed(2)))) });
}

function fill(host: HTMLElement, ground: Ground): void {
  const { answer, language } = ground;
  if (answer.kind !== "verdict" && answer.truncated) {
    host.append(element("p", { class: "note warning" }, say(language, "truncated")));
  }
  if (answer.kind === "verdict") {
    const [verdict, more] = answer.value ? (["yes", "yesMore"] as const) : (["no", "noMore"] as const);
    host.append(element("p", { class: "note answer-verdict" }, element("strong", {}, say(language, verdict)), " "));
    host.lastElementChild?.append(say(language, more));
  } else if (answer.rows.length === 0) {
    host.append(
      element(
        "p",
        { class: "note" },
        [say(language, "noRows"), say(language, "noRowsMore"), ground.shown.advice].filter(Boolean).join(" "),
      ),
    );
  }
  addViews(host, ground);
  host.append(downloads(ground), origin(ground));
}

/** Rows with names for what is in them; their sources are read while they are shown already. */
async function prepare(asked: Answer, shown: Shown, voices: Pick<Ground, "announce" | "whisper">): Promise<Ground> {
  const { client, language } = shown;
  const answer = await withRows(asked, shown);
  const isGraph = answer.kind === "graph";
  const variables = answer.kind === "table" ? answer.variables : isGraph ? [...TRIPLE, "facts"] : [];
  const rows = isGraph ? await stated(answer.rows, shown) : rowsOf(answer);
  const own = isGraph ? Object.fromEntries(TRIPLE.map((each) => [each, say(language, each)])) : {};
  const sheet = makeSheet(variables, rows, { ...own, ...shown.headings });
  const names = new Names(client, language);
  const columns = sheet.columns.map(({ name }) => name);
  await names.learn(irisIn(rows, columns));
  const sources = new Sources(sheet, new Citations(client, language));
  const fileName = [shown.name ?? "answer", answer.origin.release || client.release].filter(Boolean).join("-");
  const title = shown.title ?? say(language, "answer");
  return { answer, shown, client, language, title, fileName, sheet, names, sources, ...voices };
}

/** The triples with the facts that state them; without, where these cannot be read. */
async function stated(rows: readonly Row[], { client, language }: Shown): Promise<readonly Row[]> {
  return factsOf(client, rows, language).then(
    (facts) => withFacts(rows, facts),
    () => rows,
  );
}

/** The answer with its triples as rows, where it came without them. */
async function withRows(answer: Answer, { client, text, language }: Shown): Promise<Answer> {
  if (answer.kind !== "graph" || answer.rows.length > 0 || answer.turtle.trim() === "") return answer;
  const triples = await (await client.file(text, "nt", { language })).text();
  return { ...answer, rows: inOrder(readTriples(triples)) };
}

function inOrder(rows: Row[]): Row[] {
  const key = (row: Row) => JSON.stringify(TRIPLE.map((name) => row[name]?.value));
  return rows
    .map((row) => [key(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, row]) => row);
}
