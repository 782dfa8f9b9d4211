/** Which actions fit a record as it is. */
import type { MetaAction, MetaObject, RecordData } from "../../api/types";
import { holds } from "../cel";

export function fittingActions(object: MetaObject, record: RecordData): MetaAction[] {
  return object.actions.filter(
    (action) => action.on === "record" && holds(action.when, object.fields, record, true),
  );
}
