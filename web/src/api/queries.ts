/** Query definitions over the contract: one place that knows paths and cache keys. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { companyOf } from "./company";
import { call, get, send } from "./http";
import type {
  DashboardReply,
  FiguresReply,
  HistoryReply,
  ListReply,
  MetaApp,
  RecordData,
  ReportReply,
} from "./types";

export const PAGE_SIZE = 50;
/** Where the server stops a capped count. */
export const COUNT_CAP = 10_000;

export const metaQuery = queryOptions({
  queryKey: ["meta"],
  queryFn: async ({ signal }) => {
    const { data: meta } = await call("/meta", "get", { signal });
    // Users and companies are set up once: their app stands after those of the working day.
    const isCore = (app: MetaApp) => Number(app.name === "core");
    return { ...meta, company: companyOf(meta), apps: meta.apps.toSorted((a, b) => isCore(a) - isCore(b)) };
  },
  staleTime: 5 * 60_000,
  retry: false,
});

export interface ListParams {
  filter?: string;
  /** Text that a searchable field contains. */
  q?: string;
  sort?: string;
  expand?: string;
  fields?: string;
  limit?: number;
}

/** Pages of a list, following the opaque cursor. */
export function listQuery(path: string, params: ListParams) {
  return infiniteQueryOptions({
    queryKey: ["records", path, "list", params],
    queryFn: ({ pageParam, signal }) =>
      get<ListReply>(
        path,
        {
          limit: PAGE_SIZE,
          ...params,
          after: pageParam,
          count: pageParam ? "none" : "capped",
        },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
}

export function recordQuery(path: string, id: string, expand: string) {
  return queryOptions({
    queryKey: ["records", path, "one", id, expand],
    queryFn: ({ signal }) => get<RecordData>(`${path}/${id}`, { expand }, signal),
  });
}

export function historyQuery(path: string, id: string) {
  return infiniteQueryOptions({
    queryKey: ["records", path, "history", id],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryReply>(`${path}/${id}/history`, { after: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => (last.next === null ? undefined : String(last.next)),
  });
}

export function aggregateQuery(path: string, group: string, measures: string, { filter, q }: ListParams) {
  return queryOptions({
    queryKey: ["records", path, "aggregate", group, measures, filter, q],
    queryFn: ({ signal }) => get<FiguresReply>(`${path}/aggregate`, { group, measures, filter, q }, signal),
  });
}

export function searchQuery(q: string) {
  return queryOptions({
    queryKey: ["records", "search", q],
    queryFn: async ({ signal }) => (await call("/search", "get", { query: { q }, signal })).data,
    enabled: q.trim().length > 1,
  });
}

export function reportQuery(app: string, name: string, params: Record<string, string>) {
  return queryOptions({
    queryKey: ["records", "report", app, name, params],
    queryFn: ({ signal }) => get<ReportReply>(`${app}/reports/${name}`, params, signal),
  });
}

/** A report that is made of tiles. */
export function dashboardQuery(app: string, name: string) {
  return queryOptions({
    queryKey: ["records", "dashboard", app, name],
    queryFn: ({ signal }) => get<DashboardReply>(`${app}/reports/${name}`, {}, signal),
  });
}

/** What the tiles of a dashboard that is a record say now. */
export function shownQuery(path: string, id: string) {
  return queryOptions({
    queryKey: ["records", path, "shown", id],
    queryFn: async ({ signal }) =>
      (await send<DashboardReply>(`${path}/${id}/show`, { method: "POST", body: {}, signal })).data,
  });
}
