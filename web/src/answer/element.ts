/** Elements as they are written: what comes from data is only ever text or a plain attribute. */

type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Child = Node | string | null | undefined | false;

/** An element with its attributes and children; an attribute that is `true` is empty, and without a value left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

/** A button that does something. */
export function button(words: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element("button", { type: "button", class: "plain", ...attributes }, words);
  made.addEventListener("click", act);
  return made;
}

/** A choice of one among a few, with its label before it. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, words: string])[],
  chosen: string,
  act: (value: string) => void,
): HTMLElement {
  const select = element("select");
  for (const [value, words] of options) select.append(element("option", { value }, words));
  select.value = chosen;
  select.addEventListener("change", () => act(select.value));
  return labelled(label, select);
}

/** A control with its label before it. */
export function labelled(label: string, control: HTMLElement): HTMLElement {
  control.id = freshId("answer-field");
  return element("div", { class: "answer-choice" }, element("label", { for: control.id }, label), control);
}

let count = 0;

/** A name for the ids of one part of a page. */
export function freshId(what: string): string {
  count += 1;
  return `${what}-${count}`;
}
