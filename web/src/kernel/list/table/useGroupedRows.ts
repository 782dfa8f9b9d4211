/** The rows of a list in groups with their sums: rows are fetched when their group comes into sight. */
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { aggregateQuery, type ListParams, PAGE_MOST, PAGE_SIZE, rowsQuery } from "../../../api/queries";
import type { FiguresReply, MetaField, MetaObject } from "../../../api/types";
import { joinCel } from "../../joinCel";
import { choicesOf } from "../../meta";
import { usePageSearch } from "../../useSearch";
import { groupsOf, groupText, measuresOf, sumsOf } from "./groups";
import type { GroupInfo, Item, RowSource } from "./rows";

const NO_FIGURES: FiguresReply = { data: [] };

/** How many lines a group takes, its heading included. */
function linesOf(group: GroupInfo, most: number): number {
  if (!group.open) return 1;
  return 1 + Math.min(group.count, most) + Number(group.count > most);
}

/** The last group that begins at or before a line. */
function groupAt(starts: number[], line: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function useGroupedRows(
  object: MetaObject,
  params: ListParams,
  group: MetaField | null,
  columns: MetaField[],
) {
  const client = useQueryClient();
  const [search, setSearch] = usePageSearch();
  const closed = useMemo(() => new Set(search.closed?.split("~") ?? []), [search.closed]);
  const [most, setMost] = useState<Readonly<Record<string, number>>>({});
  const [sight, setSight] = useState<readonly [number, number]>([0, 30]);

  const figures = useQuery({
    ...aggregateQuery(object.path, group ? groupText(group) : "", measuresOf(sumsOf(columns)), {
      filter: params.filter,
      q: params.q,
    }),
    enabled: group !== null,
    placeholderData: (before, query) =>
      query?.queryKey[3] === (group && groupText(group)) ? before : undefined,
  });
  const groups = useMemo(() => {
    if (!group) return [];
    const choices = choicesOf(object, group).map((choice) => choice.value);
    return groupsOf(group, choices, figures.data ?? NO_FIGURES, closed);
  }, [object, group, figures.data, closed]);
  const mostOf = useCallback((one: GroupInfo) => most[one.key] ?? PAGE_SIZE, [most]);
  const [starts, count] = useMemo(() => {
    let line = 0;
    const firsts = groups.map((one) => {
      const first = line;
      line += linesOf(one, mostOf(one));
      return first;
    });
    return [firsts, line];
  }, [groups, mostOf]);

  const wanted = useMemo(() => {
    if (groups.length === 0) return [];
    return groups.slice(groupAt(starts, sight[0]), groupAt(starts, sight[1]) + 1).filter((one) => one.open);
  }, [groups, starts, sight]);
  const pages = useQueries({
    queries: wanted.map((one) =>
      rowsQuery(object.path, {
        ...params,
        filter: joinCel([params.filter, one.filter]),
        limit: Math.min(mostOf(one), PAGE_MOST),
      }),
    ),
    combine: (replies) => replies.map((reply) => reply.data),
  });

  const source = useMemo((): RowSource => {
    const byKey = new Map(wanted.map((one, at) => [one.key, pages[at]?.data]));
    const at = (line: number): Item | undefined => {
      const place = groupAt(starts, line);
      const one = groups[place];
      if (!one || line >= count) return undefined;
      const within = line - (starts[place] ?? 0);
      if (within === 0) return { kind: "group", group: one };
      const shown = Math.min(one.count, mostOf(one));
      if (within > shown) return { kind: "more", group: one, shown };
      const record = byKey.get(one.key)?.[within - 1];
      return record ? { kind: "row", record } : { kind: "blank" };
    };
    return {
      count,
      at,
      see: (first, last) =>
        setSight((before) => (before[0] === first && before[1] === last ? before : [first, last])),
      loaded: pages.flatMap((page) => page?.data ?? []),
    };
  }, [wanted, pages, groups, starts, count, mostOf]);

  return {
    figures,
    source,
    restart: () => {
      for (const kind of ["aggregate", "rows"])
        void client.invalidateQueries({ queryKey: ["records", object.path, kind] });
    },
    toggle: (one: GroupInfo) => {
      const next = new Set(closed);
      if (one.open) next.add(one.key);
      else next.delete(one.key);
      setSearch({ closed: [...next].join("~") || (next.size > 0 ? "~" : undefined) }, true);
    },
    more: (one: GroupInfo) =>
      setMost((before) => ({
        ...before,
        [one.key]: Math.min((before[one.key] ?? PAGE_SIZE) * 4, PAGE_MOST),
      })),
  };
}
