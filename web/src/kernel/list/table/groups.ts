/** How the records of a list fall into groups, and what each group is asked by. */
import type { FiguresReply, Json, MetaField } from "../../../api/types";
import { type Amount, addDecimals, amountOf } from "../../../ui/format";
import type { GroupInfo } from "./rows";

/** Moments and days are grouped by month. */
const isDated = (field: MetaField): boolean => field.type === "date" || field.type === "datetime";
export const groupText = (field: MetaField): string => (isDated(field) ? `month(${field.name})` : field.name);

const SUMMED = new Set(["money", "integer", "decimal", "quantity", "duration"]);
/** The server answers at most eight figures, and the count is one of them. */
const MOST_SUMS = 7;

/** The columns that a group has a sum of. */
export const sumsOf = (columns: MetaField[]): MetaField[] =>
  columns.filter((field) => SUMMED.has(field.type) && field.sortable).slice(0, MOST_SUMS);

export const measuresOf = (sums: MetaField[]): string =>
  ["count()", ...sums.map((field) => `sum(${field.name})`)].join(",");

/** `2026-12-01` as `2027-01-01`. */
export function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${String(next[0]).padStart(4, "0")}-${String(next[1]).padStart(2, "0")}-01`;
}

/** The condition that the records with this value meet. */
export function groupFilter(field: MetaField, value: Json): string {
  const { name } = field;
  if (value === null) return `${name} == null`;
  if (isDated(field)) {
    const first = `${String(value).slice(0, 7)}-01`;
    const bound = (day: string) =>
      field.type === "date" ? `date("${day}")` : `timestamp("${day}T00:00:00Z")`;
    return `${name} >= ${bound(first)} && ${name} < ${bound(nextMonth(first))}`;
  }
  switch (field.type) {
    case "boolean":
    case "integer":
    case "rating":
    case "duration":
      return `${name} == ${String(value)}`;
    case "decimal":
    case "quantity":
    case "rate":
    case "percent":
      return `${name} == decimal(${JSON.stringify(String(value))})`;
    default:
      return `${name} == ${JSON.stringify(String(value))}`;
  }
}

/** Two sums of a field as one: amounts of one currency are added, those of several stand side by side. */
function sumOf(one: Json | undefined, other: Json): Json {
  const parts: Amount[] = [];
  for (const value of [one, other].flat()) {
    const amount = amountOf(value ?? null);
    const alike = parts.find((part) => part.currency === amount?.currency);
    if (alike && amount) alike.amount = addDecimals(alike.amount, amount.amount);
    else if (amount) parts.push({ ...amount });
  }
  const told = parts.map(({ amount, currency }): Json => (currency ? { amount, currency } : amount));
  return told.length > 1 ? told : (told[0] ?? null);
}

/** The server tells sums of each currency by itself; the group is one all the same. */
function together(groups: GroupInfo[]): GroupInfo[] {
  const byKey = new Map<string, GroupInfo>();
  for (const group of groups) {
    const before = byKey.get(group.key);
    const sums = { ...before?.sums };
    for (const [field, sum] of Object.entries(group.sums)) sums[field] = sumOf(sums[field], sum);
    byKey.set(group.key, { ...group, count: group.count + (before?.count ?? 0), sums });
  }
  return [...byKey.values()];
}

/** The groups in the order of the choices where there are some, and what has no value last. */
export function groupsOf(
  field: MetaField,
  choices: string[],
  figures: FiguresReply,
  closed: ReadonlySet<string>,
): GroupInfo[] {
  const by = groupText(field);
  const groups = figures.data.map((row): GroupInfo => {
    const value = row[by] ?? null;
    const key = value === null ? "" : String(value);
    const sums = Object.entries(row).flatMap(([name, sum]) => {
      const found = /^sum\((\w+)\)$/.exec(name);
      return found?.[1] ? [[found[1], sum] as const] : [];
    });
    return {
      key,
      value,
      count: Number(row["count()"]),
      sums: Object.fromEntries(sums),
      filter: groupFilter(field, value),
      open: !closed.has(key),
    };
  });
  const place = ({ value }: GroupInfo) => {
    if (value === null) return Number.MAX_SAFE_INTEGER;
    const at = choices.indexOf(String(value));
    return at < 0 ? choices.length : at;
  };
  return together(groups).toSorted((one, other) => place(one) - place(other));
}
