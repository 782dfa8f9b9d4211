/** Child rows edited like a spreadsheet: Tab to the next cell, Enter to the next row, paste from a sheet. */
import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Json, JsonObject, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { addDecimals, amountOf } from "../../ui/format";
import { FieldInput } from "../fields/FieldInput";
import { Money, Value } from "../fields/Value";
import { findObject, isNumeric, useMeta } from "../meta";
import classes from "./ChildTable.module.css";
import { defaultsOf, type Errors } from "./draft";
import { pasteInto } from "./paste";
import { childColumns } from "./tables";
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

const isBlank = (value: Json | undefined) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Sum of a money column, shown when every row is in one currency. */
function sumOf(rows: JsonObject[], column: MetaField): string | null {
  const amounts = rows.map((row) => amountOf(row[column.name])).filter((amount) => amount !== null);
  if (column.type !== "money" || column.name.includes("price") || amounts.length === 0) return null;
  if (!amounts.every((amount) => /^-?\d+(\.\d+)?$/.test(amount.amount))) return null;
  if (new Set(amounts.map((amount) => amount.currency ?? "")).size > 1) return null;
  return amounts.reduce((sum, amount) => addDecimals(sum, amount.amount), "0");
}

export function ChildTable({ field, parent, value, errors, currency, readonly, onChange }: Props) {
  const meta = useMeta();
  const id = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const [focus, setFocus] = useState<[number, number] | null>(null);
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

  useEffect(() => {
    if (!focus) return;
    const cell = body.current?.querySelector<HTMLElement>(`[data-cell="${focus[0]}:${focus[1]}"]`);
    cell?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    setFocus(null);
  }, [focus]);

  const setCell = (at: number, name: string, cell: Json) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [name]: cell } : row)));
  const firstEditable = Math.max(
    0,
    columns.findIndex((column) => !isLocked(column)),
  );
  const addRow = (column = firstEditable) => {
    onChange([...rows, defaultsOf(columns)]);
    setFocus([rows.length, column]);
  };
  const onKeyDown = (event: KeyboardEvent, at: number, column: number) => {
    const target = event.target as HTMLElement;
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (target.getAttribute("aria-expanded") === "true" || target.tagName === "BUTTON") return;
    event.preventDefault();
    if (at === rows.length - 1) addRow(column);
    else setFocus([at + 1, column]);
  };
  const onPaste = (event: ClipboardEvent, at: number, column: number) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    void pasteInto(rows, columns, isLocked, at, column, text).then(onChange);
  };

  if (columns.length === 0) return null;
  const minimum = widths.reduce((sum, width) => sum + width.px, readonly ? 0 : REMOVE_PX);
  const sums = columns.map((column) => sumOf(rows, column));
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
        <table className={classes.table} style={{ "--rows-min": `${minimum}px` } as CSSProperties}>
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
          <tbody ref={body}>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: errors and focus address rows by their place
              <tr key={at}>
                {columns.map((column, index) => {
                  const message = errors[`${field.name}/${at}/${column.name}`];
                  const error = message && sentence(column.label, message);
                  const locked = isLocked(column);
                  return (
                    <td
                      key={column.name}
                      data-cell={`${at}:${index}`}
                      data-label={column.label}
                      data-wide={index === 0 || widths[index]?.grows || undefined}
                      data-empty={(locked && isBlank(row[column.name])) || undefined}
                      data-numeric={isNumeric(column) || undefined}
                      data-locked={locked || undefined}
                      data-error={error ? true : undefined}
                      onKeyDown={(event) => onKeyDown(event, at, index)}
                      onPaste={(event) => onPaste(event, at, index)}
                    >
                      {locked ? (
                        <span className={classes.value}>
                          <Value
                            field={column}
                            value={row[column.name]}
                            object={child}
                            implied={currency}
                            linked
                          />
                        </span>
                      ) : (
                        <FieldInput
                          compact
                          fixedCurrency
                          field={column}
                          object={child}
                          value={row[column.name]}
                          currency={currency}
                          error={error}
                          onChange={(cell) => setCell(at, column.name, cell)}
                        />
                      )}
                      {error && (
                        <span className={classes.cellError} role="alert">
                          {error}
                        </span>
                      )}
                    </td>
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
          {rows.length > 1 && sums.some(Boolean) && (
            <tfoot>
              <tr>
                {columns.map((column, index) => (
                  <td
                    key={column.name}
                    data-label={column.label}
                    data-empty={!sums[index] || undefined}
                    data-numeric={isNumeric(column) || undefined}
                  >
                    {sums[index] && <Money value={sums[index]} currency={currency} implied={currency} />}
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
