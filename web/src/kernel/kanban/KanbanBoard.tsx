/** Records as cards in the columns of a state or choice; dragging a card changes it, at once on screen. */
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type InfiniteData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { updateRecord } from "../../api/commands";
import { aggregateQuery } from "../../api/queries";
import type { JsonObject, ListReply, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { useChanges } from "../changes";
import { type BoardView, can, choicesOf, expandOf, fieldOf, titleOf } from "../meta";
import classes from "./Kanban.module.css";
import { KanbanColumn } from "./KanbanColumn";

interface Props {
  object: MetaObject;
  view: BoardView;
  filter: string | undefined;
  q: string | undefined;
}

export interface Move {
  record: RecordData;
  from: string;
  to: string;
}

/** Whether the object's states let a record go from one column to another. */
export function mayMove(object: MetaObject, by: string, from: string, to: string): boolean {
  if (from === to || !can(object, "update")) return false;
  if (object.states?.field !== by) return true;
  const source = object.states.list.find((state) => state.value === from);
  const target = object.states.list.find((state) => state.value === to);
  return Boolean(source?.to.includes(to) && target && !target.by);
}

/** Figures per column, whatever the measure is called in the reply. */
function figuresOf(rows: JsonObject[] | undefined, by: string, sum: string | null | undefined) {
  const figures = new Map<string, { sum: JsonObject[string]; count: number }>();
  for (const row of rows ?? []) {
    const name = (wanted: string) =>
      Object.keys(row).find((key) => key.replace(/[()]/g, "_").replace(/_+$/, "") === wanted);
    const count = row[name("count") ?? "count"];
    const total = sum ? row[name(`sum_${sum}`) ?? `sum_${sum}`] : null;
    figures.set(String(row[by] ?? ""), { sum: total ?? null, count: Number(count ?? 0) });
  }
  return figures;
}

export function KanbanBoard({ object, view, filter, q }: Props) {
  const client = useQueryClient();
  const changes = useChanges();
  const { by } = view;
  const field = fieldOf(object, by);
  const columns = field ? choicesOf(object, field) : (object.states?.list ?? []);
  const measures = view.sum ? `sum(${view.sum}),count()` : "count()";
  const figures = useQuery(aggregateQuery(object.path, by, measures, { filter, q }));
  const byColumn = figuresOf(figures.data?.data, by, view.sum);
  const cards = view.card
    .map((name) => fieldOf(object, name))
    .filter((one): one is MetaField => one !== undefined && one.name !== object.title);

  const key = ["records", object.path, "list"];
  const move = useMutation({
    mutationFn: ({ record, to }: Move) =>
      updateRecord(object.path, String(record.id), { [by]: to }, record.version),
    onMutate: async ({ record, from, to }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueriesData<InfiniteData<ListReply>>({ queryKey: key });
      const change = (column: string, edit: (rows: RecordData[]) => RecordData[]) =>
        client.setQueriesData<InfiniteData<ListReply>>(
          {
            queryKey: key,
            predicate: (query) => JSON.stringify(query.queryKey).includes(JSON.stringify(`${by}:${column}`)),
          },
          (data) =>
            data && {
              ...data,
              pages: data.pages.map((page, at) => ({
                ...page,
                data: at === 0 ? edit(page.data) : page.data.filter((row) => row.id !== record.id),
              })),
            },
        );
      change(from, (rows) => rows.filter((row) => row.id !== record.id));
      change(to, (rows) => [{ ...record, [by]: to }, ...rows]);
      return before;
    },
    onSuccess: ({ run }, { record, to }) =>
      changes.done(
        t("kanban.moved", {
          title: titleOf(object, record),
          column: columns.find((column) => column.value === to)?.label ?? to,
        }),
        run,
      ),
    onError: (error, _move, before) => {
      for (const [queryKey, data] of before ?? []) client.setQueryData(queryKey, data);
      changes.failed(error);
    },
  });

  const moveRef = useRef(move.mutate);
  moveRef.current = move.mutate;
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === "card",
        onDrop: ({ source, location }) => {
          const to = location.current.dropTargets[0]?.data.column;
          const { record, from } = source.data as { record: RecordData; from: string };
          if (typeof to === "string" && mayMove(object, by, from, to)) moveRef.current({ record, from, to });
        },
      }),
    [object, by],
  );

  const expand = expandOf(object, view.card);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.board} tabIndex={0} aria-label={view.label}>
      {columns.map((column) => (
        <KanbanColumn
          key={column.value}
          object={object}
          by={by}
          column={column}
          columns={columns}
          cards={cards}
          sort={view.sort ?? undefined}
          expand={expand}
          filter={filter}
          q={q}
          figure={byColumn.get(column.value)}
          onMove={move.mutate}
        />
      ))}
    </section>
  );
}
