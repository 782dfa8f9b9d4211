/** The views of a list, and the address at which a list shows what a condition lets through. */
import type { MetaObject, MetaView } from "../../api/types";
import { t } from "../../messages/t";
import type { TableView, View } from "../meta";

/** Every object that has a point has a map, which no manifest declares. */
export type MapView = Pick<TableView, "name" | "label" | "filter" | "sort"> & { kind: "map"; point: string };
export type ListView = Exclude<MetaView, View<"form">> | MapView;
export type OtherViewKind = Exclude<ListView, TableView>;

/** What other views keep in the address; the next view begins without it. */
const KEPT = ["rows", "cols", "measures", "closed", "by", "measure", "chart", "span", "date", "at"];
export const VIEW_STATE: Record<string, undefined> = Object.fromEntries(KEPT.map((key) => [key, undefined]));

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
  const declared = object.views.filter((view) => view.kind !== "form");
  const views: ListView[] = [...declared, ...mapsOf(object)];
  if (!views.some((view) => view.kind === "table")) return [ALL, ...views];
  return asked === ALL.name && !views.some((view) => view.name === asked) ? [...views, ALL] : views;
}

function mapsOf(object: MetaObject): MapView[] {
  const points = object.fields.filter((field) => field.type === "geo");
  return points.map(({ name, label }, at) => ({
    name: at === 0 ? "map" : `map_${name}`,
    label: points.length === 1 ? t("map") : t("map.of", { name: label }),
    kind: "map",
    point: name,
    filter: null,
    sort: null,
  }));
}

/** The search part of the address of a list that shows what `filter` lets through, and nothing less. */
export function searchOf(object: MetaObject, filter?: string | null, sort?: string | null) {
  const whole = listViews(object, ALL.name).find((view) => view.kind === "table" && !view.filter) ?? ALL;
  return { view: whole.name, ...(filter && { filter }), ...(sort && { sort }) };
}
