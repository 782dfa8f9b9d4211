/** The views of a list, and the address at which a list shows what a condition lets through. */
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import type { BoardView, TableView } from "../meta";

export type ListView = TableView | BoardView;

/** Every record, for lists that declare no table and for conditions that no declared view may narrow. */
export const ALL: TableView = {
  name: "all",
  label: t("list.all"),
  kind: "table",
  columns: [],
  filter: null,
  sort: null,
};

/** The declared views; with the one of all records where it is `asked` for, or where there is no other table. */
export function listViews(object: MetaObject, asked?: string): ListView[] {
  const views = object.views.filter((view) => view.kind === "table" || view.kind === "kanban");
  if (!views.some((view) => view.kind === "table")) return [ALL, ...views];
  return asked === ALL.name && !views.some((view) => view.name === asked) ? [...views, ALL] : views;
}

/** The search part of the address of a list that shows what `filter` lets through, and nothing less. */
export function searchOf(object: MetaObject, filter?: string | null, sort?: string | null) {
  const whole = listViews(object, ALL.name).find((view) => view.kind === "table" && !view.filter) ?? ALL;
  return { view: whole.name, ...(filter && { filter }), ...(sort && { sort }) };
}
