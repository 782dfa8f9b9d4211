/** One cell of child rows: what it says, or the input for it. */
import type { ClipboardEvent, KeyboardEvent, PointerEvent } from "react";
import type { Json, MetaField, MetaObject } from "../../api/types";
import { FieldInput } from "../fields/FieldInput";
import { Value } from "../fields/Value";
import { isNumeric } from "../meta";
import classes from "./ChildTable.module.css";
import type { Cell } from "./grid";

interface Props {
  at: Cell;
  column: MetaField;
  value: Json | undefined;
  child?: MetaObject;
  currency: string | null;
  error?: string;
  locked?: boolean;
  wide?: boolean;
  /** Part of the range that is marked. */
  marked?: boolean;
  /** The corner of the range, from which it is filled. */
  corner?: boolean;
  onChange: (value: Json) => void;
  onKeyDown: (event: KeyboardEvent, at: Cell) => void;
  onPointerDown: (event: PointerEvent, at: Cell) => void;
  onPaste: (event: ClipboardEvent, at: Cell) => void;
  onFill: (event: PointerEvent, at: Cell) => void;
}

const isBlank = (value: Json | undefined) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

export function ChildCell(props: Props) {
  const { at, column, value, child, currency, error, locked, wide, marked, corner } = props;
  return (
    <td
      data-cell={at.join(":")}
      data-label={column.label}
      data-wide={wide || undefined}
      data-empty={(locked && isBlank(value)) || undefined}
      data-numeric={isNumeric(column) || undefined}
      data-locked={locked || undefined}
      data-marked={marked || undefined}
      data-error={error ? true : undefined}
      tabIndex={locked ? -1 : undefined}
      onKeyDown={(event) => props.onKeyDown(event, at)}
      onPointerDown={(event) => props.onPointerDown(event, at)}
      onPaste={(event) => props.onPaste(event, at)}
    >
      {locked ? (
        <span className={classes.value}>
          <Value field={column} value={value} object={child} implied={currency} linked={!isLong(column)} />
        </span>
      ) : (
        <FieldInput
          compact
          fixedCurrency
          field={column}
          object={child}
          value={value}
          currency={currency}
          error={error}
          onChange={props.onChange}
        />
      )}
      {!locked && (
        <span
          className={classes.fill}
          data-corner={corner || undefined}
          aria-hidden
          onPointerDown={(event) => props.onFill(event, at)}
        />
      )}
      {error && (
        <span className={classes.cellError} role="alert">
          {error}
        </span>
      )}
    </td>
  );
}

/** A long text is one line in a cell. */
const isLong = (column: MetaField) =>
  ["markdown", "rich_text", "long_text", "code", "json"].includes(column.type);
