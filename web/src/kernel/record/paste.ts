/** Text copied from a spreadsheet becomes cells, from the one where it is pasted. */
import type { Json, JsonObject, MetaField } from "../../api/types";
import { decimalSeparator, groupSeparator } from "../../ui/format";
import { isNumeric } from "../meta";
import { defaultsOf } from "./draft";

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
  if (!isNumeric(column)) return text;
  const decimal = text
    .replaceAll(groupSeparator, "")
    .replace(decimalSeparator, ".")
    .replace(/[^\d.-]/g, "");
  return column.type === "integer" ? Number(decimal) : decimal;
}

export async function pasteInto(
  rows: JsonObject[],
  columns: MetaField[],
  isLocked: (column: MetaField) => boolean | undefined,
  at: number,
  column: number,
  text: string,
): Promise<JsonObject[]> {
  const { default: papa } = await import("papaparse");
  const cells = papa.parse<string[]>(text.trimEnd(), { delimiter: "\t" }).data;
  const next = [...rows];
  cells.forEach((line, down) => {
    const row: JsonObject = { ...(next[at + down] ?? defaultsOf(columns)) };
    line.forEach((cell, right) => {
      const target = columns[column + right];
      if (!target || isLocked(target) || target.type === "link" || target.type === "links") return;
      row[target.name] = cellValue(target, cell);
    });
    next[at + down] = row;
  });
  return next;
}
