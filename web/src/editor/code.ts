/**
 * The box that queries are written in: CodeMirror within a shadow root, where its styles are constructed sheets, which
 * the policy of the pages allows.
 */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import type { Diagnostic } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import type { Language, Name } from "../client/client.ts";
import type { Completer, Suggestion } from "./completion.ts";
import { element } from "./element.ts";
import { PHRASES } from "./phrases.ts";
import { tokenize } from "./tokens.ts";
import { say } from "./words.ts";

export interface CodeEvents {
  changed(text: string): void;
  /** The cursor is on another term, or on none. */
  atTerm(name: Name | undefined): void;
  run(): void;
  format(): void;
  repair(): void;
}

/** A place that is marked, with what is said of it. */
export interface Mark {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
  actions: { name: string; apply: () => void }[];
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent-strong)", fontWeight: "600" },
  { tag: [tags.variableName], color: "var(--link)" },
  { tag: [tags.string, tags.annotation], color: "var(--warning)" },
  { tag: [tags.number, tags.bool, tags.integer, tags.float], color: "var(--error)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--link-visited)" },
  { tag: tags.comment, color: "var(--text-quiet)", fontStyle: "italic" },
]);

const LOOK = EditorView.theme({
  "&": {
    color: "var(--text)",
    backgroundColor: "var(--ground)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    fontSize: "0.9375rem",
  },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: "var(--font-code)",
    lineHeight: "1.5",
    maxHeight: "min(60vh, 40rem)",
    overflow: "auto",
  },
  ".cm-content": { minHeight: "14em", caretColor: "var(--text)" },
  ".cm-gutters": {
    color: "var(--text-quiet)",
    backgroundColor: "var(--ground-raised)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--accent-ground)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--mark)",
    outline: "1px solid var(--line-strong)",
  },
  ".cm-tooltip, .cm-panels": {
    color: "var(--text)",
    backgroundColor: "var(--ground-raised)",
    border: "1px solid var(--line-strong)",
  },
  ".cm-tooltip": {
    borderRadius: "var(--radius)",
    maxWidth: "min(36rem, 92vw)",
    fontFamily: "var(--font)",
    fontSize: "0.875rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font)",
    maxHeight: "18em",
    maxWidth: "min(40rem, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: "0.2rem 0.5rem",
    lineHeight: "1.4",
    whiteSpace: "normal",
    minHeight: "1.5rem",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionLabel": { fontFamily: "var(--font-code)" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "0.75em", color: "var(--text-quiet)" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--on-accent)" },
  ".cm-completionInfo": { padding: "0.5rem 0.75rem", maxWidth: "22rem" },
  ".cm-about": { padding: "0.4rem 0.6rem", maxWidth: "34rem" },
  ".cm-about p": { margin: "0.2rem 0" },
  ".cm-diagnostic": { padding: "0.4rem 0.6rem" },
  ".cm-diagnosticAction": {
    color: "var(--on-accent)",
    backgroundColor: "var(--accent)",
    borderRadius: "var(--radius)",
    padding: "0.25rem 0.6rem",
    minHeight: "1.5rem",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--error) 1.5px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--warning) 1.5px",
    textUnderlineOffset: "3px",
  },
  ".cm-panel input, .cm-panel button": {
    font: "inherit",
    color: "inherit",
    background: "var(--ground)",
    border: "1px solid var(--line-strong)",
    minHeight: "1.75rem",
  },
  ".cm-panel.cm-search label": { fontSize: "inherit" },
});

/**
 * What is typed over a selection goes past the browser: Chromium would give it the looks of what it replaces, as an
 * inline style, which the policy of the pages forbids.
 */
function typedOver(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main;
  if (event.inputType !== "insertText" || !event.data || empty || event.isComposing) return false;
  event.preventDefault();
  const text = event.data;
  const plain = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, plain)))
    view.dispatch(plain());
  return true;
}

const SHEET = `
.hint { margin: 0.25rem 0 0; font-size: var(--tiny); color: var(--text-quiet); }
.cm-content ::selection, .cm-content::selection { background: Highlight; color: HighlightText; }
`;

export class CodeBox {
  readonly #view: EditorView;
  readonly #language: Language;
  readonly #events: CodeEvents;
  readonly #states = new Map<string, EditorState>();
  #tab = "";
  #completer: Completer | undefined;
  #silent = false;

  constructor(host: HTMLElement, language: Language, events: CodeEvents) {
    this.#language = language;
    this.#events = events;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    const box = element("div");
    root.append(box, element("p", { id: "hint", class: "hint" }, say(language, "leave")));
    this.#view = new EditorView({ parent: box, root, state: this.#fresh("") });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Names are completed as soon as they are known, also the one that is being written by then. */
  set completer(completer: Completer) {
    this.#completer = completer;
    const { head, empty } = this.#view.state.selection.main;
    if (this.#view.hasFocus && empty && /[\p{L}:]/u.test(this.text.charAt(head - 1))) startCompletion(this.#view);
  }

  /** Show the text of a tab, with what was undone and where the cursor was. */
  show(tab: string, text: string): void {
    if (this.#tab) this.#states.set(this.#tab, this.#view.state);
    this.#tab = tab;
    const state = this.#states.get(tab);
    this.#silent = true;
    this.#view.setState(state?.doc.toString() === text ? state : this.#fresh(text));
    this.#silent = false;
  }

  focus(): void {
    this.#view.focus();
  }

  /** Put another text in place of this one; only what differs changes, so the cursor stays where it is. */
  replace(text: string): void {
    const now = this.text;
    let start = 0;
    while (start < now.length && start < text.length && now[start] === text[start]) start++;
    let end = 0;
    while (end < Math.min(now.length, text.length) - start && now.at(-1 - end) === text.at(-1 - end)) end++;
    const changes = { from: start, to: now.length - end, insert: text.slice(start, text.length - end) };
    this.#view.dispatch({ changes, userEvent: "input" });
  }

  goTo(position: number): void {
    this.#view.dispatch({
      selection: { anchor: Math.min(position, this.#view.state.doc.length) },
      scrollIntoView: true,
    });
    this.#view.focus();
  }

  mark(marks: Mark[]): void {
    const diagnostics: Diagnostic[] = marks.map((mark) => ({
      ...mark,
      actions: mark.actions.map(({ name, apply }) => ({ name, apply: () => apply() })),
    }));
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  #fresh(doc: string): EditorState {
    return EditorState.create({ doc, extensions: this.#extensions() });
  }

  #extensions(): Extension[] {
    const { run, format, repair } = this.#events;
    const does = (act: () => void) => () => (act(), true);
    return [
      keymap.of([
        { key: "Mod-Enter", run: does(run) },
        { key: "Shift-Alt-f", run: does(format) },
        { key: "Alt-Enter", run: does(repair) },
        { key: "Tab", run: acceptCompletion },
      ]),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap]),
      keymap.of([...defaultKeymap, indentWithTab]),
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      indentUnit.of("  "),
      EditorView.lineWrapping,
      sparql(),
      syntaxHighlighting(COLOURS),
      LOOK,
      search({ top: true }),
      lintGutter(),
      autocompletion({ override: [(context) => this.#complete(context)], icons: false, maxRenderedOptions: 60 }),
      hoverTooltip((view, position) => this.#about(position)),
      EditorState.phrases.of(PHRASES[this.#language]),
      EditorView.contentAttributes.of({
        "aria-label": say(this.#language, "label"),
        "aria-describedby": "hint",
        spellcheck: "false",
      }),
      EditorView.domEventHandlers({ beforeinput: typedOver }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#silent) this.#events.changed(this.text);
        if (update.selectionSet || update.docChanged)
          this.#events.atTerm(this.#termAt(update.state.selection.main.head)?.name);
      }),
    ];
  }

  #complete(context: CompletionContext): CompletionResult | null {
    if (!this.#completer) return null;
    const found = this.#completer.suggest(context.state.doc.toString(), context.pos, this.#language, context.explicit);
    if (!found) return null;
    return { from: found.from, options: found.items.map((item) => this.#option(item)), filter: false };
  }

  #option({ kind, insert, label, definition }: Suggestion): Completion {
    const isName = kind === "class" || kind === "property" || kind === "concept" || kind === "entity";
    const detail = isName ? ` ${label} · ${say(this.#language, kind)}` : "";
    return {
      label: insert,
      type: kind,
      ...(detail && { detail }),
      ...(definition && { info: () => element("p", {}, definition) }),
    };
  }

  #about(position: number) {
    const found = this.#termAt(position);
    if (!found) return null;
    const { name, from, to } = found;
    const create = () => {
      const title = element(
        "p",
        {},
        element("strong", {}, name.label[this.#language]),
        ` · ${say(this.#language, name.kind)}`,
      );
      const dom = element("div", { class: "cm-about" }, title, element("p", {}, element("code", {}, name.curie)));
      if (name.definition) dom.append(element("p", {}, name.definition[this.#language]));
      return { dom };
    };
    return { pos: from, end: to, above: true, create };
  }

  #termAt(position: number): { name: Name; from: number; to: number } | undefined {
    const line = this.#view?.state.doc.lineAt(position);
    if (!line) return undefined;
    for (const { text, start, end } of tokenize(line.text)) {
      const [from, to] = [line.from + start, line.from + end];
      const name = from <= position && position <= to ? this.#completer?.name(text) : undefined;
      if (name) return { name, from, to };
    }
    return undefined;
  }
}
