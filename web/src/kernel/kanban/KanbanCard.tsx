/** A card: dragged by the mouse, moved by its menu from the keyboard. */

import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowRight, IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Choice, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { recordAddress } from "../addresses";
import { Value } from "../fields/Value";
import { titleOf } from "../meta";
import { isLate } from "../overdue";
import classes from "./Kanban.module.css";
import type { Move } from "./KanbanBoard";

interface Props {
  object: MetaObject;
  by: string;
  record: RecordData;
  column: string;
  /** Columns that the card may go to. */
  targets: Choice[];
  fields: MetaField[];
  onMove: (move: Move) => void;
}

export function KanbanCard({ object, by, record, column, targets, fields, onMove }: Props) {
  const element = useRef<HTMLLIElement>(null);
  const [dragging, setDragging] = useState(false);
  const title = titleOf(object, record);
  useEffect(() => {
    if (!element.current) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ kind: "card", record, from: column }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [record, column]);
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
        {targets.length > 0 && (
          <Menu>
            <Menu.Target>
              <ActionIcon size={24} aria-label={t("kanban.menu", { title })}>
                <IconDots size={16} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t("kanban.move")}</Menu.Label>
              {targets.map((target) => (
                <Menu.Item
                  key={target.value}
                  leftSection={<IconArrowRight size={16} stroke={1.6} />}
                  onClick={() => onMove({ record, from: column, to: target.value })}
                >
                  {target.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
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
}
