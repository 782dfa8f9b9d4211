/** Records as cards, the list of a phone. */

import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { MetaField, MetaObject, RecordData } from "../../api/types";
import { recordAddress } from "../addresses";
import { Value } from "../fields/Value";
import { titleOf } from "../meta";
import { isLate } from "../overdue";
import classes from "./List.module.css";

interface Props {
  object: MetaObject;
  columns: MetaField[];
  rows: RecordData[];
  onEnd: () => void;
}

const SHOWN = 2;

const isFilled = (record: RecordData, field: MetaField) => {
  const value = record[field.name];
  return value !== null && value !== undefined && value !== "";
};

/** The first fields that are filled; what is late comes before what is not. */
function secondLine(object: MetaObject, fields: MetaField[], record: RecordData): MetaField[] {
  const filled = fields.filter((field) => isFilled(record, field));
  const late = filled.filter((field) => isLate(object, field, record)).slice(0, 1);
  return [...filled.filter((field) => !late.includes(field)).slice(0, SHOWN - late.length), ...late];
}

export function RecordCards({ object, columns, rows, onEnd }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 72,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 10) onEnd();
  }, [last, rows.length, onEnd]);
  const state = columns.find((field) => field.name === object.states?.field);
  const money = columns.find((field) => field.type === "money");
  const [first, ...others] = columns;
  const rest = others.filter((field) => field !== state && field !== money);
  return (
    <section ref={scroller} className={classes.scroller} aria-label={object.plural}>
      <ul className={classes.cards} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const record = rows[item.index];
          if (!record) return null;
          return (
            <li
              key={String(record.id)}
              ref={virtual.measureElement}
              data-index={item.index}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Link to={recordAddress(object.path, record.id)} className={classes.card}>
                <span className={classes.cardRow}>
                  <span className={`${classes.title} truncate`}>
                    {first && isFilled(record, first) ? (
                      <Value field={first} object={object} value={record[first.name]} relative />
                    ) : (
                      titleOf(object, record)
                    )}
                  </span>
                  {money && <Value field={money} object={object} value={record[money.name]} />}
                </span>
                <span className={classes.cardRow}>
                  <span className={`${classes.cardRest} truncate`}>
                    {secondLine(object, rest, record).map((field, index) => (
                      <span key={field.name}>
                        {index > 0 && " · "}
                        <Value
                          field={field}
                          object={object}
                          value={record[field.name]}
                          late={isLate(object, field, record)}
                          relative
                        />
                      </span>
                    ))}
                  </span>
                  {state && <Value field={state} object={object} value={record[state.name]} />}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
