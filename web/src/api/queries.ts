/** Query definitions over the contract: one place that knows paths and cache keys. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { companyOf } from "./company";
import { call, get } from "./http";
import type {
  DifferenceReply,
  FiguresReply,
  HistoryReply,
  ListReply,
  MetaApp,
  RecordData,
  ReportReply,
  RunPage,
  SetupReply,
} from "./types";

export const PAGE_SIZE = 50;
/** Pages grow as somebody goes on: the first is there at once, and a hundred thousand rows are few requests. */
const PAGE_SIZES = [PAGE_SIZE, 100, 200];
/** The most records that the server answers at once. */
export const PAGE_MOST = 500;
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

/** Whether there is a company at all; who is not signed in may ask. */
export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => get<SetupReply>("setup", {}, signal),
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
    queryFn: ({ pageParam: { after, at }, signal }) =>
      get<ListReply>(
        path,
        {
          limit: PAGE_SIZES[at] ?? PAGE_MOST,
          ...params,
          after,
          count: after ? "none" : "capped",
        },
        signal,
      ),
    initialPageParam: { after: "", at: 0 },
    getNextPageParam: (last, pages) => (last.next ? { after: last.next, at: pages.length } : undefined),
    // Pages that are there keep their records; to compare all of them with each page that comes takes long.
    structuralSharing: false,
  });
}

/** The first rows of a list, as those of a group. */
export function rowsQuery(path: string, params: ListParams) {
  return queryOptions({
    queryKey: ["records", path, "rows", params],
    queryFn: ({ signal }) => get<ListReply>(path, { ...params }, signal),
  });
}

/** The ways to look at records of `object` that are kept, by whomever. */
export function savedViewsQuery(object: string) {
  return queryOptions({
    queryKey: ["records", "core/saved-views", "of", object],
    queryFn: async ({ signal }) => {
      const filter = `object == ${JSON.stringify(object)}`;
      return (await get<ListReply>("core/saved-views", { filter, sort: "name", limit: 100 }, signal)).data;
    },
    staleTime: 60_000,
  });
}

/** The most records that a page which shows all of them at once asks for. */
const SEVERAL_MAX = 2_000;

/** All records that fit, over as many answers as it takes; `more` says that there are others. */
export function severalQuery(path: string, params: ListParams) {
  return queryOptions({
    queryKey: ["records", path, "several", params],
    queryFn: async ({ signal }) => {
      const data: RecordData[] = [];
      let after: string | null = null;
      do {
        const page: ListReply = await get(
          path,
          { limit: PAGE_MOST, count: "none", ...params, after },
          signal,
        );
        data.push(...page.data);
        after = page.next;
      } while (after && data.length < SEVERAL_MAX);
      return { data, more: Boolean(after) };
    },
    placeholderData: keepPreviousData,
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

/** What one has done oneself, the newest first. */
export const runsQuery = infiniteQueryOptions({
  queryKey: ["records", "runs"],
  queryFn: ({ pageParam, signal }) => get<RunPage>("runs", { after: pageParam }, signal),
  initialPageParam: "",
  getNextPageParam: (last) => last.next ?? undefined,
});

/** What became of a record between a moment, or the beginning, and now. */
export function differencesQuery(path: string, id: string, from: string) {
  return queryOptions({
    queryKey: ["records", path, "differences", id, from],
    queryFn: ({ signal }) => get<DifferenceReply>(`${path}/${id}/changes`, { from }, signal),
  });
}

export function aggregateQuery(path: string, group: string, measures: string, { filter, q }: ListParams) {
  return queryOptions({
    queryKey: ["records", path, "aggregate", group, measures, filter, q],
    queryFn: ({ signal }) => get<FiguresReply>(`${path}/aggregate`, { group, measures, filter, q }, signal),
  });
}

export type SearchParams = {
  q: string;
  app?: string;
  object?: string;
  owner?: string;
  from?: string;
  to?: string;
  limit?: number;
};

/** Pages of what all apps have of the words `q`. */
export function searchQuery(params: SearchParams) {
  return infiniteQueryOptions({
    queryKey: ["records", "search", params],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...params, ...(pageParam && { after: pageParam }) };
      return (await call("/search", "get", { query, signal })).data;
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: params.q.trim().length > 1,
    placeholderData: keepPreviousData,
  });
}

export function reportQuery(app: string, name: string, params: Record<string, string>) {
  return queryOptions({
    queryKey: ["records", "report", app, name, params],
    queryFn: ({ signal }) => get<ReportReply>(`${app}/reports/${name}`, params, signal),
  });
}
