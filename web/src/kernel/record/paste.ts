/** Text copied from a spreadsheet becomes cells, from the one where it is pasted; links are found by their titles. */
import { get } from "../../api/http";
import type { Json, JsonObject, ListReply, Meta, MetaField, MetaObject } from "../../api/types";
import { decimalSeparator, groupSeparator } from "../../ui/format";
import { findObject, isNumeric, titleOf } from "../meta";
import { defaultsOf } from "./draft";

interface Sheet {
  meta: Meta;
  rows: JsonObject[];
  columns: MetaField[];
  isLocked: (column: MetaField) => boolean | undefined;
}

interface Pasted {
  rows: JsonObject[];
  /** Words that no record is called by. */
  missed: string[];
}

function cellValue(column: MetaField, cell: string): Json {
  const text = cell.trim();
  if (!text) return null;
  if (column.type === "boolean") return /^(1|true|yes|x)$/i.test(text);
  if (column.type === "choice") {
    const match = column.of?.find((choice) =>
      [choice.value, choice.label].some((one) => one.toLowerCase() === text.toLowerCase()),
    );
    return match?.value ?? text;
  }
  if (column.type === "tags" || column.type === "choices") {
    return text
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean);
  }
  if (!isNumeric(column) || column.type === "duration") return text;
  const decimal = text
    .replaceAll(groupSeparator, "")
    .replace(decimalSeparator, ".")
    .replace(/[^\d.-]/g, "");
  return column.type === "integer" ? Number(decimal) : decimal;
}

const FOUND = 20;

/** The record that is called so: by its title, or by another text that it is searched by, such as a code. */
async function recordCalled(target: MetaObject, words: string): Promise<string | null> {
  const title = target.fields.find((field) => field.name === target.title);
  const searchable = target.fields.some((field) => field.search);
  const { data } = await get<ListReply>(target.path, {
    q: searchable ? words : undefined,
    filter: searchable || !title ? undefined : `${title.name}.icontains(${JSON.stringify(words)})`,
    limit: FOUND,
  });
  const says = (value: Json | undefined) =>
    typeof value === "string" && value.toLowerCase() === words.toLowerCase();
  const exact = data.filter((record) => says(titleOf(target, record)));
  const other = data.filter((record) =>
    target.fields.some((field) => field.search && says(record[field.name])),
  );
  const [only, second] = exact.length > 0 ? exact : other;
  return only && !second ? String(only.id) : null;
}

export async function pasteInto(
  { meta, rows, columns, isLocked }: Sheet,
  at: number,
  column: number,
  text: string,
): Promise<Pasted> {
  const { default: papa } = await import("papaparse");
  const cells = papa.parse<string[]>(text.trimEnd(), { delimiter: "\t" }).data;
  const asked = new Map<string, Promise<string | null>>();
  const missed = new Set<string>();
  const find = async (target: MetaObject, words: string) => {
    const key = `${target.path} ${words}`;
    const found = asked.get(key) ?? recordCalled(target, words).catch(() => null);
    asked.set(key, found);
    const id = await found;
    if (id === null) missed.add(words);
    return id;
  };
  const pasted = async (target: MetaField, cell: string): Promise<Json> => {
    const object = findObject(meta, target.to);
    const words = cell.trim();
    if (target.type === "link") return object && words ? find(object, words) : null;
    if (target.type !== "links") return cellValue(target, cell);
    const names = words.split(",").map((one) => one.trim());
    const ids = await Promise.all(names.filter(Boolean).map((one) => (object ? find(object, one) : null)));
    return ids.filter((id) => id !== null);
  };
  const next = [...rows];
  await Promise.all(
    cells.map(async (line, down) => {
      const row: JsonObject = { ...(next[at + down] ?? defaultsOf(columns)) };
      next[at + down] = row;
      await Promise.all(
        line.map(async (cell, right) => {
          const target = columns[column + right];
          if (target && !isLocked(target)) row[target.name] = await pasted(target, cell);
        }),
      );
    }),
  );
  return { rows: next, missed: [...missed] };
}
