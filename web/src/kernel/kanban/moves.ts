/** How a record gets from one column of a board to another, if it may. */
import type { MetaAction, MetaObject, MetaState, RecordData } from "../../api/types";
import { can, fieldOf } from "../meta";
import { fittingActions } from "../record/fitting";
import { isMissing } from "../record/StateBar";

export interface Move {
  record: RecordData;
  to: string;
}

export type Way =
  /** The value is changed; `state` first wants fields filled in. */
  | { by: "change"; state?: MetaState }
  /** Only an action leads there. */
  | { by: "action"; action: MetaAction };

export function wayOf(object: MetaObject, by: string, { record, to }: Move): Way | null {
  const from = record[by];
  if (from === to) return null;
  if (object.states?.field !== by) {
    return can(object, "update") && !fieldOf(object, by)?.readonly ? { by: "change" } : null;
  }
  const source = object.states.list.find((state) => state.value === from);
  const target = object.states.list.find((state) => state.value === to);
  if (!target) return null;
  if (target.by) {
    const action = fittingActions(object, record).find((one) => one.name === target.by);
    return action ? { by: "action", action } : null;
  }
  if (!source?.to.includes(to) || !can(object, "update")) return null;
  const asks = target.requires.some((name) => isMissing(record, name));
  return asks ? { by: "change", state: target } : { by: "change" };
}

/** Whether there may be a way out of a record's column, without asking for each other one. */
export function mayLeave(object: MetaObject, by: string, record: RecordData): boolean {
  if (object.states?.field !== by) return can(object, "update") && !fieldOf(object, by)?.readonly;
  const { list } = object.states;
  const source = list.find((state) => state.value === record[by]);
  return (
    (can(object, "update") && (source?.to.length ?? 0) > 0) || (!source?.final && list.some(({ by }) => by))
  );
}
