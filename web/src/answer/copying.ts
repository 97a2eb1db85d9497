/** Copying to the clipboard, and saving as a file. */

import type { Ground } from "./ground.ts";
import { say } from "./words.ts";

/** Copies a text and says whether it went. */
export async function copy(text: string, { announce, language }: Pick<Ground, "announce" | "language">): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(say(language, "copied"));
  } catch {
    announce(say(language, "notCopied"));
  }
}

/** Lets the browser save something under a name. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser may still be reading it when the click returns.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
