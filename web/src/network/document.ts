/** A network with its evidence, as `/api/networks/{name}.json` gives it. */
export interface NetworkDocument {
  title: string;
  nodes: unknown[];
  links: unknown[];
}
