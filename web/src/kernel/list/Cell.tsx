/** A value in a row of records: the first one opens the record. */
import { Link } from "@tanstack/react-router";
import type { MetaField, MetaObject, RecordData } from "../../api/types";
import { recordAddress } from "../addresses";
import { Value } from "../fields/Value";
import { titleOf } from "../meta";
import { isLate } from "../overdue";
import classes from "./List.module.css";

interface Props {
  object: MetaObject;
  field: MetaField;
  record: RecordData;
  opens: boolean;
  /** Where the row stands in a list that is moved through by keys. */
  row?: number;
  /** Tab comes to this row; the others of a grid are reached by arrows. */
  reached?: boolean;
}

export function Cell({ object, field, record, opens, row, reached = true }: Props) {
  const value = record[field.name];
  const late = isLate(object, field, record);
  const shown = <Value field={field} object={object} value={value} late={late} relative />;
  if (!opens) return shown;
  const empty = value === null || value === undefined || value === "";
  return (
    <Link
      to={recordAddress(object.path, record.id)}
      className={classes.title}
      data-row={row}
      tabIndex={reached ? undefined : -1}
    >
      {empty ? titleOf(object, record) : shown}
    </Link>
  );
}
