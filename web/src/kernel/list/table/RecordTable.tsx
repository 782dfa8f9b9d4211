/** Records as a virtualised grid: moved through and edited by keys, ordered, grouped, picked from. */
import { Skeleton } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useCallback, useEffect, useMemo, useRef } from "react";
import type { MetaField, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { useRowHeight } from "../../../ui/look";
import { recordAddress } from "../../addresses";
import { joinCel } from "../../joinCel";
import { useMeta } from "../../meta";
import { SelectionBar } from "../bulk/SelectionBar";
import type { ListState } from "../useListState";
import { isEditable } from "./editable";
import { GroupRow, MoreRow } from "./GroupRow";
import { HeaderCell } from "./HeaderCell";
import { NewRows } from "./NewRows";
import { Pick } from "./Pick";
import { preloadEditor, RecordRow, type RowActions } from "./RecordRow";
import type { Asked } from "./rowCache";
import type { GroupInfo, RowSource } from "./rows";
import classes from "./Table.module.css";
import { useCellEdit } from "./useCellEdit";
import { useColumnActions } from "./useColumnActions";
import { useColumns } from "./useColumns";
import { useGridKeys } from "./useGridKeys";
import { useLive } from "./useLive";
import { usePicked } from "./usePicked";

const OVERSCAN = 10;

interface Props {
  object: MetaObject;
  state: ListState;
  asked: Asked;
  source: RowSource;
  /** Rows of the whole list, as far as they are counted. */
  total: number | undefined;
  grouping: { toggle: (group: GroupInfo) => void; more: (group: GroupInfo) => void };
  loadingMore: boolean;
  restart: () => void;
}

export function RecordTable({ object, state, asked, source, total, grouping, loadingMore, restart }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const meta = useMeta();
  const { sort, group, rules } = state;
  const drawn = useColumns(object, state.columns, state.layout, source.loaded);
  const { columns, pinned } = drawn;
  const actions = useColumnActions(object, state, drawn);
  const cells = useCellEdit(object, asked);
  const picked = usePicked(object, source, asked);

  const rowPx = useRowHeight();

  const virtual = useVirtualizer({
    count: source.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollPaddingStart: rowPx,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another density are measured anew
  useEffect(() => virtual.measure(), [rowPx]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { see } = source;
  useEffect(() => see(first, last), [see, first, last]);

  const live = useLive({
    object,
    asked,
    loaded: source.loaded,
    whole: group !== null,
    idle: () => (scroller.current?.scrollTop ?? 0) < rowPx && !cells.edit && picked.count === 0,
    restart,
  });

  useEffect(preloadEditor, []);
  const scrollTo = useCallback((row: number) => virtual.scrollToIndex(row), [virtual]);
  const recordAt = (row: number): RecordData | null => {
    const item = source.at(row);
    return item?.kind === "row" ? item.record : null;
  };
  const open = useCallback(
    (record: RecordData) => void navigate({ to: recordAddress(object.path, record.id) }),
    [navigate, object.path],
  );
  const grid = useGridKeys({
    scroller,
    rows: source.count,
    columns: columns.length,
    scrollTo,
    onPick: (row) => picked.pickable && picked.toggle(row, false),
    onEnter: ({ row, column }, event) => {
      const record = recordAt(row);
      const field = columns[column];
      if (!record || !field || event.target instanceof HTMLButtonElement) return;
      // The title is a link, which Enter follows; F2 edits it.
      if (column === 0 && event.key === "Enter") return;
      event.preventDefault();
      if (isEditable(object, field, record)) cells.start(record, field.name);
      else if (event.key === "Enter") open(record);
    },
  });

  /** The next cell of the row that can be edited, or none. */
  const editableFrom = (record: RecordData, column: number, step: number): number | null => {
    for (let at = column + step; at >= 0 && at < columns.length; at += step) {
      const field = columns[at];
      if (field && isEditable(object, field, record)) return at;
    }
    return null;
  };
  const latest = useRef<RowActions | null>(null);
  latest.current = {
    open,
    pick: picked.toggle,
    edit: (record, field) => cells.start(record, field.name),
    cancel: (index, field) => {
      cells.stop();
      grid.focus({ row: index, column: columns.indexOf(field) });
    },
    save: (index, record, field, value, after, version) => {
      cells.save(record, field, value, version);
      const column = columns.indexOf(field);
      if (after === "down") grid.focus({ row: Math.min(index + 1, source.count - 1), column });
      if (after !== "next" && after !== "previous") return;
      const next = editableFrom(record, column, after === "next" ? 1 : -1);
      grid.focus({ row: index, column: next ?? column });
      const target = next === null ? undefined : columns[next];
      if (target) cells.start(record, target.name);
    },
  };
  // Rows are drawn again when they change, and not because a function is another one.
  const rowActions = useMemo(
    (): RowActions => ({
      open: (...given) => latest.current?.open(...given),
      pick: (...given) => latest.current?.pick(...given),
      edit: (...given) => latest.current?.edit(...given),
      cancel: (...given) => latest.current?.cancel(...given),
      save: (...given) => latest.current?.save(...given),
    }),
    [],
  );

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const spacer = (height: number, key: string) =>
    height > 0 && (
      <tr key={key} aria-hidden>
        <td colSpan={columns.length} style={{ height, padding: 0, border: 0 }} />
      </tr>
    );
  const narrow = (one: GroupInfo) => state.setFilter(joinCel([state.filter, one.filter]) ?? "");
  const line = (index: number) => {
    const item = source.at(index);
    const active = grid.active.row === index;
    if (item?.kind === "group" && group)
      return (
        <GroupRow
          key={`g${item.group.key}`}
          object={object}
          by={group}
          columns={columns}
          group={item.group}
          index={index}
          active={active}
          onToggle={grouping.toggle}
        />
      );
    if (item?.kind === "more")
      return (
        <MoreRow
          key={`m${item.group.key}`}
          columns={columns}
          group={item.group}
          shown={item.shown}
          onMore={grouping.more}
          onNarrow={narrow}
        />
      );
    if (item?.kind !== "row")
      return (
        <tr key={`b${index}`} aria-busy>
          <td colSpan={columns.length}>
            <Skeleton h={12} w="30%" aria-label={t("loading")} />
          </td>
        </tr>
      );
    const id = String(item.record.id);
    return (
      <RecordRow
        key={id}
        object={object}
        columns={columns}
        pinned={pinned}
        record={item.record}
        index={index}
        active={active ? grid.active.column : null}
        picked={picked.has(id)}
        pickable={picked.pickable}
        marked={live.marked.has(id)}
        edit={cells.edit?.id === id ? cells.edit : null}
        rules={rules}
        currency={meta.company?.currency ?? null}
        actions={rowActions}
      />
    );
  };
  const style = { ...drawn.pins, minWidth: drawn.minimum, width: drawn.fixed ? drawn.minimum : "100%" };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={object.plural}>
        <NewRows
          count={live.waiting}
          onShow={() => {
            live.show();
            virtual.scrollToIndex(0);
          }}
        />
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved through and edited
          role="grid"
          className={classes.table}
          data-picking={picked.count > 0 || undefined}
          style={style as CSSProperties}
          aria-label={object.plural}
          aria-rowcount={(total ?? source.count) + 1}
          aria-multiselectable={picked.pickable || undefined}
          onKeyDown={grid.onKeyDown}
          onFocus={grid.onFocus}
        >
          <colgroup>
            {columns.map((field, at) => (
              <col
                key={field.name}
                style={drawn.widths[at]?.grows ? undefined : { width: drawn.widths[at]?.px }}
              />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map((field: MetaField, at) => (
                <HeaderCell
                  key={field.name}
                  field={field}
                  at={at}
                  pinned={pinned}
                  width={drawn.widths[at]?.px ?? 0}
                  sort={sort}
                  groupable={field.sortable === true}
                  actions={actions}
                >
                  {at === 0 && picked.pickable && (
                    <Pick
                      inHead
                      label={t("selection.all")}
                      checked={picked.count > 0 && picked.whole}
                      onToggle={picked.toggleAll}
                    />
                  )}
                </HeaderCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {spacer(before, "before")}
            {items.map((item) => line(item.index))}
            {spacer(after, "after")}
          </tbody>
        </table>
        {loadingMore && (
          <div className={classes.loading} role="status" aria-label={t("loading")}>
            <Skeleton h={12} w="30%" />
          </div>
        )}
      </section>
      {picked.count > 0 && <SelectionBar object={object} picked={picked} asked={asked} total={total} />}
    </>
  );
}
