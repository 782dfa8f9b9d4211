/** How often something is sent, as people say it and as a schedule keeps it. Free of imports, so that it is tested as it stands. */

export type Every = "day" | "week" | "month";
export interface Timing {
  every: Every;
  /** The day of the week, Monday is 1, or of the month; of a daily one it says nothing. */
  on: number;
  /** "07:00". */
  at: string;
}

const DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
/** The last day that every month has. */
export const MONTH_DAYS = 28;
const CRON = /^(\d+) (\d+) (\*|\d+) \* (\*|[A-Z]{3})$/;

const two = (part: string) => part.padStart(2, "0");

export function cronOf({ every, on, at }: Timing): string {
  const [hour = "0", minute = "0"] = at.split(":");
  const day = every === "month" ? String(on) : "*";
  const weekday = every === "week" ? (DAYS[on - 1] ?? "*") : "*";
  return `${Number(minute)} ${Number(hour)} ${day} * ${weekday}`;
}

/** Null where the pattern says more than this can say. */
export function timingOf(cron: string): Timing | null {
  const [, minute = "", hour = "", day = "", weekday = ""] = CRON.exec(cron) ?? [];
  if (!minute || (day !== "*" && weekday !== "*")) return null;
  const at = `${two(hour)}:${two(minute)}`;
  if (weekday !== "*") {
    const on = DAYS.indexOf(weekday) + 1;
    return on > 0 ? { every: "week", on, at } : null;
  }
  return day === "*" ? { every: "day", on: 1, at } : { every: "month", on: Number(day), at };
}
