/** The list that a record was opened from: its records in their order, kept for as long as the browser's tab. */
import { type InfiniteData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { get } from "../../api/http";
import type { ListParams } from "../../api/queries";
import type { ListReply } from "../../api/types";
import { keep, keptOf } from "../../ui/offline";

interface Trail {
  params: ListParams;
  ids: string[];
  /** Where the list goes on. */
  next: string | null;
  /** How many records the list has, where it was counted. */
  count: number | null;
}

const MOST = 2_000;
const keyOf = (path: string) => `trail-${path}`;

/** The list that was looked at last and has the record, as the page of the list left it. */
function fromLists(client: QueryClient, path: string, id: string): Trail | null {
  const [latest] = client
    .getQueryCache()
    .findAll({ queryKey: ["records", path, "list"] })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .flatMap((query) => {
      const pages = (query.state.data as InfiniteData<ListReply> | undefined)?.pages ?? [];
      const ids = pages.flatMap((page) => page.data.map((record) => String(record.id)));
      if (!ids.includes(id)) return [];
      const params = (query.queryKey[3] ?? {}) as ListParams;
      return [
        { params, ids: ids.slice(0, MOST), next: pages.at(-1)?.next ?? null, count: pages[0]?.count ?? null },
      ];
    });
  return latest ?? null;
}

export interface Neighbours {
  /** From 1. */
  place: number;
  count: number | null;
  previous: string | null;
  next: string | null;
}

/** The records before and after this one in the list that it was opened from; null when it was opened by itself. */
export function useNeighbours(path: string, id: string): Neighbours | null {
  const client = useQueryClient();
  const found = useMemo(() => fromLists(client, path, id) ?? keptOf<Trail>(keyOf(path)), [client, path, id]);
  const [grown, setGrown] = useState<Trail | null>(null);
  const trail = grown?.ids.includes(id) ? grown : found;
  const at = trail?.ids.indexOf(id) ?? -1;

  useEffect(() => {
    if (!trail || at < 0) return;
    keep(keyOf(path), trail);
    if (at < trail.ids.length - 1 || !trail.next || trail.ids.length >= MOST) return;
    const ending = new AbortController();
    get<ListReply>(path, { ...trail.params, after: trail.next, count: "none" }, ending.signal)
      .then((page) => {
        const ids = [...trail.ids, ...page.data.map((record) => String(record.id))];
        setGrown({ ...trail, ids, next: page.next || null });
      })
      // The list itself says why it cannot go on.
      .catch(() => undefined);
    return () => ending.abort();
  }, [path, trail, at]);

  if (!trail || at < 0) return null;
  return {
    place: at + 1,
    count: trail.count,
    previous: trail.ids[at - 1] ?? null,
    next: trail.ids[at + 1] ?? null,
  };
}
