/** What the headings do to a list: order, group, pin, hide, move and size its columns. */
import { useMemo, useRef } from "react";
import type { MetaObject } from "../../../api/types";
import { type ColumnLayout, moved, nextSort } from "../layout";
import type { ListState } from "../useListState";
import type { ColumnActions } from "./HeaderCell";
import type { Columns } from "./useColumns";

export function useColumnActions(object: MetaObject, state: ListState, drawn: Columns): ColumnActions {
  const latest = useRef({ state, drawn, object });
  latest.current = { state, drawn, object };
  return useMemo((): ColumnActions => {
    const now = () => latest.current.state;
    const put = (change: (layout: ColumnLayout[]) => ColumnLayout[]) => now().setLayout(change(now().layout));
    const placeOf = (name: string) => now().layout.findIndex((one) => one.name === name);
    return {
      sort: (name, also) => now().setSort(nextSort(now().sort, name, also)),
      sortBy: (sort) => now().setSort(sort),
      group: (name) => now().setGroup(name),
      pin: (name) =>
        put((layout) => {
          const columns = layout.map((one) => (one.name === name ? { ...one, pinned: !one.pinned } : one));
          // Those in sight stand first, in the address as on the page.
          return [...columns.filter((one) => one.pinned), ...columns.filter((one) => !one.pinned)];
        }),
      hide: (name) =>
        put((layout) => (layout.length > 1 ? layout.filter((one) => one.name !== name) : layout)),
      move: (name, to) => put((layout) => moved(layout, name, placeOf(to))),
      shift: (name, by) => put((layout) => moved(layout, name, placeOf(name) + by)),
      size: (name, px, done) => {
        latest.current.drawn.setSizing(done ? null : { name, px });
        if (done) put((layout) => layout.map((one) => (one.name === name ? { ...one, width: px } : one)));
      },
    };
  }, []);
}
