/** The columns of child rows, taken from the child object or from an action's input. */
import type { Meta, MetaField, MetaObject } from "../../api/types";
import { findObject, fullNameOf, viewOf } from "../meta";

export function childColumns(meta: Meta, field: MetaField, parent?: MetaObject): MetaField[] {
  if (field.columns) return field.columns;
  const child = findObject(meta, field.to);
  if (!child) return [];
  const parentName = parent && fullNameOf(parent);
  const own = child.fields.filter(
    (one) =>
      !one.system &&
      one.type !== "table" &&
      !(one.type === "link" && one.to === parentName && (one.readonly || one.required || one.set_once)),
  );
  const named = viewOf(child, "table")?.columns;
  if (named?.length) {
    return named.map((name) => own.find((one) => one.name === name)).filter((one) => one !== undefined);
  }
  const listed = own.filter((one) => one.in_list);
  return listed.length > 0 ? listed : own;
}
