/** Rows of a report and their totals as a table. */
import type { Json, JsonObject, MetaColumn, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { Value } from "../fields/Value";
import { findObject, isNumeric, useMeta } from "../meta";
import classes from "./Report.module.css";

interface Props {
  columns: MetaColumn[];
  rows: JsonObject[];
  totals?: JsonObject;
  /** Links to records become anchors. */
  linked?: boolean;
}

export function ReportTable({ columns: declared, rows, totals, linked }: Props) {
  const meta = useMeta();
  const currency = meta.company?.currency ?? null;
  const columns: MetaField[] = declared.map(({ key, label, type, to, of }) => ({
    name: key,
    label,
    type,
    to,
    of,
  }));
  // A link comes with its title alone; it is shown as a record that has nothing else.
  const told = (column: MetaField, value: Json | undefined): Json | undefined => {
    const named =
      column.type === "link" && typeof value === "object" && value !== null && !Array.isArray(value);
    const target = named && findObject(meta, column.to);
    return target ? { id: value.id ?? null, [target.title]: value.title ?? null } : value;
  };
  const hasTotals = totals && columns.some((column) => totals[column.name] !== undefined);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" data-numeric={isNumeric(column) || undefined}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report have no identity
          <tr key={at}>
            {columns.map((column) => (
              <td key={column.name} data-numeric={isNumeric(column) || undefined}>
                {row[column.name] === null ? (
                  <span className="quiet">–</span>
                ) : (
                  <Value
                    field={column}
                    value={told(column, row[column.name])}
                    currency={currency}
                    linked={linked}
                    rounded
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {hasTotals && (
        <tfoot>
          <tr>
            {columns.map((column, at) => (
              <td key={column.name} data-numeric={isNumeric(column) || undefined}>
                {totals[column.name] !== undefined ? (
                  <Value field={column} value={totals[column.name]} currency={currency} rounded />
                ) : (
                  at === 0 && t("report.total")
                )}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
