/** One column of a board: its sum, its cards, a place to drop. */
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { Button, Skeleton } from "@mantine/core";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { memo, useEffect, useRef, useState } from "react";
import { listQuery } from "../../api/queries";
import type { Choice, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { StateBadge, toneOf } from "../../ui/StateBadge";
import { useDelayed } from "../../ui/useDelayed";
import { Value } from "../fields/Value";
import { joinCel } from "../joinCel";
import classes from "./Kanban.module.css";
import type { Figure } from "./KanbanBoard";
import { KanbanCard } from "./KanbanCard";
import { type Move, wayOf } from "./moves";
import { columnKey } from "./useMoves";

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
  sum: MetaField | undefined;
  figure: Figure | undefined;
  onMove: (move: Move) => void;
}

/** The list of one column; its key names the column, so that a drag can change it before the server does. */
function columnQuery(props: Props) {
  const { object, by, column, sort, expand, filter, q } = props;
  const params = { filter: joinCel([filter, `${by} == ${JSON.stringify(column.value)}`]), q, sort, expand };
  const base = listQuery(object.path, params);
  return infiniteQueryOptions({ ...base, queryKey: [...base.queryKey, columnKey(by, column.value)] });
}

export const KanbanColumn = memo(function KanbanColumn(props: Props) {
  const { object, by, column, columns, cards, sum, figure, onMove } = props;
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
      onDragEnter: ({ source }) => {
        const record = source.data.record as RecordData;
        if (record[by] !== column.value)
          setOver(wayOf(object, by, { record, to: column.value }) ? "yes" : "no");
      },
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
        {sum && (
          <span className={classes.sum}>
            {figure?.sums.map((value) => (
              <Value key={JSON.stringify(value)} field={sum} value={value} rounded />
            ))}
          </span>
        )}
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
            columns={columns}
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
});
