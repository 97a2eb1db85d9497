import type { Glossary, Language, Name } from "./client.ts";

type Texts = [local: string, en: string, vi: string, definitionEn: string, definitionVi: string];

/** The glossary as `/api/glossary` sends it and a static site keeps it: lists, for names are many. */
export interface GlossaryDocument {
  prefixes: Record<string, string>;
  classes: [...Texts, parents: string[]][];
  properties: [...Texts, range: string, domain: string[]][];
  concepts: [...Texts, of: string][];
  entities: [of: string, ...[slug: string, label: string, vietnamese?: string][]][];
}

/** The names in it, one by one. */
export function readGlossary(written: GlossaryDocument): Glossary {
  const { prefixes } = written;
  const names: Name[] = [];
  for (const [local, en, vi, definitionEn, definitionVi, parents] of written.classes)
    names.push({ ...term("class", prefixes, local, en, vi, definitionEn, definitionVi), on: parents });
  for (const [local, en, vi, definitionEn, definitionVi, of, on] of written.properties)
    names.push({ ...term("property", prefixes, local, en, vi, definitionEn, definitionVi), of, on });
  for (const [local, en, vi, definitionEn, definitionVi, of] of written.concepts)
    names.push({ ...term("concept", prefixes, local, en, vi, definitionEn, definitionVi), of });
  for (const [of, ...entities] of written.entities)
    for (const [slug, en, vi = en] of entities)
      names.push({ kind: "entity", curie: `id:${slug}`, iri: `${prefixes["id"]}${slug}`, label: { en, vi }, of });
  return { prefixes, names };
}

function term(kind: Name["kind"], prefixes: Record<string, string>, ...texts: Texts): Name {
  const [local, en, vi, definitionEn, definitionVi] = texts;
  const definition: Record<Language, string> = { en: definitionEn, vi: definitionVi };
  return { kind, curie: `asoen:${local}`, iri: `${prefixes["asoen"]}${local}`, label: { en, vi }, definition };
}
