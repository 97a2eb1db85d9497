/** The dialogs of the editor: share, code, keys, rename. Each is the browser's own, so Escape closes it. */
import type { Language } from "../client/client.ts";
import { button, element } from "./element.ts";
import type { Code } from "./snippets.ts";
import { say } from "./words.ts";
import type { Word } from "./words.ts";

export class Dialogs {
  readonly #language: Language;
  readonly #tell: (text: string) => void;

  constructor(language: Language, tell: (text: string) => void) {
    this.#language = language;
    this.#tell = tell;
  }

  /** Links to the query and, where there is one, to its answer. */
  share(query: string, answer: string): void {
    const content = [this.#field("linkToQuery", query)];
    if (answer) content.push(this.#field("linkToAnswer", answer));
    this.#open("share", ...content);
  }

  code(found: Code[]): void {
    if (!found.length) return this.#open("code", element("p", {}, say(this.#language, "noServer")));
    const text = element("code");
    const box = element("pre", { tabindex: "0" }, text);
    const choice = element("select", { id: "code-language" });
    for (const { name } of found) choice.append(element("option", { value: name }, name));
    const show = () => (text.textContent = found.find(({ name }) => name === choice.value)?.text ?? "");
    choice.addEventListener("change", show);
    show();
    const label = element("label", { for: "code-language" }, say(this.#language, "language"));
    const copy = button(say(this.#language, "copy"), () => void this.#copy(text.textContent ?? "", text));
    this.#open(
      "code",
      element("p", {}, say(this.#language, "codeLead")),
      element("p", { class: "row" }, label, choice, copy),
      box,
    );
  }

  keys(): void {
    const keys: [string, Word][] = [
      ["Ctrl+Enter", "keyRun"],
      ["Ctrl+Space", "keyComplete"],
      ["Alt+Enter", "keyFix"],
      ["F8", "keyNext"],
      ["Shift+Alt+F", "keyFormat"],
      ["Ctrl+/", "keyComment"],
      ["Ctrl+F", "keyFind"],
      ["Esc, Tab", "keyLeave"],
      ["← → F2 Del", "keyTabs"],
    ];
    const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
    const list = element("dl", { class: "pairs" });
    for (const [key, word] of keys) {
      const shown = isMac && key !== "Ctrl+Space" ? key.replace("Ctrl+", "⌘ ") : key;
      list.append(element("dt", {}, element("kbd", {}, shown)), element("dd", {}, say(this.#language, word)));
    }
    this.#open("keys", list);
  }

  rename(name: string, done: (name: string) => void): void {
    const input = element("input", { id: "tab-name", value: name, maxlength: "80", autocomplete: "off" });
    const form = element("form", { method: "dialog", class: "field" });
    form.append(
      element("label", { for: "tab-name" }, say(this.#language, "name")),
      input,
      element("button", {}, say(this.#language, "apply")),
    );
    form.addEventListener("submit", () => done(input.value));
    this.#open("rename", form);
    input.select();
  }

  #field(label: Word, value: string): HTMLElement {
    const input = element("input", { id: label, readonly: "", value });
    const copy = button(say(this.#language, "copy"), () => void this.#copy(value, input));
    const line = element("div", { class: "row copying" }, input, copy);
    return element("div", { class: "field" }, element("label", { for: label }, say(this.#language, label)), line);
  }

  async #copy(text: string, shown: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#tell(say(this.#language, "copied"));
    } catch {
      if (shown instanceof HTMLInputElement) shown.select();
      else getSelection()?.selectAllChildren(shown);
      this.#tell(say(this.#language, "notCopied"));
    }
  }

  #open(title: Word, ...content: HTMLElement[]): void {
    const heading = element("h2", { id: "dialog-heading" }, say(this.#language, title));
    const dialog = element("dialog", { class: "dialog", "aria-labelledby": "dialog-heading" }, heading, ...content);
    const close = button(say(this.#language, "close"), () => dialog.close(), { class: "plain" });
    // What is told while the dialog is open must stand in it: all else is inert.
    const said = element("p", { role: "status", class: "told" });
    dialog.append(said, element("p", {}, close));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}

/** Where to tell something: within the dialog that is open, or on the page. */
export function toldIn(page: HTMLElement): HTMLElement {
  return document.querySelector<HTMLElement>("dialog[open] .told") ?? page;
}
