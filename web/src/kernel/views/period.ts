/** Parts of time that a page shows, by the day in its address. Pure, so that Node tests it. */
import { addDays } from "../figures/buckets";

export type Span = "day" | "week" | "fortnight" | "month" | "season" | "half" | "year";

const parts = (date: string): [number, number, number] => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return [year, month - 1, day];
};
const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The Monday of a day's week. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** The first day of the part of time that a day lies in; the parts overlap where they are longer than their step. */
export function startOf(span: Span, date: string): string {
  const [year, month] = parts(date);
  switch (span) {
    case "day":
      return date;
    case "week":
    case "fortnight":
      return mondayOf(date);
    case "month":
    case "season":
      return iso(year, month, 1);
    case "half":
      return iso(year, month - (month % 3), 1);
    case "year":
      return iso(year, 0, 1);
  }
}

/** The day after the last one. */
export function endOf(span: Span, date: string): string {
  const start = startOf(span, date);
  const [year, month] = parts(start);
  switch (span) {
    case "day":
      return addDays(start, 1);
    case "week":
      return addDays(start, 7);
    case "fortnight":
      return addDays(start, 14);
    case "month":
      return iso(year, month + 1, 1);
    case "season":
      return iso(year, month + 3, 1);
    case "half":
      return iso(year, month + 6, 1);
    case "year":
      return iso(year + 1, 0, 1);
  }
}

/** The day to show after `count` steps: a day, a week, a month, a quarter, a year. */
export function step(span: Span, date: string, count: number): string {
  const start = startOf(span, date);
  const [year, month] = parts(start);
  switch (span) {
    case "day":
      return addDays(start, count);
    case "week":
    case "fortnight":
      return addDays(start, 7 * count);
    case "month":
    case "season":
      return iso(year, month + count, 1);
    case "half":
      return iso(year, month + 3 * count, 1);
    case "year":
      return iso(year + count, 0, 1);
  }
}

/** "November 2026", "23 – 29 Nov 2026". */
export function periodWords(span: Span, date: string, locale: string): string {
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  const start = startOf(span, date);
  const last = addDays(endOf(span, date), -1);
  const utc = { timeZone: "UTC" } as const;
  switch (span) {
    case "day":
      return new Intl.DateTimeFormat(locale, { dateStyle: "full", ...utc }).format(at(start));
    case "month":
      return new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", ...utc }).format(at(start));
    case "year":
      return start.slice(0, 4);
    case "season":
    case "half":
      return new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", ...utc }).formatRange(
        at(start),
        at(last),
      );
    default:
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", ...utc }).formatRange(
        at(start),
        at(last),
      );
  }
}

/** Parts of time by what they are to today, so that an address means the same tomorrow. */
export const PERIODS = [
  "this-month",
  "last-month",
  "next-month",
  "this-quarter",
  "last-quarter",
  "this-year",
  "last-year",
  "last-30",
  "next-30",
] as const;

/** The first day of such a part, and the one after its last. */
export function periodOf(name: string, today: string): { from: string; to: string } | null {
  const which = { this: 0, last: -1, next: 1 };
  const [first = "", second = ""] = name.split("-");
  if (!(PERIODS as readonly string[]).includes(name)) return null;
  const count = which[first as keyof typeof which];
  if (second === "30") {
    return count < 0
      ? { from: addDays(today, -29), to: addDays(today, 1) }
      : { from: today, to: addDays(today, 30) };
  }
  const span = second === "quarter" ? "half" : (second as Span);
  const from = step(span, today, count);
  return { from, to: step(span, from, 1) };
}

/** The day of a date, or of a moment as it is here. */
export function dayOf(value: string): string {
  if (value.length === 10) return value;
  const at = new Date(value);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** A date or a moment some days on; a moment keeps its time of the day here, unless it is put off by more than days. */
export function shifted(value: string, days: number, milliseconds = 0): string {
  if (value.length === 10) return addDays(value, days);
  const at = new Date(value);
  at.setDate(at.getDate() + days);
  return new Date(at.getTime() + milliseconds).toISOString();
}
