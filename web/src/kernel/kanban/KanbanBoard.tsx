/** Records as cards in the columns of a state or choice; dragging a card moves it, at once on screen. */
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { aggregateQuery } from "../../api/queries";
import type { Json, JsonObject, MetaField, RecordData } from "../../api/types";
import { COUNT } from "../figures/ask";
import { choicesOf, expandOf, fieldOf, type View } from "../meta";
import type { ViewProps } from "../views/props";
import classes from "./Kanban.module.css";
import { KanbanColumn } from "./KanbanColumn";
import type { Move } from "./moves";
import { useMoves } from "./useMoves";

export interface Figure {
  /** Money has a sum for each currency. */
  sums: Json[];
  count: number;
}

function figuresOf(rows: JsonObject[] | undefined, by: string, sum: string | null) {
  const figures = new Map<string, Figure>();
  for (const row of rows ?? []) {
    const column = String(row[by] ?? "");
    const known = figures.get(column) ?? { sums: [], count: 0 };
    const total = sum === null ? null : (row[sum] ?? null);
    figures.set(column, {
      sums: total === null ? known.sums : [...known.sums, total],
      count: known.count + Number(row[COUNT] ?? 0),
    });
  }
  return figures;
}

export function KanbanBoard({ object, view, filter, q }: ViewProps<View<"kanban">>) {
  const { by } = view;
  const field = fieldOf(object, by);
  const columns = useMemo(() => (field ? choicesOf(object, field) : []), [object, field]);
  const sum = view.sum ? `sum(${view.sum})` : null;
  const figures = useQuery(
    aggregateQuery(object.path, by, [sum, COUNT].filter(Boolean).join(","), { filter, q }),
  );
  const byColumn = useMemo(() => figuresOf(figures.data?.data, by, sum), [figures.data, by, sum]);
  const cards = useMemo(
    () =>
      view.card
        .map((name) => fieldOf(object, name))
        .filter((one): one is MetaField => one !== undefined && one.name !== object.title),
    [object, view.card],
  );
  const [move, dialog] = useMoves(object, by, columns);

  const moveRef = useRef(move);
  moveRef.current = move;
  // Columns and cards are drawn anew for what they show, not for what is under way.
  const onMove = useCallback((one: Move) => moveRef.current(one), []);
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === "card",
        onDrop: ({ source, location }) => {
          const to = location.current.dropTargets[0]?.data.column;
          if (typeof to === "string") moveRef.current({ record: source.data.record as RecordData, to });
        },
      }),
    [],
  );

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
          expand={expandOf(object, view.card)}
          filter={filter}
          q={q}
          sum={view.sum ? fieldOf(object, view.sum) : undefined}
          figure={byColumn.get(column.value)}
          onMove={onMove}
        />
      ))}
      {dialog}
    </section>
  );
}
