/** Figures of an object in words: groups and measures as `aggregate` takes them, and what they are called. */
import type { Json, MetaField, MetaObject } from "../../api/types";
import { locale } from "../../messages/language";
import { t } from "../../messages/t";
import { formatDate } from "../../ui/format";
import { choicesOf, fieldOf, isNumeric } from "../meta";
import { BUCKETS, type Bucket, bucketWords, isBucket } from "./buckets";

/** What is figured out unless something else is asked for. */
export const COUNT = "count()";

/** The names of a list such as `stage,month(due)`. */
export const namesOf = (list: string | null | undefined): string[] =>
  (list ?? "").split(",").flatMap((name) => name.trim() || []);

/** `sum(amount)` as its two parts; a bare name is a field. */
function partsOf(text: string): { call: string | null; name: string } {
  const [, call, name] = /^(\w+)\((\w*)\)$/.exec(text) ?? [];
  return call === undefined ? { call: null, name: text } : { call, name: name ?? "" };
}

/** What a measure is called and of which type it is; its key in the answer is the measure as it was asked. */
export function measureOf(object: MetaObject, measure: string | null | undefined): MetaField {
  const text = measure ?? COUNT;
  const { call, name } = partsOf(text);
  const field = fieldOf(object, name);
  if (!field) return { name: text, label: object.plural, type: "integer" };
  const whole = call === "avg" && field.type === "integer";
  return { name: text, label: field.label, type: whole ? "decimal" : field.type, unit: field.unit };
}

/** A measure as a choice among others: "Amount, average". */
export function measureLabel(object: MetaObject, measure: string): string {
  const { call, name } = partsOf(measure);
  const field = fieldOf(object, name);
  if (!field) return t("figures.count");
  const kind = call === "avg" || call === "min" || call === "max" ? call : "sum";
  return t(`figures.${kind}`, { name: field.label });
}

export interface Group extends MetaField {
  /** The field that is grouped by. */
  field: MetaField | undefined;
  bucket: Bucket | null;
}

/** What figures are told apart by: a field, or the bucket of a date. */
export function groupOf(object: MetaObject, group: string): Group {
  const { call, name } = partsOf(group);
  const field = fieldOf(object, name);
  const bucket = isBucket(call) ? call : null;
  if (!field) return { name: group, label: group, type: "text", field, bucket };
  if (bucket) return { name: group, label: field.label, type: "text", field, bucket };
  const { label, type, to } = field;
  return { name: group, label, type, to, of: choicesOf(object, field), field, bucket };
}

/** A group as a choice among others: "Due, by month". */
export function groupLabel(object: MetaObject, group: string): string {
  const { label, bucket } = groupOf(object, group);
  return bucket ? t(`figures.by.${bucket}`, { name: label }) : label;
}

/** What a value of a group is called; a link needs its title, which somebody else must know. */
export function groupWords(group: Group, value: Json | undefined, title?: string | null): string {
  if (value === null || value === undefined || value === "") return t("figures.none");
  if (group.bucket) return bucketWords(group.bucket, String(value), locale);
  if (group.type === "link") return title ?? t("link.hidden");
  if (group.type === "boolean") return value ? t("yes") : t("no");
  if (group.type === "date" || group.type === "datetime") return formatDate(String(value));
  return group.of?.find((choice) => choice.value === value)?.label ?? String(value);
}

const GROUPED = new Set(["choice", "link", "boolean", "date", "datetime", "integer", "rating", "text"]);

/** What an object's figures can be told apart by. */
export function groupsOf(object: MetaObject): string[] {
  return object.fields
    .filter(
      (field) => field.sortable && !field.system && GROUPED.has(field.type) && field.name !== object.title,
    )
    .flatMap(({ name, type }) =>
      type === "date" || type === "datetime" ? BUCKETS.map((bucket) => `${bucket}(${name})`) : [name],
    );
}

/** What can be figured out of an object. */
export function measuresOf(object: MetaObject): string[] {
  const numbers = object.fields.filter((field) => field.sortable && !field.system && isNumeric(field));
  const adds = ({ type }: MetaField) => type !== "percent" && type !== "rate" && type !== "rating";
  return [
    COUNT,
    ...numbers.filter(adds).map(({ name }) => `sum(${name})`),
    ...numbers.flatMap(({ name }) => [`avg(${name})`, `min(${name})`, `max(${name})`]),
  ];
}

/** Values of a group as they stand beside each other: states and choices as declared, time as it passes, the rest by its
    words, and what has none last. */
export function inOrder(group: Pick<MetaField, "of" | "type"> & { bucket?: Bucket | null }) {
  const places = new Map((group.of ?? []).map((choice, at) => [choice.value, at]));
  const timed = group.bucket || ["date", "datetime", "integer", "rating"].includes(group.type);
  return (a: { value: Json; words: string }, b: { value: Json; words: string }): number => {
    const none = (value: Json) => Number(value === null || value === "");
    if (none(a.value) || none(b.value)) return none(a.value) - none(b.value);
    if (places.size > 0) {
      const place = (value: Json) => places.get(String(value)) ?? places.size;
      return place(a.value) - place(b.value);
    }
    if (timed) return String(a.value).localeCompare(String(b.value), "en", { numeric: true });
    return a.words.localeCompare(b.words);
  };
}
