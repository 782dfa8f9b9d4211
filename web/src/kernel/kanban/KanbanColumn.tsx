/** One column of a board: its sum, its cards, a place to drop. */
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { Button, Skeleton } from "@mantine/core";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { listQuery } from "../../api/queries";
import type { Choice, Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { StateBadge, toneOf } from "../../ui/StateBadge";
import { useDelayed } from "../../ui/useDelayed";
import { Money } from "../fields/Value";
import { joinCel } from "../joinCel";
import classes from "./Kanban.module.css";
import { type Move, mayMove } from "./KanbanBoard";
import { KanbanCard } from "./KanbanCard";

interface Props {
  object: MetaObject;
  by: string;
  column: Choice;
  columns: Choice[];
  cards: MetaField[];
  sort: string | undefined;
  expand: string;
  filter: string | undefined;
  q: string | undefined;
  figure: { sum: Json; count: number } | undefined;
  onMove: (move: Move) => void;
}

/** The list of one column; its key names the column, so that a drag can change it before the server does. */
function columnQuery(props: Props) {
  const { object, by, column, sort, expand, filter, q } = props;
  const params = { filter: joinCel([filter, `${by} == ${JSON.stringify(column.value)}`]), q, sort, expand };
  const base = listQuery(object.path, params);
  return infiniteQueryOptions({ ...base, queryKey: [...base.queryKey, `${by}:${column.value}`] });
}

export function KanbanColumn(props: Props) {
  const { object, by, column, columns, cards, figure, onMove } = props;
  const target = useRef<HTMLElement>(null);
  const [over, setOver] = useState<"yes" | "no" | null>(null);
  const list = useInfiniteQuery(columnQuery(props));
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  const waiting = useDelayed(list.isPending);

  useEffect(() => {
    if (!target.current) return;
    return dropTargetForElements({
      element: target.current,
      getData: () => ({ column: column.value }),
      onDragEnter: ({ source }) =>
        setOver(
          mayMove(object, by, String(source.data.from), column.value)
            ? "yes"
            : source.data.from === column.value
              ? null
              : "no",
        ),
      onDragLeave: () => setOver(null),
      onDrop: () => setOver(null),
    });
  }, [object, by, column.value]);

  return (
    <section ref={target} className={classes.column} data-over={over ?? undefined} aria-label={column.label}>
      <header className={classes.head}>
        <h2>
          <StateBadge label={column.label} tone={toneOf(column.value, columns[0]?.value)} />
        </h2>
        <span className={classes.count}>{figure?.count ?? (list.data ? rows.length : "")}</span>
        <span className={classes.sum}>{figure?.sum ? <Money value={figure.sum} /> : null}</span>
      </header>
      <ul className={classes.cards}>
        {waiting && (
          <li>
            <Skeleton h={72} />
          </li>
        )}
        {rows.map((record) => (
          <KanbanCard
            key={String(record.id)}
            object={object}
            by={by}
            record={record}
            column={column.value}
            targets={columns.filter((one) => mayMove(object, by, column.value, one.value))}
            fields={cards}
            onMove={onMove}
          />
        ))}
        {list.isSuccess && rows.length === 0 && <li className={classes.none}>{t("kanban.none")}</li>}
        {list.hasNextPage && (
          <li>
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              fullWidth
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t("show.more")}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
