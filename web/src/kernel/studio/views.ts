/** What each kind of view is made of, and a view of the metadata as a manifest says it. */
import type { JsonObject, MetaField, MetaObject, MetaView } from "../../api/types";
import { fieldOf } from "../meta";

/** Kinds that the Studio makes; a form has a part of its own, pivots and charts are made where they are shown. */
export const VIEW_KINDS = ["table", "kanban", "calendar", "timeline", "gallery"] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

export const isMade = (kind: string): kind is ViewKind => (VIEW_KINDS as readonly string[]).includes(kind);

/** One field each, of some types; the first is needed. */
export type Slot = "by" | "start" | "end" | "image" | "sum";
interface Shape {
  list: "columns" | "card";
  slots: Partial<Record<Slot, readonly string[]>>;
  needs: Slot[];
}

const DAYS = ["date", "datetime"] as const;
const CHOICE = ["choice", "link"] as const;
const NUMBERS = ["integer", "decimal", "money", "quantity"] as const;

export const SHAPES: Record<ViewKind, Shape> = {
  table: { list: "columns", slots: {}, needs: [] },
  kanban: { list: "card", slots: { by: ["choice"], sum: NUMBERS }, needs: ["by"] },
  calendar: { list: "card", slots: { start: DAYS, end: DAYS }, needs: ["start"] },
  timeline: { list: "card", slots: { start: DAYS, end: DAYS, by: CHOICE }, needs: ["start"] },
  gallery: { list: "card", slots: { image: ["image", "file"] }, needs: ["image"] },
};

export const fieldsFor = (object: MetaObject, types: readonly string[]): MetaField[] =>
  object.fields.filter(
    (field) => types.includes(field.type) && (!field.system || DAYS.includes(field.type as "date")),
  );

/** Kinds for which the object has the fields that they need. */
export const kindsFor = (object: MetaObject): ViewKind[] =>
  VIEW_KINDS.filter((kind) =>
    SHAPES[kind].needs.every((slot) => fieldsFor(object, SHAPES[kind].slots[slot] ?? []).length > 0),
  );

/** A new view: its needs are met, and it shows what tells records apart. */
export function newView(object: MetaObject, kind: ViewKind): JsonObject {
  const shape = SHAPES[kind];
  const slots = shape.needs.map((slot): [string, string] => [
    slot,
    (slot === "by" && object.states?.field) || (fieldsFor(object, shape.slots[slot] ?? [])[0]?.name ?? ""),
  ]);
  const title = fieldOf(object, object.title) && object.title !== "id" ? [object.title] : [];
  const state = object.states ? [object.states.field] : [];
  const list = shape.list === "columns" ? [...title, ...state] : title;
  return { kind, ...Object.fromEntries(slots), [shape.list]: list };
}

/** A view of the metadata in the notation, to begin with when the app's own is arranged anew. */
export function viewEntry({ name: _, ...view }: MetaView): JsonObject {
  return Object.fromEntries(
    Object.entries(view).filter(([, value]) => value !== null && value !== ""),
  ) as JsonObject;
}
