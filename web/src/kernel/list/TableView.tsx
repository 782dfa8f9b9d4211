/** The records of a list as a grid, or on a phone as cards: grouped or not, with what to say when there are none. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useEffect, useMemo } from "react";
import type { ListParams } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { useDelayed } from "../../ui/useDelayed";
import { explain } from "../changes";
import { expandOf } from "../meta";
import { usePageSearch } from "../useSearch";
import { ListSkeleton } from "./ListSkeleton";
import { RecordCards } from "./RecordCards";
import { RecordTable } from "./table/RecordTable";
import { useFlatRows } from "./table/useFlatRows";
import { useGroupedRows } from "./table/useGroupedRows";
import type { ListState } from "./useListState";

interface Props {
  object: MetaObject;
  state: ListState;
  phone: boolean | undefined;
  /** What a list without any record says. */
  empty: ReactNode;
  onCount: (count: number | undefined) => void;
}

export function TableView({ object, state, phone, empty, onCount }: Props) {
  const [search, setSearch] = usePageSearch();
  const { where, q, sort, columns, group } = state;
  const expand = expandOf(
    object,
    columns.map((column) => column.name),
  );
  const grouped = group !== null && !phone;
  const params = useMemo((): ListParams => ({ filter: where, q, sort, expand }), [where, q, sort, expand]);
  const asked = useMemo(() => ({ where, q, expand }), [where, q, expand]);
  const flat = useFlatRows(object.path, params, !grouped);
  const groups = useGroupedRows(object, params, grouped ? group : null, columns);

  const query = grouped ? groups.figures : flat.list;
  const waiting = useDelayed(query.isPending);
  const figures = groups.figures.data?.data;
  const total = grouped
    ? figures?.reduce((sum, row) => sum + Number(row["count()"]), 0)
    : flat.list.data?.pages[0]?.count;
  useEffect(() => onCount(total), [onCount, total]);

  const filtered = Boolean(state.filter || search.q);
  const clear = (
    <Button
      variant="default"
      onClick={() => {
        if (search.q) setSearch({ q: undefined });
        if (state.filter) state.setFilter("");
      }}
    >
      {t("filter.clear")}
    </Button>
  );
  if (query.isPending) return waiting ? <ListSkeleton /> : null;
  if (query.isError) {
    return (
      <EmptyState title={t("list.failed")} text={explain(query.error)}>
        <Button variant="default" onClick={() => void query.refetch()}>
          {t("retry")}
        </Button>
        {filtered && clear}
      </EmptyState>
    );
  }
  const source = grouped ? groups.source : flat.source;
  if (source.count === 0 && filtered) {
    return (
      <EmptyState title={t("list.nomatch")} text={t("list.nomatch.text")}>
        {clear}
      </EmptyState>
    );
  }
  if (source.count === 0) return empty;
  if (phone) {
    return (
      <RecordCards
        object={object}
        columns={columns}
        rows={source.loaded}
        onEnd={() => source.see(0, source.count)}
      />
    );
  }
  return (
    <RecordTable
      // Rows are met in another order, from the first.
      key={`${grouped}/${sort}/${where}/${q}`}
      object={object}
      state={state}
      asked={asked}
      source={source}
      total={total}
      grouping={groups}
      loadingMore={!grouped && flat.list.isFetchingNextPage}
      restart={grouped ? groups.restart : flat.restart}
    />
  );
}
