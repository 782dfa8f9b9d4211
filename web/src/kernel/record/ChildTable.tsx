/** Child rows edited like a spreadsheet: arrows, Tab and Enter from cell to cell, ranges, filling, paste from a sheet. */
import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type CSSProperties, useId, useMemo, useRef } from "react";
import type { Json, JsonObject, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { addDecimals, amountOf, formatDuration } from "../../ui/format";
import { toastError } from "../../ui/toast";
import { Money } from "../fields/Value";
import { findObject, isNumeric, useMeta } from "../meta";
import { ChildCell } from "./ChildCell";
import classes from "./ChildTable.module.css";
import { defaultsOf, type Errors } from "./draft";
import { isIn } from "./grid";
import { pasteInto } from "./paste";
import { childColumns } from "./tables";
import { useGrid } from "./useGrid";
import { REMOVE_PX, widthsOf } from "./widths";
import { sentence } from "./words";

interface Props {
  field: MetaField;
  parent?: MetaObject;
  value: Json | undefined;
  errors: Errors;
  currency: string | null;
  readonly: boolean;
  onChange: (rows: Json) => void;
}

const toRows = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((row): row is JsonObject => typeof row === "object" && row !== null && !Array.isArray(row))
    : [];

/** Sum of a money column, shown when every row is in one currency. */
function sumOf(rows: JsonObject[], column: MetaField): string | null {
  const amounts = rows.map((row) => amountOf(row[column.name])).filter((amount) => amount !== null);
  if (column.type !== "money" || column.name.includes("price") || amounts.length === 0) return null;
  if (!amounts.every((amount) => /^-?\d+(\.\d+)?$/.test(amount.amount))) return null;
  if (new Set(amounts.map((amount) => amount.currency ?? "")).size > 1) return null;
  return amounts.reduce((sum, amount) => addDecimals(sum, amount.amount), "0");
}

/** Sum of a column of durations. */
function timeOf(rows: JsonObject[], column: MetaField): string | null {
  const seconds = rows.map((row) => row[column.name]).filter((one) => typeof one === "number");
  if (column.type !== "duration" || seconds.length === 0) return null;
  return formatDuration(seconds.reduce((sum, one) => sum + one, 0));
}

export function ChildTable({ field, parent, value, errors, currency, readonly, onChange }: Props) {
  const meta = useMeta();
  const id = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const child = findObject(meta, field.to);
  const columns = useMemo(() => childColumns(meta, field, parent), [meta, field, parent]);
  const rows = toRows(value);
  const isLocked = (column: MetaField) => readonly || column.readonly || column.computed;
  // Measured when rows come, go or are saved, so that columns stand still while somebody types.
  const measured = rows.map(
    (row) => `${row.id ?? ""} ${columns.filter(isLocked).map((one) => JSON.stringify(row[one.name]))}`,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said above
  const widths = useMemo(() => widthsOf(columns, rows, currency), [columns, currency, measured.join()]);

  const setCell = (at: number, name: string, cell: Json) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [name]: cell } : row)));
  const firstEditable = Math.max(
    0,
    columns.findIndex((column) => !isLocked(column)),
  );
  const grid = useGrid({
    body,
    rows,
    columns,
    isLocked,
    onChange,
    onMore: (column) => addRow(column),
    onPaste: ([row, column], text) =>
      void pasteInto({ meta, rows, columns, isLocked }, row, column, text).then(({ rows: next, missed }) => {
        onChange(next);
        if (missed.length > 0) toastError(t("paste.missed", { words: missed.join(", ") }));
      }),
  });
  const addRow = (column = firstEditable) => {
    onChange([...rows, defaultsOf(columns)]);
    grid.setFocus([rows.length, column]);
  };

  if (columns.length === 0) return null;
  const minimum = widths.reduce((sum, width) => sum + width.px, readonly ? 0 : REMOVE_PX);
  const sums = columns.map((column) => sumOf(rows, column));
  const times = columns.map((column) => timeOf(rows, column));
  return (
    <div className={classes.wrap}>
      <h2 id={id} className={classes.label}>
        {field.label}
      </h2>
      {errors[field.name] && (
        <p className={classes.error} role="alert">
          {sentence(field.label, errors[field.name] ?? "")}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-labelledby={id}>
        <table
          className={classes.table}
          data-range={grid.range !== null || undefined}
          style={{ "--rows-min": `${minimum}px` } as CSSProperties}
        >
          <colgroup>
            {columns.map((column, index) => (
              <col
                key={column.name}
                style={widths[index]?.grows ? undefined : { width: widths[index]?.px }}
              />
            ))}
            {!readonly && <col style={{ width: REMOVE_PX }} />}
          </colgroup>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" data-numeric={isNumeric(column) || undefined}>
                  {column.label}
                  {column.required && !readonly && (
                    <span className={classes.star} aria-hidden>
                      {" *"}
                    </span>
                  )}
                </th>
              ))}
              {!readonly && (
                <th>
                  <span className="sr-only">{t("row.remove")}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody ref={body} onCopy={grid.onCopy} onCut={grid.onCut}>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: errors and focus address rows by their place
              <tr key={at}>
                {columns.map((column, index) => {
                  const message = errors[`${field.name}/${at}/${column.name}`];
                  return (
                    <ChildCell
                      key={column.name}
                      at={[at, index]}
                      column={column}
                      value={row[column.name]}
                      child={child}
                      currency={currency}
                      error={message && sentence(column.label, message)}
                      locked={isLocked(column)}
                      wide={index === 0 || widths[index]?.grows}
                      marked={grid.range !== null && isIn(grid.range, [at, index])}
                      corner={grid.range?.bottom === at && grid.range.right === index}
                      onChange={(cell) => setCell(at, column.name, cell)}
                      onKeyDown={grid.onKeyDown}
                      onPointerDown={grid.onPointerDown}
                      onPaste={grid.onPaste}
                      onFill={grid.onFill}
                    />
                  );
                })}
                {!readonly && (
                  <td className={classes.remove}>
                    <ActionIcon
                      size={28}
                      aria-label={t("row.removeAt", { row: at + 1 })}
                      onClick={() => onChange(rows.filter((_, index) => index !== at))}
                    >
                      <IconTrash size={16} stroke={1.6} />
                    </ActionIcon>
                  </td>
                )}
              </tr>
            ))}
            {rows.length === 0 && readonly && (
              <tr>
                <td colSpan={columns.length} className={classes.value}>
                  <span className="quiet">{t("rows.none")}</span>
                </td>
              </tr>
            )}
          </tbody>
          {rows.length > 1 && [...sums, ...times].some(Boolean) && (
            <tfoot>
              <tr>
                {columns.map((column, index) => (
                  <td
                    key={column.name}
                    data-label={column.label}
                    data-empty={!(sums[index] || times[index]) || undefined}
                    data-numeric={isNumeric(column) || undefined}
                  >
                    {sums[index] && <Money value={sums[index]} currency={currency} implied={currency} />}
                    {times[index] && <span>{times[index]}</span>}
                  </td>
                ))}
                {!readonly && <td data-empty />}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {!readonly && (
        <Button
          title={t("row.keys")}
          variant="subtle"
          color="gray"
          size="xs"
          mt={4}
          leftSection={<IconPlus size={14} />}
          onClick={() => addRow()}
        >
          {t("row.add")}
        </Button>
      )}
    </div>
  );
}
