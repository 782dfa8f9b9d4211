/** What is typed but not saved yet, and what of it differs from the record. */
import { useCallback, useMemo, useState } from "react";
import type { FieldError, Json, JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { sentence } from "./words";

export type Errors = Record<string, string>;

export interface Draft {
  values: JsonObject;
  /** The fields that differ from the record, as they are sent. */
  changes: JsonObject;
  dirty: boolean;
  errors: Errors;
  set: (name: string, value: Json) => void;
  setErrors: (errors: Errors) => void;
  reset: () => void;
}

/** Comparable and sendable form of a value: links as ids, rows without what the server computes. */
export function plain(value: Json | undefined, field: MetaField | undefined): Json {
  if (value === undefined || value === "") return null;
  if (field?.type === "link" && value && typeof value === "object" && !Array.isArray(value))
    return value.id ?? null;
  if (field?.type === "links" && Array.isArray(value))
    return value.map((one) => plain(one, { ...field, type: "link" }));
  return value;
}

const same = (left: Json, right: Json): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Child rows as they are sent: `id` and what may be written. */
export function rowsToSend(rows: Json, columns: MetaField[]): Json {
  if (!Array.isArray(rows)) return [];
  return rows.map((row) => {
    if (!row || typeof row !== "object" || Array.isArray(row)) return row;
    const sent: JsonObject = {};
    if (typeof row.id === "string") sent.id = row.id;
    for (const column of columns) {
      if (column.readonly || column.computed || !(column.name in row)) continue;
      sent[column.name] = plain(row[column.name], column);
    }
    return sent;
  });
}

/** Values a new record starts with. */
export function defaultsOf(fields: MetaField[]): JsonObject {
  const values: JsonObject = {};
  for (const field of fields) {
    const given = field.default;
    if (given === null || given === undefined || field.readonly || field.computed) continue;
    values[field.name] = given;
  }
  return values;
}

export function useDraft(
  object: Pick<MetaObject, "fields">,
  record: RecordData,
  columnsOf: (field: MetaField) => MetaField[],
): Draft {
  const [typed, setTyped] = useState<JsonObject>({});
  const [errors, setErrors] = useState<Errors>({});
  const values = useMemo(() => ({ ...record, ...typed }), [record, typed]);
  const changes = useMemo(() => {
    const found: JsonObject = {};
    for (const [name, value] of Object.entries(typed)) {
      const field = object.fields.find((one) => one.name === name);
      if (same(plain(value, field), plain(record[name], field))) continue;
      found[name] = field?.type === "table" ? rowsToSend(value, columnsOf(field)) : plain(value, field);
    }
    return found;
  }, [typed, record, object, columnsOf]);
  const set = useCallback((name: string, value: Json) => {
    setTyped((before) => ({ ...before, [name]: value }));
    setErrors((before) =>
      Object.fromEntries(
        Object.entries(before).filter(([path]) => path !== name && !path.startsWith(`${name}/`)),
      ),
    );
  }, []);
  const reset = useCallback(() => {
    setTyped({});
    setErrors({});
  }, []);
  return { values, changes, dirty: Object.keys(changes).length > 0, errors, set, setErrors, reset };
}

/** Server errors by field, and those that no field on the form can show. */
export function splitErrors(problems: FieldError[], shown: (field: string) => boolean): [Errors, string[]] {
  const errors: Errors = {};
  const rest: string[] = [];
  for (const { field, message } of problems) {
    const name = field?.replace(/^\//, "").replace(/\.(?=\d|[a-z_])/g, "/");
    if (name && shown(name.split("/")[0] ?? name))
      errors[name] = errors[name] ? `${errors[name]} ${message}` : message;
    else rest.push(sentence(name ? name.replaceAll(/[_/]/g, " ") : "", message).trim());
  }
  return [errors, rest];
}
