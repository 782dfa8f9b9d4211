/** What is typed but not saved yet, and what of it differs from the record. */
import { useCallback, useMemo, useRef, useState } from "react";
import type { FieldError, Json, JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { keep, keptOf, useKept } from "../../ui/offline";
import { same } from "./merge";
import { sentence } from "./words";

export type Errors = Record<string, string>;

export interface Draft {
  /** The record that the typing began with: it stays while somebody else saves a newer one. */
  base: RecordData;
  values: JsonObject;
  /** The fields that differ from the record, as they are sent. */
  changes: JsonObject;
  dirty: boolean;
  errors: Errors;
  set: (name: string, value: Json) => void;
  /** As it was typed, whether it differs or not. */
  typed: JsonObject;
  setErrors: (errors: Errors) => void;
  reset: () => void;
  /** `sent` is saved: only what was typed since then is left. */
  saved: (sent: JsonObject) => void;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Comparable and sendable form of a value: links as ids, rows without what the server computes. */
export function plain(value: Json | undefined, field: MetaField | undefined): Json {
  if (value === undefined || value === "") return null;
  if (field?.type === "link" && value && typeof value === "object" && !Array.isArray(value))
    return value.id ?? null;
  if (field?.type === "links" && Array.isArray(value))
    return value.map((one) => plain(one, { ...field, type: "link" }));
  // JSON is typed as text.
  if (field?.type === "json" && typeof value === "string") return parsed(value);
  return value;
}

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

/** What of `typed` is not what was sent. */
const since = (typed: JsonObject, sent: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => value !== sent[name]));

const keyOf = (path: string, id: Json | undefined): string => `${path}/${String(id ?? "new")}`;

/** What was typed while a new record was being made is found on its page. */
export function handOver(path: string, id: Json | undefined, typed: JsonObject, sent: JsonObject): void {
  const left = since(typed, sent);
  if (Object.keys(left).length > 0) keep(keyOf(path, id), { typed: left, held: null } satisfies Kept);
}

/** What outlives a reload: what was typed, and the record that it was typed over. */
interface Kept {
  typed: JsonObject;
  held: RecordData | null;
}

export function useDraft(
  object: Pick<MetaObject, "fields" | "path">,
  record: RecordData,
  columnsOf: (field: MetaField) => MetaField[],
): Draft {
  const key = keyOf(object.path, record.id);
  const [kept] = useState(() => keptOf<Kept>(key));
  const [typed, setTyped] = useState<JsonObject>(kept?.typed ?? {});
  const [held, setHeld] = useState<RecordData | null>(kept?.held ?? null);
  const [errors, setErrors] = useState<Errors>({});
  const latest = useRef(record);
  latest.current = record;
  const base = held ?? record;
  const values = useMemo(() => ({ ...base, ...typed }), [base, typed]);
  const changes = useMemo(() => {
    const found: JsonObject = {};
    for (const [name, value] of Object.entries(typed)) {
      const field = object.fields.find((one) => one.name === name);
      if (same(plain(value, field), plain(base[name], field))) continue;
      found[name] = field?.type === "table" ? rowsToSend(value, columnsOf(field)) : plain(value, field);
    }
    return found;
  }, [typed, base, object, columnsOf]);
  const dirty = Object.keys(changes).length > 0;
  useKept(
    key,
    useMemo(() => (dirty ? { typed, held } : null), [dirty, typed, held]),
  );
  // Nothing differs any more from what was, or from what is: a save whose answer was lost has been made all the same.
  const made = Object.keys(changes).every((name) => {
    const field = object.fields.find((one) => one.name === name);
    return field?.type !== "table" && same(changes[name], plain(record[name], field));
  });
  if (held && held !== record && (!dirty || made)) {
    setHeld(null);
    setTyped({});
  }
  const set = useCallback((name: string, value: Json) => {
    setHeld((before) => before ?? latest.current);
    setTyped((before) => ({ ...before, [name]: value }));
    setErrors((before) =>
      Object.fromEntries(
        Object.entries(before).filter(([path]) => path !== name && !path.startsWith(`${name}/`)),
      ),
    );
  }, []);
  const reset = useCallback(() => {
    setHeld(null);
    setTyped({});
    setErrors({});
  }, []);
  const saved = useCallback((sent: JsonObject) => {
    setTyped((before) => since(before, sent));
    setHeld(null);
    setErrors({});
  }, []);
  return { base, values, changes, dirty, errors, typed, set, setErrors, reset, saved };
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

/** What a dialog sends to an action: what was given, rows without what only the page knows. */
export function inputToSend(fields: MetaField[], values: JsonObject): JsonObject {
  const sent: JsonObject = {};
  for (const field of fields) {
    const value = plain(values[field.name], field);
    if (value === null) continue;
    sent[field.name] = field.type === "table" ? rowsToSend(value, field.columns ?? []) : value;
  }
  return sent;
}
