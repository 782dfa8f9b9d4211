/** One's own runs out of the event log, the newest first. The log is read forwards alone, in pages after a number. */
import type { HistoryEntry } from "../../api/types";

/** Events of a page. */
export const PAGE = 100;

export interface LogPage {
  data: HistoryEntry[];
  /** The number to go on from: the one asked after, where there is no more. */
  next: number | null;
}
export type Read = (after: number) => Promise<LogPage>;

export interface Run {
  id: string;
  at: string;
  /** In the order in which they happened. */
  events: HistoryEntry[];
}

/** The number of the newest event: doubled steps away from `from` until nothing follows, then halves between. */
export async function headOf(read: Read, from = 0): Promise<number> {
  const endOf = async (after: number) => (await read(after)).next ?? after;
  let known = await endOf(from);
  if (known - from < PAGE) return known;
  let ahead = PAGE;
  let beyond = known + ahead;
  for (let end = await endOf(beyond); end > beyond; end = await endOf(beyond)) {
    known = end;
    ahead *= 2;
    beyond = known + ahead;
  }
  // There is something up to `known`, and nothing after `beyond`.
  while (known < beyond) {
    const middle = Math.floor((known + beyond) / 2);
    const end = await endOf(middle);
    if (end === middle) beyond = middle;
    else if (end - middle < PAGE) return end;
    else known = end;
  }
  return known;
}

/** The runs of `user` among these events. */
export function runsOf(events: HistoryEntry[], user: string): Run[] {
  const runs = new Map<string, Run>();
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    if (event.user.id !== user) continue;
    const run = runs.get(event.run) ?? { id: event.run, at: event.at, events: [] };
    run.events.push(event);
    runs.set(event.run, run);
  }
  return [...runs.values()].sort((a, b) => (b.events[0]?.seq ?? 0) - (a.events[0]?.seq ?? 0));
}

/** Items with the same key, in the order in which each key came first. */
export function grouped<Item>(items: Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups];
}
