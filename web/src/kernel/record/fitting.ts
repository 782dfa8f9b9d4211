/** What can be done to a record as it is. */
import type { JsonObject, MetaAction, MetaObject, RecordData } from "../../api/types";
import { holds } from "../cel";

export function fittingActions(object: MetaObject, record: RecordData): MetaAction[] {
  return object.actions.filter(
    (action) => action.on === "record" && holds(action.when, object.fields, record, true),
  );
}

/** Whether the books have the record, so that it stays as it is. */
export function isFrozen(object: MetaObject, values: JsonObject): boolean {
  if (object.frozen_when) return holds(object.frozen_when, object.fields, values, false);
  return Boolean(object.ledger && object.states && values[object.states.field] !== object.states.initial);
}
