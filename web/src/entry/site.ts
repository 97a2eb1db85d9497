// Loaded by every page, which works without it: choice of colours, suggestions beneath boxes that search.
import { site } from "../client/connect.ts";
import { offerThemes } from "../site/theme.ts";

const themes = document.querySelector<HTMLSelectElement>("#colours-of-site");
if (themes) offerThemes(themes);

for (const box of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  const begin = async () => (await import("../site/suggest.ts")).suggest(box);
  if (document.activeElement === box) void begin();
  else box.addEventListener("focus", () => void begin(), { once: true });
}

const { kind, root } = site();
if (kind === "static") void import("../static/page.ts").then(({ beStatic }) => beStatic(root));
