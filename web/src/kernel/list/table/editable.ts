/** Which cells of a list can be edited where they stand, and by what. */
import type { Json, MetaField, MetaObject, RecordData } from "../../../api/types";
import { holds } from "../../cel";
import { can } from "../../meta";
import { isFrozen } from "../../record/fitting";

/** What needs more room than a cell has is edited on its page. */
const ROOMY = new Set([
  "table",
  "json",
  "rich_text",
  "markdown",
  "code",
  "address",
  "secret",
  "file",
  "image",
  "signature",
  "dynamic_link",
  "sequence",
  "id",
]);

const isEmpty = (value: Json | undefined): boolean => value === null || value === undefined || value === "";

export function isEditable(object: MetaObject, field: MetaField, record: RecordData): boolean {
  if (!can(object, "update") || ROOMY.has(field.type)) return false;
  if (field.readonly || field.computed || field.system) return false;
  if (field.set_once && !isEmpty(record[field.name])) return false;
  if (holds(field.readonly_when, object.fields, record, false)) return false;
  if (object.states?.field === field.name) return nextStates(object, record).length > 1;
  return field.mutable || !isFrozen(object, record);
}

/** The state that a record is in, and those that it may be moved to by hand. */
function nextStates(object: MetaObject, record: RecordData) {
  const { states } = object;
  if (!states) return [];
  const current = states.list.find((state) => state.value === record[states.field]);
  return states.list.filter((state) => state === current || (!state.by && current?.to.includes(state.value)));
}

/** The field as its input should have it: a state may only become what it leads to. */
export function inputField(object: MetaObject, field: MetaField, record: RecordData): MetaField {
  if (object.states?.field !== field.name) return field;
  return {
    ...field,
    required: true,
    of: nextStates(object, record).map(({ value, label }) => ({ value, label })),
  };
}
