/**
 * One record out of three: as it was opened, what was typed into it, and as somebody else saved it meanwhile. What only one
 * side changed is taken over; where both did, it is a clash that a person decides.
 */
import type { Json, JsonObject } from "../../api/types";

export type Side = "mine" | "theirs";

/** Where both changed the same: `name`, `lines/<row>/<column>`, or `lines/<row>` where one side removed the row. */
export interface Clash {
  path: string;
  base: Json;
  mine: Json;
  theirs: Json;
}

/** What somebody else changed and nobody here did. */
export interface Told {
  path: string;
  from: Json;
  to: Json;
}

export interface Merged {
  /** What is left to save over their version. */
  changes: JsonObject;
  clashes: Clash[];
  told: Told[];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether two values say the same; keys may stand in any order, and nothing is nothing. */
export function same(left: Json | undefined, right: Json | undefined): boolean {
  const a = left ?? null;
  const b = right ?? null;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, at) => same(one, b[at]));
  }
  if (isObject(a) && isObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
  }
  return a === b;
}

const rowsOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const idOf = (row: JsonObject): string | null => (typeof row.id === "string" ? row.id : null);
const byId = (rows: JsonObject[]) => new Map(rows.map((row) => [idOf(row), row]));

type Chosen = (clash: Clash) => Side;

/**
 * `mine` has the fields that were typed into; `columns` names those of each table field. A clash that `choices` says
 * nothing about is taken as it was typed.
 */
export function merge(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  columns: Record<string, string[]>,
  choices: Record<string, Side> = {},
): Merged {
  const merged: Merged = { changes: {}, clashes: [], told: [] };
  const chosen: Chosen = (clash) => {
    merged.clashes.push(clash);
    return choices[clash.path] ?? "mine";
  };
  for (const [name, typed] of Object.entries(mine)) {
    const was = base[name] ?? null;
    const now = theirs[name] ?? null;
    if (columns[name]) {
      const rows = mergeRows(name, rowsOf(was), rowsOf(typed), rowsOf(now), columns[name], chosen);
      if (!same(rows, rowsOf(now))) merged.changes[name] = rows;
    } else if (!same(typed, now)) {
      const clash = { path: name, base: was, mine: typed, theirs: now };
      if (same(was, now) || chosen(clash) === "mine") merged.changes[name] = typed;
    }
  }
  for (const [name, now] of Object.entries(theirs)) {
    if (name in mine || same(base[name], now)) continue;
    merged.told.push({ path: name, from: base[name] ?? null, to: now });
  }
  return merged;
}

/** The rows in the order of `mine`; what only they have stands where it stands there. */
function mergeRows(
  table: string,
  base: JsonObject[],
  mine: JsonObject[],
  theirs: JsonObject[],
  columns: string[],
  chosen: Chosen,
): JsonObject[] {
  const [was, now, typed] = [byId(base), byId(theirs), byId(mine)];
  const rows: JsonObject[] = [];
  for (const row of mine) {
    const id = idOf(row);
    const before = id === null ? undefined : was.get(id);
    const other = id === null ? undefined : now.get(id);
    if (!before) rows.push(row);
    else if (other) rows.push(mergeRow(`${table}/${id}`, before, row, other, columns, chosen));
    else {
      // They removed it: that stands, unless it was typed into.
      const clash = { path: `${table}/${id}`, base: before, mine: row, theirs: null };
      if (!same(before, row) && chosen(clash) === "mine") rows.push(without(row, "id"));
    }
  }
  for (const [at, other] of theirs.entries()) {
    const id = idOf(other);
    if (typed.has(id)) continue;
    const before = was.get(id);
    const clash = { path: `${table}/${id}`, base: before ?? null, mine: null, theirs: other };
    if (!before || (!same(before, other) && chosen(clash) === "theirs")) {
      rows.splice(placeAfter(rows, theirs.slice(0, at)), 0, other);
    }
  }
  return rows;
}

/** Behind the nearest of `before` that is there, or in front of all. */
function placeAfter(rows: JsonObject[], before: JsonObject[]): number {
  const ids = rows.map(idOf);
  const nearest = before.findLast((row) => ids.includes(idOf(row)));
  return nearest ? ids.indexOf(idOf(nearest)) + 1 : 0;
}

function mergeRow(
  path: string,
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  columns: string[],
  chosen: Chosen,
): JsonObject {
  const row: JsonObject = { ...theirs };
  for (const name of columns) {
    const [was, typed, now] = [base[name] ?? null, mine[name] ?? null, theirs[name] ?? null];
    if (same(typed, was) || same(typed, now)) continue;
    const clash = { path: `${path}/${name}`, base: was, mine: typed, theirs: now };
    if (same(was, now) || chosen(clash) === "mine") row[name] = typed;
  }
  return row;
}

/** A row that was removed on the other side comes back as a new one. */
function without(row: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
}
