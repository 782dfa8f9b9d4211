/** Records as a virtualised table: sorted by its headers, moved through with j and k, opened with Enter. */

import { Skeleton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { PAGE_SIZE } from "../../api/queries";
import type { MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { isOverlayOpen } from "../../ui/overlay";
import { recordAddress } from "../addresses";
import { can, findObject, isNumeric, titleOf, useMeta } from "../meta";
import { Cell } from "./Cell";
import { type WordsOf, widthsOf } from "./columns";
import classes from "./List.module.css";
import { SelectionBar } from "./SelectionBar";

const ROW_PX = 40;
const features = tableFeatures({});
const helper = createColumnHelper<typeof features, RecordData>();

interface Props {
  object: MetaObject;
  columns: MetaField[];
  rows: RecordData[];
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  onEnd: () => void;
  loadingMore: boolean;
}

/** Next sort by `name`: ascending, descending, none. */
function nextSort(sort: string | undefined, name: string): string | undefined {
  if (sort === name) return `-${name}`;
  return sort === `-${name}` ? undefined : name;
}

/** A checkbox in the margin before a row; it shows when it is near, focused or in use. */
function Pick({ label, checked, onToggle }: { label: string; checked: boolean; onToggle: () => void }) {
  return (
    <label className={classes.pick}>
      <input type="checkbox" aria-label={label} checked={checked} onChange={onToggle} />
    </label>
  );
}

export function RecordTable({ object, columns, rows, sort, onSort, onEnd, loadingMore }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const definitions = useMemo(
    () =>
      columns.map((field, at) =>
        helper.display({
          id: field.name,
          header: field.label,
          cell: ({ row }) => (
            <Cell object={object} field={field} record={row.original} opens={at === 0} row={row.index} />
          ),
        }),
      ),
    [columns, object],
  );
  const table = useTable({ features, columns: definitions, data: rows, getRowId: (row) => String(row.id) });
  const model = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollPaddingStart: ROW_PX,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (model.length > 0 && last >= model.length - 10) onEnd();
  }, [last, model.length, onEnd]);

  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pickable = can(object, "update") || can(object, "delete");
  const chosen = useMemo(() => rows.filter((row) => picked.has(String(row.id))), [rows, picked]);
  const toggle = (id: string) =>
    setPicked((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const toggleAll = () =>
    setPicked(chosen.length === rows.length ? new Set() : new Set(rows.map((row) => String(row.id))));

  const move = (step: number) => {
    if (isOverlayOpen()) return;
    const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
    const from = focused === undefined ? (step > 0 ? -1 : 0) : Number(focused);
    const to = Math.min(Math.max(from + step, 0), model.length - 1);
    virtual.scrollToIndex(to);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`a[data-row="${to}"]`)?.focus({ preventScroll: true }),
    );
  };
  useHotkeys([
    ["j", () => move(1)],
    ["k", () => move(-1)],
    [
      "x",
      () => {
        const at = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
        const row = at === undefined || isOverlayOpen() || !pickable ? undefined : model[Number(at)];
        if (row) toggle(row.id);
      },
    ],
  ]);

  const fieldByName = new Map(columns.map((field) => [field.name, field]));
  const meta = useMeta();
  const wordsOf: WordsOf = (field, value) => {
    const target = findObject(meta, field.to);
    if (value && typeof value === "object" && !Array.isArray(value))
      return target ? titleOf(target, value) : "";
    return String(value ?? "");
  };
  // The first page decides, so that columns stand still while more rows arrive.
  const page = rows.slice(0, PAGE_SIZE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said above
  const widths = useMemo(
    () => widthsOf(object, columns, page, wordsOf),
    [object, columns, page[0]?.id, page.length],
  );
  const minimum = widths.reduce((sum, width) => sum + width.px, 0);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const spacer = (height: number, key: string) =>
    height > 0 && (
      <tr key={key} aria-hidden>
        <td colSpan={columns.length} style={{ height, padding: 0, border: 0 }} />
      </tr>
    );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={object.plural}>
        <table
          className={classes.table}
          data-picking={chosen.length > 0 || undefined}
          style={{ minWidth: minimum }}
          aria-rowcount={model.length + 1}
        >
          <colgroup>
            {columns.map((field, at) => (
              <col key={field.name} style={widths[at]?.grows ? undefined : { width: widths[at]?.px }} />
            ))}
          </colgroup>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header, at) => {
                  const field = fieldByName.get(header.id);
                  const sorted =
                    sort === header.id ? "ascending" : sort === `-${header.id}` ? "descending" : undefined;
                  const sortable = field?.sortable ?? false;
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      aria-sort={sorted ?? (sortable ? "none" : undefined)}
                      data-numeric={(field && isNumeric(field)) || undefined}
                    >
                      {at === 0 && pickable && (
                        <Pick
                          label={t("selection.all")}
                          checked={chosen.length > 0 && chosen.length === rows.length}
                          onToggle={toggleAll}
                        />
                      )}
                      {sortable ? (
                        <button
                          type="button"
                          className={classes.sort}
                          onClick={() => onSort(nextSort(sort, header.id))}
                        >
                          <span className="truncate">{field?.label}</span>
                          {sorted === "ascending" && <IconArrowUp size={14} aria-hidden />}
                          {sorted === "descending" && <IconArrowDown size={14} aria-hidden />}
                        </button>
                      ) : (
                        <span className={classes.head}>{field?.label}</span>
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {spacer(before, "before")}
            {items.map((item) => {
              const row = model[item.index];
              if (!row) return null;
              return (
                <tr
                  key={row.id}
                  aria-rowindex={item.index + 2}
                  onClick={(event) => {
                    if (
                      (event.target as HTMLElement).closest("a, button, label") ||
                      window.getSelection()?.toString()
                    )
                      return;
                    void navigate({ to: recordAddress(object.path, row.id) });
                  }}
                >
                  {row.getAllCells().map((cell, at) => {
                    const field = fieldByName.get(cell.column.id);
                    return (
                      <td key={cell.id} data-numeric={(field && isNumeric(field)) || undefined}>
                        {at === 0 && pickable && (
                          <Pick
                            label={t("selection.one", { title: titleOf(object, row.original) })}
                            checked={picked.has(row.id)}
                            onToggle={() => toggle(row.id)}
                          />
                        )}
                        <table.FlexRender cell={cell} />
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            {spacer(after, "after")}
          </tbody>
        </table>
        {loadingMore && (
          <div className={classes.skeletonRow} role="status" aria-label={t("loading")}>
            <Skeleton h={12} w="30%" />
          </div>
        )}
      </section>
      {chosen.length > 0 && (
        <SelectionBar object={object} rows={chosen} onClear={() => setPicked(new Set())} />
      )}
    </>
  );
}
