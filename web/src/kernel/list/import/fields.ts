/** What a column may become, by what the object takes. */
import type { Inspection, InspectionMapping, Meta, MetaField, MetaObject } from "../../../api/types";
import { findObject } from "../../meta";

export interface Target {
  value: string;
  label: string;
}

const ADDRESS_PARTS = ["street", "street2", "city", "region", "postal_code", "country"];

/** A field, the parts of an address, and of a link the fields that find a record. */
function targetsOf(meta: Meta, field: MetaField): Target[] {
  const own = { value: field.name, label: field.label };
  const within = (name: string, label: string) => ({
    value: `${field.name}.${name}`,
    label: `${field.label} › ${label}`,
  });
  if (field.type === "address") return ADDRESS_PARTS.map((part) => within(part, part.replaceAll("_", " ")));
  if (field.type !== "link") return [own];
  const linked = findObject(meta, field.to)?.fields.filter(
    (one) => one.search || one.type === "sequence" || one.type === "email",
  );
  return [own, ...(linked ?? []).map((one) => within(one.name, one.label))];
}

/** All targets, also those that were guessed and are not among the usual ones. */
export function importTargets(meta: Meta, object: MetaObject, { columns }: Inspection): Target[] {
  const usual = object.fields
    .filter((field) => !field.computed && !field.readonly && !field.system && field.type !== "table")
    .flatMap((field) => targetsOf(meta, field));
  const id = object.fields.find((field) => field.name === "id");
  const known = [...usual, ...(id ? [{ value: id.name, label: id.label }] : [])];
  const guessed = columns
    .map((column) => column.field)
    .filter((field): field is string => Boolean(field) && !known.some((one) => one.value === field));
  return [...known, ...guessed.map((field) => ({ value: field, label: field }))];
}

/** The field that a column becomes; empty where it is left out. */
export function fieldFor(inspection: Inspection, mapping: InspectionMapping, column: string): string {
  const said = mapping.map[column];
  if (said !== undefined) return said;
  return inspection.columns.find((one) => one.column === column)?.field ?? "";
}
