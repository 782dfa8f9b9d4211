/** The rows of a list one after the other, page by page as somebody goes on. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { type ListParams, listQuery } from "../../../api/queries";
import type { Item, RowSource } from "./rows";

/** With more pages than this a list is not fetched anew as a whole. */
const MOST_PAGES = 3;
/** So many rows before the end the next page is asked for. */
const AHEAD = 40;

export function useFlatRows(path: string, params: ListParams, enabled: boolean) {
  const client = useQueryClient();
  const query = listQuery(path, params);
  const list = useInfiniteQuery({ ...query, enabled });
  const loaded = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? [], [list.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const see = useCallback(
    (_first: number, last: number) => {
      if (last >= loaded.length - AHEAD && hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    [loaded.length, hasNextPage, isFetchingNextPage, fetchNextPage],
  );
  const source = useMemo(
    (): RowSource => ({
      count: loaded.length,
      at: (index): Item | undefined => {
        const record = loaded[index];
        return record && { kind: "row", record };
      },
      see,
      loaded,
    }),
    [loaded, see],
  );
  const restart = () => {
    client.setQueryData(query.queryKey, (cached) =>
      cached && cached.pages.length > MOST_PAGES
        ? { pages: cached.pages.slice(0, 1), pageParams: cached.pageParams.slice(0, 1) }
        : cached,
    );
    void list.refetch();
  };
  return { list, source, restart };
}
