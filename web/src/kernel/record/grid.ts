/** Cells of child rows as a sheet has them: where a key leads, what a range holds, and how it is filled. */
import type { Json, JsonObject } from "../../api/types";

/** Row and column, from 0. */
export type Cell = readonly [row: number, column: number];

export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export const rangeOf = ([row, column]: Cell, [otherRow, otherColumn]: Cell): Range => ({
  top: Math.min(row, otherRow),
  bottom: Math.max(row, otherRow),
  left: Math.min(column, otherColumn),
  right: Math.max(column, otherColumn),
});

export const isIn = ({ top, bottom, left, right }: Range, [row, column]: Cell): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

const STEPS: Record<string, Cell> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cell that an arrow leads to; the same at the edge. */
export function step([row, column]: Cell, key: string, rows: number, columns: number): Cell {
  const [down, right] = STEPS[key] ?? [0, 0];
  const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));
  return [within(row + down, rows), within(column + right, columns)];
}

/** The rows with the cells of `range` below its first row as in that row; `names` are those that may be written. */
export function fillDown(rows: JsonObject[], range: Range, names: (string | null)[]): JsonObject[] {
  const source = rows[range.top];
  if (!source) return rows;
  return rows.map((row, at) => {
    if (at <= range.top || at > range.bottom) return row;
    const filled: JsonObject = { ...row };
    for (const name of names.slice(range.left, range.right + 1))
      if (name) filled[name] = source[name] ?? null;
    return filled;
  });
}

/** The rows with nothing in the cells of `range` that may be written. */
export function emptied(rows: JsonObject[], range: Range, names: (string | null)[]): JsonObject[] {
  return rows.map((row, at) => {
    if (at < range.top || at > range.bottom) return row;
    const blank = names.slice(range.left, range.right + 1).filter((name) => name !== null);
    return { ...row, ...Object.fromEntries(blank.map((name) => [name, null])) };
  });
}

/** The rows with the one at `from` moved by `by` places. */
export function moved(rows: JsonObject[], from: number, by: number): JsonObject[] {
  const to = Math.max(0, Math.min(rows.length - 1, from + by));
  const row = rows[from];
  if (!row || to === from) return rows;
  const rest = rows.filter((_, at) => at !== from);
  return [...rest.slice(0, to), row, ...rest.slice(to)];
}

/** The cells of `range` as a spreadsheet takes them. */
export function asText(
  rows: JsonObject[],
  range: Range,
  words: (row: JsonObject, column: number) => string,
): string {
  const quoted = (text: string) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows
    .slice(range.top, range.bottom + 1)
    .map((row) => {
      const cells: string[] = [];
      for (let column = range.left; column <= range.right; column++) cells.push(quoted(words(row, column)));
      return cells.join("\t");
    })
    .join("\n");
}

/** A value as a cell of a spreadsheet: an amount without its currency. */
export function plainText(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(plainText).join(", ");
  if (typeof value === "object") return plainText(value.amount ?? value.name ?? value.title ?? value.id);
  return String(value);
}
