/** Filters that a whole page of tiles shares: each narrows the tiles whose object has its field. */
import type { MetaField, MetaObject } from "../../api/types";
import { today } from "../../ui/format";
import { isBefore, isSince, isValue } from "../figures/conditions";
import { joinCel } from "../joinCel";
import { choicesOf } from "../meta";
import type { Search } from "../useSearch";
import { periodOf } from "../views/period";

const SHARED = new Set(["choice", "link", "boolean", "date", "datetime"]);
const KEY = "for.";

/** Where the address has what a field is narrowed to. */
export const sharedKey = (field: MetaField): string => `${KEY}${field.name}`;

/** A filter that stands there and says nothing yet. */
export const OPEN = "-";
export const isAsked = (value: string | undefined): boolean => Boolean(value) && value !== OPEN;

export const isDated = (field: MetaField): boolean => field.type === "date" || field.type === "datetime";

const alike = (one: MetaField, other: MetaField): boolean => one.type === other.type && one.to === other.to;

/** The fields by which the objects of a page can be narrowed together, those of most objects first. */
export function sharedFields(objects: MetaObject[]): MetaField[] {
  const found = new Map<string, { field: MetaField; times: number }>();
  for (const object of objects) {
    for (const field of object.fields) {
      if (!field.in_filter || field.system || !SHARED.has(field.type)) continue;
      const known = found.get(field.name);
      if (!known) found.set(field.name, { field: { ...field, of: choicesOf(object, field) }, times: 1 });
      else if (alike(known.field, field)) known.times += 1;
    }
  }
  const sorted = [...found.values()].sort(
    (a, b) => b.times - a.times || a.field.label.localeCompare(b.field.label),
  );
  return sorted.map(({ field }) => field);
}

/** What the page is narrowed to, as a condition over one object; and whether all of it is. */
export function sharedFilter(
  object: MetaObject,
  fields: MetaField[],
  search: Search,
): { filter: string | undefined; whole: boolean } {
  const asked = fields.filter((field) => isAsked(search[sharedKey(field)]));
  const own = asked.filter((field) =>
    object.fields.some((one) => one.name === field.name && alike(one, field)),
  );
  const conditions = own.map((field) => {
    const value = search[sharedKey(field)] ?? "";
    if (!isDated(field)) return isValue(field, value);
    const range = periodOf(value, today());
    return range ? `${isSince(field, range.from)} && ${isBefore(field, range.to)}` : undefined;
  });
  return { filter: joinCel(conditions), whole: own.length === asked.length };
}
