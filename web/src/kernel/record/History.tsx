/** What happened to a record: who did what, and each field from what to what; any of it can be undone. */
import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { historyQuery } from "../../api/queries";
import type { FieldChange, HistoryEntry, Json, MetaField, MetaObject } from "../../api/types";
import { type MessageKey, t } from "../../messages/t";
import { formatDateTime, formatRelative } from "../../ui/format";
import { useChanges } from "../changes";
import { Value } from "../fields/Value";
import { fieldOf, findObject, useMeta } from "../meta";
import classes from "./RecordPage.module.css";

const VERBS: Record<string, MessageKey> = {
  create: "history.create",
  created: "history.create",
  update: "history.update",
  updated: "history.update",
  delete: "history.delete",
  deleted: "history.delete",
  restore: "history.restore",
  restored: "history.restore",
  undo: "history.undo",
};

/** Neighbouring events of one run read as one: the newest first, its fields in the order they changed. */
function byRun(entries: HistoryEntry[]): HistoryEntry[] {
  const runs: HistoryEntry[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last?.run && last.run === entry.run) {
      runs[runs.length - 1] = { ...entry, fields: [...entry.fields, ...last.fields] };
    } else runs.push(entry);
  }
  return runs;
}

export function History({ object, id }: { object: MetaObject; id: string }) {
  const history = useInfiniteQuery(historyQuery(object.path, id));
  const { undo } = useChanges();
  if (history.isPending) return <Skeleton h={60} aria-label={t("loading")} />;
  if (history.isError) {
    return (
      <Button size="xs" variant="default" onClick={() => void history.refetch()}>
        {t("retry")}
      </Button>
    );
  }
  const words = (entry: HistoryEntry) => {
    const action = object.actions.find((one) => one.action === entry.action || one.name === entry.action);
    const key = VERBS[entry.verb];
    if (action) return t("history.action", { name: action.label });
    return key ? t(key) : (entry.action ?? entry.verb);
  };
  const isShown = (change: FieldChange) => !fieldOf(object, change.field)?.system;
  const entries = byRun(history.data.pages.flatMap((page) => page.data));
  return (
    <>
      <ol className={classes.history}>
        {entries.map((entry) => (
          <li key={entry.seq} className={classes.entry}>
            <div className={classes.entryHead}>
              <span>
                <strong>{entry.user?.name || t("history.system")}</strong> {words(entry)}{" "}
                <time dateTime={entry.at} title={formatDateTime(entry.at)} className="quiet">
                  {formatRelative(entry.at)}
                </time>
              </span>
              {entry.run && (
                <button
                  type="button"
                  className={classes.undo}
                  aria-label={t("history.undoOf", { name: words(entry) })}
                  onClick={() => void undo(entry.run ?? "")}
                >
                  {t("undo")}
                </button>
              )}
            </div>
            {entry.fields.some(isShown) && (
              <dl className={classes.changes}>
                {entry.fields.filter(isShown).map((change, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: one run may change a field twice, in this order
                  <FieldLine key={`${at}:${change.field}`} object={object} change={change} />
                ))}
              </dl>
            )}
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => void history.fetchNextPage()}>
          {t("show.more")}
        </Button>
      )}
    </>
  );
}

/** One field from → to; `lines/<row>/quantity` names the table and the column. */
function FieldLine({ object, change }: { object: MetaObject; change: FieldChange }) {
  const meta = useMeta();
  const [name = "", row, column] = change.field.split("/");
  const field = fieldOf(object, name);
  const child = row ? findObject(meta, field?.to) : undefined;
  const shown: MetaField | undefined = column ? child && fieldOf(child, column) : field;
  const label = column ? `${field?.label ?? name}, ${shown?.label ?? column}` : (field?.label ?? name);
  if (row && !column) {
    return (
      <div>
        <dt>{label}</dt>
        <dd>{change.to === null ? t("history.rowGone") : t("history.rowCame")}</dd>
      </div>
    );
  }
  const value = (one: Json) =>
    one === null || one === "" ? (
      "–"
    ) : shown && shown.type !== "table" ? (
      <Value field={shown} value={one} object={column ? child : object} />
    ) : (
      JSON.stringify(one)
    );
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {change.from !== null && change.from !== undefined && (
          <>
            <span className={classes.from}>{value(change.from)}</span>
            {" → "}
          </>
        )}
        {value(change.to ?? null)}
      </dd>
    </div>
  );
}
