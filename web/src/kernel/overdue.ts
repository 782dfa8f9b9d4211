/** What is late: a date that has passed while its field's condition `due_when` holds. */
import type { MetaField, MetaObject, RecordData } from "../api/types";
import { today } from "../ui/format";
import { holds } from "./cel";

export function isLate(object: MetaObject, field: MetaField, record: RecordData): boolean {
  const value = record[field.name];
  if (!field.due_when || typeof value !== "string" || !value) return false;
  const past = field.type === "datetime" ? Date.parse(value) < Date.now() : value < today();
  return past && holds(field.due_when, object.fields, record, false);
}
