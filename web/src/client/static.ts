import type { Client } from "./client.ts";
import type { Site } from "./connect.ts";

/** Answers in the browser, on a site of static files that `asoen publish` wrote. */
export const StaticClient = {
  async open(where: Site): Promise<Client> {
    throw new Error(`Not there yet: a client for ${where.root}`);
  },
};
