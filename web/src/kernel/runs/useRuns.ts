/** One's own runs, page by page back through the log. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "../../api/http";
import type { HistoryEntry, Meta } from "../../api/types";
import { headOf, type LogPage, PAGE, runsOf } from "./runs";

const headKey = (tenant: string) => `nexus-log-${tenant}`;
/** Pages that are read on for one that shows something: on a busy day most events are of others. */
const PAGES_AT_ONCE = 10;
const ENOUGH = 20;

const read = async (after: number): Promise<LogPage> =>
  (await call("/events", "get", { query: { after } })).data as LogPage;

async function newest(tenant: string): Promise<number> {
  const kept = Number(localStorage.getItem(headKey(tenant)) ?? 0) || 0;
  const head = await headOf(read, kept);
  localStorage.setItem(headKey(tenant), String(head));
  return head;
}

interface Page {
  events: HistoryEntry[];
  /** Events up to this number are not read yet. */
  rest: number;
}

export function useRuns(meta: Meta) {
  const log = useInfiniteQuery({
    queryKey: ["records", "runs", meta.user.id],
    initialPageParam: -1,
    queryFn: async ({ pageParam }): Promise<Page> => {
      let rest = pageParam < 0 ? await newest(meta.tenant.slug) : pageParam;
      const events: HistoryEntry[] = [];
      for (let at = 0; at < PAGES_AT_ONCE && rest > 0; at++) {
        const after = Math.max(0, rest - PAGE);
        const page = await read(after);
        const top = rest;
        events.push(...page.data.filter((event) => event.seq <= top && event.user.id === meta.user.id));
        rest = after;
        if (new Set(events.map((event) => event.run)).size >= ENOUGH) break;
      }
      return { events, rest };
    },
    getNextPageParam: (last) => (last.rest > 0 ? last.rest : undefined),
  });
  return { log, runs: runsOf(log.data?.pages.flatMap((page) => page.events) ?? [], meta.user.id) };
}
