/** A value by the path under which the log and a conflict name it: `name`, `lines/<row>/quantity`, `lines/<row>`. */
import type { Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { Value } from "../fields/Value";
import { fieldOf, findObject, useMeta } from "../meta";
import { plainText } from "./grid";

/** "Lines, Quantity" */
export function labelOfPath(
  object: MetaObject,
  path: string,
  columnsOf: (field: MetaField) => MetaField[],
): string {
  const [name = "", , column] = path.split("/");
  const field = fieldOf(object, name);
  if (!column || !field) return field?.label ?? name;
  const label = columnsOf(field).find((one) => one.name === column)?.label ?? column;
  return `${field.label}, ${label}`;
}

interface Props {
  object: MetaObject;
  path: string;
  value: Json;
}

export function FieldWords({ object, path, value }: Props) {
  const meta = useMeta();
  const [name = "", row, column] = path.split("/");
  const field = fieldOf(object, name);
  const child = row ? findObject(meta, field?.to) : undefined;
  const shown = column ? child && fieldOf(child, column) : field;
  if (row && !column) return <>{value === null ? t("history.rowGone") : rowText(value)}</>;
  if (value === null || value === undefined || value === "") return <>–</>;
  if (!shown) return <>{plainText(value)}</>;
  if (shown.type === "table") {
    return <>{t("rows.count", { count: Array.isArray(value) ? value.length : 0 })}</>;
  }
  return <Value field={shown} value={value} object={column ? child : object} />;
}

function rowText(value: Json): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return plainText(value);
  return Object.entries(value)
    .filter(([key]) => key !== "id")
    .map(([, cell]) => plainText(cell))
    .filter(Boolean)
    .join(", ");
}
