/** Rows of grouped figures as a table of two sides. Pure, so that Node tests it. */
import type { Json, JsonObject } from "../../api/types";

/** What a figure was asked for with: its groups, and the rows that were answered. */
export interface Answer {
  rows: string[];
  columns: string[];
  data: JsonObject[];
}

export type Path = Json[];
const keyOf = (rows: Path, columns: Path, measure: string): string =>
  JSON.stringify([rows, columns, measure]);

/** The questions of a pivot: every depth of its rows, with its columns and without, for the totals. */
export function questionsOf(rows: string[], columns: string[]): { rows: string[]; columns: string[] }[] {
  const depths = Array.from({ length: rows.length + 1 }, (_, depth) => rows.slice(0, depth));
  const sides = columns.length > 0 ? [[], columns] : [[]];
  return depths.flatMap((prefix) => sides.map((side) => ({ rows: prefix, columns: side })));
}

export interface Cells {
  /** The figures where a row and a column meet: money has one for each currency. */
  of: (rows: Path, columns: Path, measure: string) => Json[];
  /** The values that stand below `path` on a side. */
  below: (side: "rows" | "columns", path: Path) => Json[];
}

/** Adds whole numbers, so that a count over several currencies is one. */
const isCount = (measure: string): boolean => measure === "count()";

export function cellsOf(answers: Answer[], measures: string[]): Cells {
  const figures = new Map<string, Json[]>();
  const values = { rows: new Map<string, Json[]>(), columns: new Map<string, Json[]>() };
  const note = (side: "rows" | "columns", path: Path) => {
    const above = JSON.stringify(path.slice(0, -1));
    const last = path[path.length - 1] ?? null;
    const known = values[side].get(above) ?? [];
    if (!known.includes(last)) values[side].set(above, [...known, last]);
  };
  for (const answer of answers) {
    for (const row of answer.data) {
      const rows = answer.rows.map((group) => row[group] ?? null);
      const columns = answer.columns.map((group) => row[group] ?? null);
      if (rows.length > 0 && columns.length === 0) note("rows", rows);
      if (rows.length === 0) for (const at of columns.keys()) note("columns", columns.slice(0, at + 1));
      for (const measure of measures) {
        const key = keyOf(rows, columns, measure);
        const before = figures.get(key) ?? [];
        const value = row[measure] ?? null;
        if (value === null) continue;
        figures.set(key, isCount(measure) ? [Number(before[0] ?? 0) + Number(value)] : [...before, value]);
      }
    }
  }
  return {
    of: (rows, columns, measure) => figures.get(keyOf(rows, columns, measure)) ?? [],
    below: (side, path) => values[side].get(JSON.stringify(path)) ?? [],
  };
}
