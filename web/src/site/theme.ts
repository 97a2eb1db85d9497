const KEPT = "theme";

/** Lets a reader choose colours, and remembers them; `theme.js` has applied them before the page was painted. */
export function offerThemes(select: HTMLSelectElement): void {
  const page = document.documentElement;
  select.value = page.dataset["theme"] ?? "";
  select.addEventListener("change", () => choose(select.value));
  // Other tabs of the same site follow.
  window.addEventListener("storage", (event) => {
    if (event.key === KEPT) show((select.value = event.newValue ?? ""));
  });

  function choose(theme: string): void {
    show(theme);
    try {
      if (theme) localStorage.setItem(KEPT, theme);
      else localStorage.removeItem(KEPT);
    } catch {
      // It holds for this page then.
    }
  }

  function show(theme: string): void {
    if (theme) page.dataset["theme"] = theme;
    else delete page.dataset["theme"];
  }
}
