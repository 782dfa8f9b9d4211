/** Parts of time that figures are told apart by: their days, and what they are called. Pure, so that Node tests it. */

export const BUCKETS = ["day", "week", "month", "quarter", "year"] as const;
export type Bucket = (typeof BUCKETS)[number];

export const isBucket = (name: string | null): name is Bucket =>
  (BUCKETS as readonly (string | null)[]).includes(name);

const day = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

/** `count` days after a day; both as `2026-01-31`. */
export function addDays(date: string, count: number): string {
  const [year = 0, month = 1, on = 1] = date.split("-").map(Number);
  return day(year, month - 1, on + count);
}

/** How many days lie from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** The first day of a part of time, and the first one after it; null when the text names none. */
export function rangeOf(bucket: Bucket, value: string): { from: string; to: string } | null {
  const forms = {
    day: /^\d{4}-\d{2}-\d{2}$/,
    week: /^\d{4}-\d{2}-\d{2}$/,
    month: /^\d{4}-\d{2}$/,
    quarter: /^\d{4}-Q[1-4]$/,
    year: /^\d{4}$/,
  };
  if (!forms[bucket].test(value)) return null;
  const [year = 0, second = 1] = value.replace("Q", "").split("-").map(Number);
  switch (bucket) {
    case "day":
      return { from: value, to: addDays(value, 1) };
    case "week":
      return { from: value, to: addDays(value, 7) };
    case "month":
      return { from: day(year, second - 1, 1), to: day(year, second, 1) };
    case "quarter":
      return { from: day(year, (second - 1) * 3, 1), to: day(year, second * 3, 1) };
    case "year":
      return { from: day(year, 0, 1), to: day(year + 1, 0, 1) };
  }
}

const SHAPES: Record<Bucket, Intl.DateTimeFormatOptions> = {
  day: { dateStyle: "medium" },
  week: { dateStyle: "medium" },
  month: { month: "short", year: "numeric" },
  quarter: {},
  year: {},
};

/** "Nov 2026", "Q4 2026", "23 Nov 2026"; a week is called by its Monday. */
export function bucketWords(bucket: Bucket, value: string, locale: string): string {
  const range = rangeOf(bucket, value);
  if (!range || bucket === "year") return value;
  if (bucket === "quarter") return `${value.slice(5)} ${value.slice(0, 4)}`;
  const format = new Intl.DateTimeFormat(locale, { ...SHAPES[bucket], timeZone: "UTC" });
  return format.format(new Date(`${range.from}T00:00:00Z`));
}
