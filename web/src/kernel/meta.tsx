/** The metadata of the signed-in principal, and the look-ups every screen makes in it. */

import { createContext, useContext } from "react";
import type { Meta, MetaApp, MetaField, MetaObject, MetaView, RecordData } from "../api/types";
import { t } from "../messages/t";
import { NUMERIC, TEXTUAL } from "./fieldKinds";

const MetaContext = createContext<Meta | null>(null);
export const MetaProvider = MetaContext.Provider;

export function useMeta(): Meta {
  const meta = useContext(MetaContext);
  if (!meta) throw new Error("useMeta is used outside the shell, which loads the metadata");
  return meta;
}

/** The object called `app.object`. */
export function findObject(meta: Meta, name: string | null | undefined): MetaObject | undefined {
  if (!name) return undefined;
  const [app, object] = name.split(".");
  return meta.apps.find((a) => a.name === app)?.objects.find((o) => o.name === object);
}

export function findByPath(meta: Meta, path: string): { app: MetaApp; object: MetaObject } | undefined {
  for (const app of meta.apps) {
    const object = app.objects.find((candidate) => candidate.path === path);
    if (object) return { app, object };
  }
  return undefined;
}

/** `app.object`, as links and saved views name it. */
export const fullNameOf = (object: MetaObject): string => `${object.path.split("/")[0]}.${object.name}`;

/** Objects with pages of their own: child rows live inside their parent. */
export const pagesOf = (app: MetaApp): MetaObject[] => app.objects.filter((object) => !object.child);

export const hasPages = (app: MetaApp): boolean => pagesOf(app).length > 0 || app.reports.length > 0;

/** Times that every record has, for views that show them. */
const TIMES: Record<string, MetaField> = {
  created_at: {
    name: "created_at",
    label: t("details.created"),
    type: "datetime",
    sortable: true,
    readonly: true,
  },
  updated_at: {
    name: "updated_at",
    label: t("details.updated"),
    type: "datetime",
    sortable: true,
    readonly: true,
  },
};

export const fieldOf = (object: MetaObject, name: string): MetaField | undefined =>
  object.fields.find((field) => field.name === name) ?? TIMES[name];

export type View<Kind extends MetaView["kind"]> = Extract<MetaView, { kind: Kind }>;
export type TableView = View<"table">;

/** The first view of a kind. */
export const viewOf = <Kind extends MetaView["kind"]>(object: MetaObject, kind: Kind) =>
  object.views.find((view): view is View<Kind> => view.kind === kind);

/** Whether the companies of the tenant keep records of this object apart. */
const isPerCompany = (object: MetaObject): boolean =>
  object.fields.some((field) => field.name === "company" && field.system && field.to === "core.company");

/** The condition that keeps lists to the company that is worked in; none where there is only one. */
export function companyFilter(meta: Meta, object: MetaObject): string | undefined {
  if (meta.companies.length < 2 || !meta.company || !isPerCompany(object)) return undefined;
  return `company == ${JSON.stringify(meta.company.id)}`;
}

export const can = (object: MetaObject, verb: string): boolean => object.verbs.includes(verb);

/** The title field shows what a record is called. */
export function titleOf(object: MetaObject, record: RecordData): string {
  const value = record[object.title];
  if (typeof value === "string" && value) return value;
  const number = object.fields.find((field) => field.type === "sequence");
  const fallback = number && record[number.name];
  return typeof fallback === "string" && fallback ? fallback : object.label;
}

/** Link fields among `names`, for `expand=`; only those that lead to something with a title. */
export function expandOf(object: MetaObject, names?: string[]): string {
  return object.fields
    .filter((field) => field.type === "link" && field.to && (!names || names.includes(field.name)))
    .map((field) => field.name)
    .join(",");
}

export const isNumeric = (field: MetaField): boolean => NUMERIC.has(field.type);
export const isTextual = (field: MetaField): boolean => TEXTUAL.has(field.type);

/** The choices of a field: its own, or the states of the object when it is the state field. */
export function choicesOf(
  object: MetaObject | undefined,
  field: MetaField,
): { value: string; label: string }[] {
  if (object?.states?.field === field.name) return object.states.list;
  return field.of ?? [];
}
