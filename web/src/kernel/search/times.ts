/** The search's facets of time as bounds. Free of imports, so that it is tested as it stands. */

const DAYS = [
  ["day", 1],
  ["week", 7],
  ["month", 30],
  ["year", 365],
  ["older", Number.POSITIVE_INFINITY],
] as const;

const DAY_MS = 86_400_000;
/** Bounds move no more often than this, so that what was answered is not asked for again at each stroke. */
const STEP_MS = 300_000;

/** Each facet counts what the ones before it do not: `week` is a day ago to a week ago. */
export function within(facet: string | undefined, now: number): { from?: string; to?: string } {
  const at = DAYS.findIndex(([name]) => name === facet);
  const [, days] = DAYS[at] ?? [];
  if (days === undefined) return {};
  const before = (ago: number) => new Date(Math.ceil(now / STEP_MS) * STEP_MS - ago * DAY_MS).toISOString();
  const [, earlier] = DAYS[at - 1] ?? [];
  return {
    ...(Number.isFinite(days) && { from: before(days) }),
    ...(earlier !== undefined && { to: before(earlier) }),
  };
}
