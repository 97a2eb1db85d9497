/** The queries someone has open, kept in the browser. What is written is never thrown away for want of room. */

export interface Tab {
  id: string;
  name: string;
  text: string;
  /** The view the catalogue recommends for what the tab began as. */
  view?: string;
}

export interface Desk {
  tabs: Tab[];
  active: string;
  /** Those that were closed, the last one last. */
  closed: Tab[];
}

const MOST_CLOSED = 20;

type Keep = Pick<Storage, "getItem" | "setItem">;

/** What is open now, and every change to it. `storage` is `undefined` where the browser lets nothing be kept. */
export class Tabs {
  #desk: Desk;
  readonly #storage: Keep | undefined;
  readonly #key: string;
  readonly #name: (number: number) => string;
  /** Whether the last attempt to keep the tabs succeeded. */
  isKept = true;

  constructor(storage: Keep | undefined, key: string, name: (number: number) => string, first: string) {
    this.#storage = storage;
    this.#key = key;
    this.#name = name;
    this.#desk = this.#read() ?? { tabs: [], active: "", closed: [] };
    if (!this.#desk.tabs.length) this.open(first);
    if (!this.#desk.tabs.some(({ id }) => id === this.#desk.active)) this.#desk.active = this.#desk.tabs[0]?.id ?? "";
  }

  get all(): readonly Tab[] {
    return this.#desk.tabs;
  }

  get active(): Tab {
    const found = this.#desk.tabs.find(({ id }) => id === this.#desk.active) ?? this.#desk.tabs[0];
    if (!found) throw new Error("There is always a tab");
    return found;
  }

  get hasClosed(): boolean {
    return this.#desk.closed.length > 0;
  }

  /**
   * A new tab, which is then the active one. One with the same text is shown instead of a second, and an active one that
   * is empty is used.
   */
  open(text: string, name = "", view?: string): Tab {
    const blank = this.#desk.tabs.find((tab) => tab.id === this.#desk.active && text && !tab.text.trim());
    if (blank) Object.assign(blank, { text, name: name || blank.name }, view && { view });
    const same = blank ?? this.#desk.tabs.find((tab) => tab.text === text && (!name || tab.name === name));
    const tab = same ?? { id: fresh(), name: name || this.#free(), text, ...(view && { view }) };
    if (!same) this.#desk.tabs.push(tab);
    this.#desk.active = tab.id;
    this.keep();
    return tab;
  }

  select(id: string): void {
    if (this.#desk.tabs.some((tab) => tab.id === id)) this.#desk.active = id;
    this.keep();
  }

  /** What stands in the active tab now; it is kept when `keep` is called. */
  write(text: string): void {
    this.active.text = text;
  }

  rename(name: string): void {
    const plain = name.trim();
    if (plain) this.active.name = plain;
    this.keep();
  }

  /** Closes the active tab; the last one leaves an empty one behind. */
  close(): void {
    const { tabs, closed } = this.#desk;
    const place = tabs.indexOf(this.active);
    const [gone] = tabs.splice(place, 1);
    if (gone?.text.trim()) closed.push(gone);
    closed.splice(0, closed.length - MOST_CLOSED);
    if (!tabs.length) this.open("");
    this.#desk.active = (tabs[place] ?? tabs[place - 1] ?? tabs[0])?.id ?? "";
    this.keep();
  }

  reopen(): void {
    const tab = this.#desk.closed.pop();
    if (!tab) return;
    this.#desk.tabs.push(tab);
    this.#desk.active = tab.id;
    this.keep();
  }

  /** Write all down. Tabs that another window opened meanwhile stay. */
  keep(): boolean {
    const known = new Set([...this.#desk.tabs, ...this.#desk.closed].map(({ id }) => id));
    const others = (this.#read()?.tabs ?? []).filter(({ id }) => !known.has(id) && !this.#seen.has(id));
    for (const { id } of [...this.#desk.tabs, ...this.#desk.closed]) this.#seen.add(id);
    try {
      this.#storage?.setItem(this.#key, JSON.stringify({ ...this.#desk, tabs: [...this.#desk.tabs, ...others] }));
      this.isKept = this.#storage !== undefined;
    } catch {
      this.isKept = false;
    }
    return this.isKept;
  }

  /** Every tab this window ever had: one of them that it has no more was closed here. */
  readonly #seen = new Set<string>();

  #read(): Desk | undefined {
    try {
      const read: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
      return isDesk(read) ? read : undefined;
    } catch {
      return undefined;
    }
  }

  #free(): string {
    const taken = new Set(this.#desk.tabs.map(({ name }) => name));
    let number = 1;
    while (taken.has(this.#name(number))) number++;
    return this.#name(number);
  }
}

function isDesk(read: unknown): read is Desk {
  if (typeof read !== "object" || read === null) return false;
  const { tabs, closed, active } = read as Partial<Desk>;
  return typeof active === "string" && areTabs(tabs) && areTabs(closed);
}

function areTabs(read: unknown): read is Tab[] {
  return (
    Array.isArray(read) &&
    read.every(
      (tab: Partial<Tab> | null) =>
        typeof tab?.id === "string" && typeof tab.name === "string" && typeof tab.text === "string",
    )
  );
}

/** `crypto.randomUUID` is only there on HTTPS. */
function fresh(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}
