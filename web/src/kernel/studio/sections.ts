/** Arranging a form: fields go from section to section, sections up and down. Pure, so that it is tested without a page. */
import type { JsonObject, MetaObject, MetaSection } from "../../api/types";

export type Section = MetaSection;

/** The sections without this field. */
export const without = (sections: Section[], name: string): Section[] =>
  sections.map((one) => ({ ...one, fields: one.fields.filter((field) => field !== name) }));

/** The field at a place of a section, wherever it was before. */
export function placed(sections: Section[], name: string, section: number, at: number): Section[] {
  const before = sections[section]?.fields.indexOf(name) ?? -1;
  // What goes down within its section leaves its own place to those below.
  const to = before >= 0 && before < at ? at - 1 : at;
  return without(sections, name).map((one, index) =>
    index === section ? { ...one, fields: [...one.fields.slice(0, to), name, ...one.fields.slice(to)] } : one,
  );
}

/** One place up or down; over the edge of its section into the next one. */
export function stepped(sections: Section[], name: string, by: 1 | -1): Section[] {
  const section = sections.findIndex((one) => one.fields.includes(name));
  const here = sections[section];
  if (!here) return sections;
  const at = here.fields.indexOf(name) + by;
  if (at >= 0 && at < here.fields.length) return placed(sections, name, section, by > 0 ? at + 1 : at);
  const next = sections[section + by];
  return next ? placed(sections, name, section + by, by > 0 ? 0 : next.fields.length) : sections;
}

/** Fields that a form may show and that stand in none of the sections. */
export function unplaced(object: MetaObject, sections: Section[]): string[] {
  const named = new Set(sections.flatMap((one) => one.fields));
  const fields = object.fields.filter((field) => !field.system && field.name !== object.states?.field);
  return fields.filter((field) => !named.has(field.name)).map((field) => field.name);
}

/** The view as a manifest says it: empty sections are left out. */
export function formView(sections: Section[]): JsonObject {
  const kept = sections.filter((one) => one.fields.length > 0);
  return {
    kind: "form",
    sections: kept.map(({ label, tab, visible_when, fields }) => ({
      ...(label && { label }),
      ...(tab && { tab }),
      ...(visible_when && { visible_when }),
      fields,
    })),
  };
}
