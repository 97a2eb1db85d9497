/** The catalogue beside the editor: found by any word of title or description, opened in a tab of its own. */
import type { Language } from "../client/client.ts";
import { fold } from "./completion.ts";
import { element } from "./element.ts";
import { say } from "./words.ts";

/** Makes the list of links that the page has searchable; `open` is told the name of the query that is chosen. */
export function enhanceExamples(
  host: HTMLElement,
  language: Language,
  open: (name: string, title: string) => void,
): void {
  const items = [...host.querySelectorAll<HTMLElement>("li")].map((item) => ({
    item,
    text: fold(item.textContent ?? ""),
  }));
  const input = element("input", { type: "search", id: "find-example", autocomplete: "off" });
  const count = element("span", { class: "quiet", role: "status" });
  const label = element("label", { for: "find-example" }, say(language, "find"));
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) found++;
    }
    for (const group of host.querySelectorAll<HTMLElement>("section"))
      group.hidden = !group.querySelector("li:not([hidden])");
    count.textContent = words.length ? say(language, "found", found) : "";
  });
  host.querySelector("h2")?.after(element("div", { class: "field" }, label, input, count));
  host.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-name]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link.dataset["name"] ?? "", link.textContent ?? "");
  });
}
