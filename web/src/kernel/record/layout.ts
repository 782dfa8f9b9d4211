/** How a form is laid out: which fields stand in which section, and which sections under which tab. */
import type { MetaField, MetaSection } from "../../api/types";

/** A section as a manifest gives it, or one that a dialog makes up. */
export type LaidSection = Pick<MetaSection, "label" | "fields"> &
  Partial<Pick<MetaSection, "tab" | "visible_when">>;

export interface Part {
  label: string | null;
  fields: MetaField[];
}

export interface Tab {
  /** Null is what stands above all tabs. */
  label: string | null;
  parts: Part[];
}

interface Asked {
  fields: MetaField[];
  sections: LaidSection[];
  isShown: (field: MetaField) => boolean;
  /** The truth of a condition over the record. */
  holds: (condition: string) => boolean;
}

/**
 * What is to be seen, tab by tab in the order in which they are first named. Sections without anything to see are left
 * out, and so are tabs without sections; a field stands where it is named first.
 */
export function layOut({ fields, sections, isShown, holds }: Asked): Tab[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const placed = new Set<string>();
  const tabs = new Map<string | null, Tab>();
  for (const section of sections) {
    if (section.visible_when && !holds(section.visible_when)) continue;
    const shown = section.fields
      .filter((name) => !placed.has(name))
      .map((name) => byName.get(name))
      .filter((field) => field !== undefined)
      .filter(isShown);
    if (shown.length === 0) continue;
    for (const field of shown) placed.add(field.name);
    const label = section.tab ?? null;
    const tab = tabs.get(label) ?? { label, parts: [] };
    tab.parts.push({ label: section.label, fields: shown });
    tabs.set(label, tab);
  }
  return [...tabs.values()].sort((a, b) => Number(a.label !== null) - Number(b.label !== null));
}

/** The first tab in which one of these fields stands; errors name `lines/0/quantity` too. */
export function tabOf(tabs: Tab[], paths: string[]): string | null {
  const names = new Set(paths.map((path) => path.split("/")[0]));
  const has = (tab: Tab) => tab.parts.some((part) => part.fields.some((field) => names.has(field.name)));
  return tabs.find((tab) => tab.label !== null && has(tab))?.label ?? null;
}
