/** Conditions over the fields of an object, in CEL: which records have a value, or lie in a part of time. Pure, so that it
    is tested without a page. */
import type { Json, MetaField } from "../../api/types";
import { joinCel } from "../joinCel";
import { type Bucket, rangeOf } from "./buckets";

type Asked = Pick<MetaField, "name" | "type">;

function literal({ type }: Asked, value: Json): string {
  const text = JSON.stringify(String(value));
  switch (type) {
    case "integer":
    case "rating":
    case "duration":
    case "boolean":
      return String(value);
    case "decimal":
    case "quantity":
    case "rate":
    case "percent":
      return `decimal(${text})`;
    case "date":
      return `date(${text})`;
    case "datetime":
      return `timestamp(${text.length === 12 ? text.replace(/"$/, 'T00:00:00Z"') : text})`;
    default:
      return text;
  }
}

export const isEmpty = (field: Asked): string => `${field.name} == null`;

export const isValue = (field: Asked, value: Json | undefined): string =>
  value === null || value === undefined || value === ""
    ? isEmpty(field)
    : `${field.name} == ${literal(field, value)}`;

export const isSince = (field: Asked, day: string): string => `${field.name} >= ${literal(field, day)}`;
export const isBefore = (field: Asked, day: string): string => `${field.name} < ${literal(field, day)}`;

/** Whether a record counts towards the value of a group. */
export function conditionOf(
  { field, bucket }: { field: Asked | undefined; bucket: Bucket | null },
  value: Json | undefined,
): string | undefined {
  if (!field) return undefined;
  const range = bucket && typeof value === "string" ? rangeOf(bucket, value) : null;
  return range ? `${isSince(field, range.from)} && ${isBefore(field, range.to)}` : isValue(field, value);
}

/** Whether it counts towards the values of several groups at once. */
export const conditionsOf = (
  groups: Parameters<typeof conditionOf>[0][],
  values: (Json | undefined)[],
): string | undefined => joinCel(values.map((value, at) => groups[at] && conditionOf(groups[at], value)));

/** From `from` and before `to`; what has but a beginning or an end is as long as one day. */
export function withinRange(start: Asked, end: Asked | undefined, from: string, to: string): string {
  if (!end) return `${isSince(start, from)} && ${isBefore(start, to)}`;
  const begins = `${isBefore(start, to)} || (${isEmpty(start)} && ${isBefore(end, to)})`;
  const ends = `${isSince(end, from)} || (${isEmpty(end)} && ${isSince(start, from)})`;
  return `(${begins}) && (${ends})`;
}

export const withoutDate = (start: Asked, end: Asked | undefined): string =>
  end ? `${isEmpty(start)} && ${isEmpty(end)}` : isEmpty(start);
