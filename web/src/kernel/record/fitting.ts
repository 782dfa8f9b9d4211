/** What can be done to a record as it is. */
import type { JsonObject, MetaAction, MetaObject, RecordData } from "../../api/types";
import { holds } from "../cel";

/** Actions of every app's records, which have places of their own on the page. */
const COMMON = new Set(["merge", "archive", "unarchive", "translate"]);

const fits = (object: MetaObject, record: RecordData, action: MetaAction) =>
  action.on === "record" && holds(action.when, object.fields, record, true);

export const fittingActions = (object: MetaObject, record: RecordData): MetaAction[] =>
  object.actions.filter((action) => !COMMON.has(action.name) && fits(object, record, action));

/** Whether one of the common actions may be done to the record. */
export const offers = (object: MetaObject, record: RecordData, name: string): boolean =>
  object.actions.some((action) => action.name === name && fits(object, record, action));

/** Whether the books have the record, so that it stays as it is. */
export function isFrozen(object: MetaObject, values: JsonObject): boolean {
  if (object.frozen_when) return holds(object.frozen_when, object.fields, values, false);
  return Boolean(object.ledger && object.states && values[object.states.field] !== object.states.initial);
}
