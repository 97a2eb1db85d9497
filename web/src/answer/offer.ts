/** The answer as files, and where it comes from. */

import type { Format } from "../client/client.ts";
import { site } from "../client/connect.ts";
import { toldOf } from "../client/told.ts";
import { copy, save } from "./copying.ts";
import { button, element } from "./element.ts";
import { delimited } from "./files.ts";
import type { Ground } from "./ground.ts";
import { say } from "./words.ts";

/** Buttons for every format the answer can be had in. */
export function downloads(ground: Ground): HTMLElement {
  const { client, answer, language } = ground;
  const offered = client.formats(answer.kind).map((format) => {
    const label = say(language, "downloadAs", { format: format.label });
    return button(format.label, () => void download(format, ground), { "aria-label": label });
  });
  const heading = element("h2", {}, say(language, "download"));
  return element(
    "section",
    { class: "answer-downloads no-print" },
    heading,
    element("p", { class: "row" }, ...offered),
  );
}

async function download(format: Format, ground: Ground): Promise<void> {
  const { language, fileName, announce } = ground;
  const name = `${fileName}.${format.name}`;
  announce(say(language, "downloading", { name }));
  try {
    save(await fileOf(format.name, ground), name);
    announce(say(language, "downloaded", { name }));
  } catch (error) {
    announce(say(language, "failed", { why: toldOf(error, language) }));
  }
}

async function fileOf(format: string, { answer, client, shown, language, names, sources }: Ground): Promise<Blob> {
  if (answer.kind === "table" && (format === "csv" || format === "tsv")) {
    await sources.read;
    return delimited(format, answer.variables, answer.rows, names, sources);
  }
  return client.file(shown.text, format, { language });
}

/** Release, citation and permanent link. */
export function origin(ground: Ground): HTMLElement {
  const { answer, language } = ground;
  const { release, citation, address } = answer.origin;
  const pairs = element("dl", { class: "pairs" });
  const add = (name: string, ...values: (Node | null)[]) => {
    pairs.append(element("dt", {}, name), element("dd", {}, ...values));
  };
  if (release) add(say(language, "release"), document.createTextNode(release));
  if (citation) {
    const copied = button(say(language, "copyCitation"), () => void copy(citation, ground), {
      class: "plain no-print",
    });
    add(say(language, "cite"), element("cite", {}, citation), document.createTextNode(" "), copied);
  }
  const href = address && new URL(address, site().root).href;
  if (href && /^https?:/.test(href)) {
    const link = element("a", { href, rel: "bookmark" }, say(language, "permanent"));
    const copied = button(say(language, "copyLink"), () => void copy(href, ground), { class: "plain no-print" });
    add(say(language, "permanentShort"), link, document.createTextNode(" "), copied);
  }
  return element("section", { class: "answer-origin" }, element("h2", {}, say(language, "origin")), pairs);
}
