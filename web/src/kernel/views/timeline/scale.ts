/** Where days lie on a scale, and how bars that overlap are put below each other. Pure, so that Node tests it. */
import { addDays, daysBetween } from "../../figures/buckets";
import { endOf, mondayOf, type Span, startOf } from "../period";

export interface Scale {
  span: Span;
  from: string;
  /** The day after the last one. */
  to: string;
  days: number;
}

export function scaleOf(span: Span, date: string): Scale {
  const from = startOf(span, date);
  const to = endOf(span, date);
  return { span, from, to, days: daysBetween(from, to) };
}

/** The least room of a day, so that a scale that is longer than the page is wide can be scrolled. */
export const LEAST_DAY_PX: Partial<Record<Span, number>> = { fortnight: 44, season: 9, half: 5, year: 2.6 };

export interface Bar {
  start: string;
  /** Its last day. */
  end: string;
}

/** Where a bar lies, in hundredths of the scale; null when it lies outside. */
export function placeOf(scale: Scale, bar: Bar): { left: number; width: number } | null {
  const from = Math.max(daysBetween(scale.from, bar.start), 0);
  const to = Math.min(daysBetween(scale.from, addDays(bar.end, 1)), scale.days);
  if (to <= 0 || from >= scale.days || to <= from) return null;
  return { left: (from / scale.days) * 100, width: ((to - from) / scale.days) * 100 };
}

/** The track of each bar, by which no two of one track overlap; the first that is free is taken. */
export function tracksOf(bars: Bar[]): number[] {
  const ends: string[] = [];
  const tracks = new Array<number>(bars.length).fill(0);
  const order = bars.map((bar, at) => ({ bar, at })).sort((a, b) => a.bar.start.localeCompare(b.bar.start));
  for (const { bar, at } of order) {
    const free = ends.findIndex((end) => end < bar.start);
    const track = free === -1 ? ends.length : free;
    ends[track] = bar.end;
    tracks[at] = track;
  }
  return tracks;
}

export interface Tick extends Bar {
  label: string;
}

const firstOfNext = (date: string, months: number): string => {
  const [year = 0, month = 1] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
};

/** Parts of the scale, cut off where it begins and ends. */
function parts(scale: Scale, next: (date: string) => string, words: (start: string) => string): Tick[] {
  const ticks: Tick[] = [];
  for (let start = scale.from; start < scale.to; ) {
    const [after = scale.to] = [next(start), scale.to].sort();
    ticks.push({ start, end: addDays(after, -1), label: words(start) });
    start = after;
  }
  return ticks;
}

/** The two lines above a scale. */
export function ticksOf(scale: Scale, locale: string): { major: Tick[]; minor: Tick[] } {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const shape = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (date: string) => shape.format(new Date(`${date}T00:00:00Z`));
  };
  const nextMonth = (date: string) => firstOfNext(date, 1);
  const months = (words: (date: string) => string) => parts(scale, nextMonth, words);
  const nextMonday = (date: string) => addDays(mondayOf(date), 7);
  switch (scale.span) {
    case "fortnight":
      return {
        major: months(format({ month: "long", year: "numeric" })),
        minor: parts(scale, (date) => addDays(date, 1), format({ weekday: "short", day: "numeric" })),
      };
    case "season":
      return {
        major: months(format({ month: "long", year: "numeric" })),
        minor: parts(scale, nextMonday, format({ day: "numeric" })),
      };
    case "year":
      return {
        major: parts(
          scale,
          (date) => firstOfNext(date, 3),
          (date) => `Q${Math.floor((Number(date.slice(5, 7)) - 1) / 3) + 1} ${date.slice(0, 4)}`,
        ),
        minor: months(format({ month: "short" })),
      };
    default:
      return {
        major: months(format({ month: "long", year: "numeric" })),
        minor: parts(scale, nextMonday, format({ day: "numeric" })),
      };
  }
}
