/** What happened, as people say it: "created this", "ran “Post invoice”". */
import type { HistoryEntry, MetaObject } from "../../api/types";
import { type MessageKey, t } from "../../messages/t";

type Told = Pick<HistoryEntry, "verb" | "action">;

const VERBS: Record<HistoryEntry["verb"], MessageKey> = {
  create: "history.create",
  update: "history.update",
  delete: "history.delete",
  restore: "history.restore",
};

const BEGINNINGS: Record<HistoryEntry["verb"], MessageKey> = {
  create: "runs.create",
  update: "runs.update",
  delete: "runs.delete",
  restore: "runs.restore",
};

/** The action that the log names for what an undo wrote. */
const UNDO = "core.undo";

const actionOf = (object: MetaObject | undefined, { action }: Told) =>
  object?.actions.find((one) => one.action === action || one.name === action);

/** What was done to the record that is named next: "Created", "Post invoice:". */
export function runWords(object: MetaObject | undefined, told: Told): string {
  if (told.action === UNDO) return t("runs.undid");
  const known = actionOf(object, told);
  return known ? `${known.label}:` : t(BEGINNINGS[told.verb]);
}

/** What somebody did to the record that is shown. */
export function wordsOf(object: MetaObject | undefined, told: Told): string {
  if (told.action === UNDO) return t("history.undo");
  const known = actionOf(object, told);
  return known ? t("history.action", { name: known.label }) : t(VERBS[told.verb]);
}
