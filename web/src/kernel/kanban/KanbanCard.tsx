/** A card: dragged by the mouse, moved by its menu from the keyboard. */

import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { Link } from "@tanstack/react-router";
import { memo, useEffect, useRef, useState } from "react";
import type { Choice, MetaField, MetaObject, RecordData } from "../../api/types";
import { recordAddress } from "../addresses";
import { Value } from "../fields/Value";
import { titleOf } from "../meta";
import { isLate } from "../overdue";
import classes from "./Kanban.module.css";
import { MoveMenu } from "./MoveMenu";
import { type Move, mayLeave, wayOf } from "./moves";

interface Props {
  object: MetaObject;
  by: string;
  record: RecordData;
  columns: Choice[];
  fields: MetaField[];
  onMove: (move: Move) => void;
}

export const KanbanCard = memo(function KanbanCard({ object, by, record, columns, fields, onMove }: Props) {
  const element = useRef<HTMLLIElement>(null);
  const [dragging, setDragging] = useState(false);
  const title = titleOf(object, record);
  const movable = mayLeave(object, by, record);
  useEffect(() => {
    if (!element.current) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ kind: "card", record }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [record]);
  const shown = fields.filter((field) => {
    const value = record[field.name];
    return field.name !== by && value !== null && value !== undefined && value !== "";
  });
  return (
    <li ref={element} className={classes.card} data-dragging={dragging || undefined}>
      <div className={classes.cardHead}>
        <Link to={recordAddress(object.path, record.id)} className={classes.title} draggable={false}>
          {title}
        </Link>
        {movable && (
          <MoveMenu
            title={title}
            targets={() => columns.filter((one) => wayOf(object, by, { record, to: one.value }))}
            onMove={(to) => onMove({ record, to })}
          />
        )}
      </div>
      {shown.map((field) => (
        <div key={field.name} className={classes.line}>
          <span className="sr-only">{field.label}: </span>
          <Value
            field={field}
            object={object}
            value={record[field.name]}
            late={isLate(object, field, record)}
            relative
          />
        </div>
      ))}
    </li>
  );
});
