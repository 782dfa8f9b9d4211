/** What is sent to `core.customise`, from what was done in a form. Pure, so that it is tested without a page. */
import type { Json, JsonObject, MetaObject } from "../../api/types";
import { isOwn, OWN_APP } from "./names";

export type Entries = JsonObject;

export const table = (value: Json | undefined): JsonObject =>
  value && typeof value === "object" && !Array.isArray(value) ? value : {};
export const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

const LISTS = ["columns", "card", "rows", "measures"] as const;

/** A view without a field; null when it stands on it. */
function viewWithout(view: JsonObject, field: string): JsonObject | null {
  const names = ["by", "start", "end", "image", "sum"].filter((key) => view[key] === field);
  if (names.some((key) => key !== "sum" && key !== "end")) return null;
  const left = Object.fromEntries(Object.entries(view).filter(([key]) => !names.includes(key)));
  for (const key of LISTS) {
    if (key in left) left[key] = texts(left[key]).filter((name) => name !== field);
  }
  if (Array.isArray(left.sections)) {
    const sections = left.sections.map((one) => {
      const section = table(one);
      return { ...section, fields: texts(section.fields).filter((name) => name !== field) };
    });
    left.sections = sections.filter((section) => section.fields.length > 0);
  }
  return left;
}

/** Takes a field away, and out of the views that were arranged with it. */
export function takeField(own: Entries, field: string): JsonObject {
  const set: JsonObject = { [`fields.${field}`]: null };
  for (const [name, view] of Object.entries(table(own.views))) {
    const next = viewWithout(table(view), field);
    if (JSON.stringify(next) !== JSON.stringify(view)) set[`views.${name}`] = next;
  }
  return set;
}

export interface StateDraft {
  name: string;
  label: string;
  /** What the app's code takes it for; nothing for an object of one's own. */
  like: string | null;
  to: string[];
  from: string[];
  final: boolean;
}

/** The ways out of a state that a manifest of one's own says: of an app's state those that were added. */
const waysOf = (own: Entries, state: string): string[] => texts(table(table(own.states)[state]).to);

/** A state with its ways in and out; the ways of other states are told anew where they change. */
export function stateSet(
  object: string,
  own: Entries,
  states: string[],
  draft: StateDraft,
  byName: string,
): JsonObject {
  const set: JsonObject = {};
  const known = table(own.states);
  if (isOwn(object) && states.length === 0) set["states.initial"] = draft.name;
  for (const other of states.filter((one) => one !== draft.name)) {
    const before = waysOf(own, other);
    const leads = draft.from.includes(other);
    if (leads === before.includes(draft.name)) continue;
    const to = leads ? [...before, draft.name] : before.filter((one) => one !== draft.name);
    const entry = { ...table(known[other]), to };
    const empty = to.length === 0 && Object.keys(entry).length === 1 && !isOwn(object);
    set[`states.${other}`] = empty ? null : entry;
  }
  const { label: _, to: __, final: ___, like: ____, ...rest } = table(known[draft.name]);
  set[`states.${draft.name}`] = {
    ...(draft.like && { like: draft.like }),
    ...(draft.label !== byName && { label: draft.label }),
    ...(draft.to.length > 0 && { to: draft.to }),
    ...(draft.final && { final: true }),
    ...rest,
  };
  return set;
}

/** Takes a state away, and the ways that led to it. */
export function takeState(object: string, own: Entries, state: string): JsonObject {
  const set: JsonObject = {};
  for (const other of Object.keys(table(own.states)).filter((one) => one !== state && one !== "initial")) {
    const before = waysOf(own, other);
    if (!before.includes(state)) continue;
    const to = before.filter((one) => one !== state);
    const { to: _, ...rest } = table(table(own.states)[other]);
    const gone = to.length === 0 && Object.keys(rest).length === 0 && !isOwn(object);
    set[`states.${other}`] = gone ? null : { ...rest, ...(to.length > 0 && { to }) };
  }
  set[`states.${state}`] = null;
  return set;
}

/** Verbs of a role on an object; none at all takes its entry away. */
export function accessSet(own: Entries, role: string, verbs: string[], rows: string): JsonObject {
  const { rows: _, verbs: __, ...rest } = table(table(own.access)[role]);
  const entry = { ...(rows.trim() && { rows: rows.trim() }), verbs, ...rest };
  return { [`access.${role}`]: verbs.length > 0 ? entry : null };
}

/** The object that one's own manifest is of, as `core.customise` names it. */
export const objectOf = (kind: string, name: string): string =>
  ({ app: OWN_APP, object: `${OWN_APP}.${name}`, report: `${OWN_APP}.reports.${name}` })[kind] ?? name;

/** What of an extension's states are states, and not further ways out of the app's. */
const isState = (own: Entries, name: string, entry: Json): boolean =>
  "initial" in table(own.states) ? name !== "initial" && name !== "field" : table(entry).like !== undefined;

/** How many entries of each kind a manifest has, those first that people ask for. */
export const COUNTED = ["fields", "states", "views", "rules", "access", "naming", "choices"] as const;
export function countsOf(own: Entries): [(typeof COUNTED)[number], number][] {
  return COUNTED.map((kind): [(typeof COUNTED)[number], number] => [
    kind,
    Object.entries(table(own[kind])).filter(([name, entry]) => kind !== "states" || isState(own, name, entry))
      .length,
  ]).filter(([, count]) => count > 0);
}

/** Verbs that a role may be given: those of every object, then its actions. */
export const verbsOf = (object: MetaObject): string[] => [
  "read",
  "create",
  "update",
  "delete",
  "export",
  ...object.actions.map((action) => action.name),
];
