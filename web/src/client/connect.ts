import type { Client } from "./client.ts";

/** What the page says of the site it is on, in attributes of its `<html>`. */
export interface Site {
  kind: "server" | "static";
  /** Where the site begins, with a slash at the end, absolute: `https://example.org/asoen/`. */
  root: string;
  /** The version of the release. */
  release: string;
}

export function site(): Site {
  const { site: kind = "server", root = "/", release = "" } = document.documentElement.dataset;
  return { kind: kind === "static" ? "static" : "server", root: new URL(root, document.baseURI).href, release };
}

let connected: Promise<Client> | undefined;

/** The one client of this page. Each implementation is loaded when it is first needed. */
export function connect(): Promise<Client> {
  connected ??= open(site());
  return connected;
}

async function open(where: Site): Promise<Client> {
  if (where.kind === "static") {
    const { StaticClient } = await import("./static.ts");
    return StaticClient.open(where);
  }
  const { ServerClient } = await import("./server.ts");
  return new ServerClient(where);
}
