/** What happened to a record: who did what, and each field from what to what; any of it can be undone. */
import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { differencesQuery, historyQuery } from "../../api/queries";
import type { FieldChange, HistoryEntry, Json, MetaObject, RecordData } from "../../api/types";
import { type MessageKey, t } from "../../messages/t";
import { formatDateTime, formatRelative } from "../../ui/format";
import { explain, useChanges } from "../changes";
import { LinkTitle } from "../fields/Value";
import { fieldOf } from "../meta";
import { wordsOf } from "./changeWords";
import { FieldLine } from "./FieldLine";
import classes from "./History.module.css";

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

interface Props {
  object: MetaObject;
  record: RecordData;
  id: string;
}

export function History({ object, record, id }: Props) {
  const history = useInfiniteQuery(historyQuery(object.path, id));
  const { undo } = useChanges();
  if (history.isPending) return <Skeleton h={60} aria-label={t("loading")} />;
  if (history.isError) {
    return (
      <div role="alert" className={classes.since}>
        <p>{explain(history.error)}</p>
        <Button size="xs" variant="default" onClick={() => void history.refetch()}>
          {t("retry")}
        </Button>
      </div>
    );
  }
  const isShown = (change: FieldChange) => !fieldOf(object, change.field)?.system;
  const entries = byRun(history.data.pages.flatMap((page) => page.data));
  return (
    <>
      <Since object={object} id={id} />
      <ol className={classes.history}>
        {entries.map((entry) => (
          <li key={entry.seq} className={classes.entry}>
            <div className={classes.entryHead}>
              <span>
                <strong>{entry.user?.name || t("history.system")}</strong> {wordsOf(object, entry)}{" "}
                <time dateTime={entry.at} title={formatDateTime(entry.at)} className="quiet">
                  {formatRelative(entry.at)}
                </time>
              </span>
              {entry.run && (
                <button
                  type="button"
                  className={classes.undo}
                  aria-label={t("history.undoOf", { name: wordsOf(object, entry) })}
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
      <Details record={record} />
    </>
  );
}

const DAY_MS = 86_400_000;
const SPANS: { label: MessageKey; days: number | null }[] = [
  { label: "since.day", days: 1 },
  { label: "since.week", days: 7 },
  { label: "since.month", days: 30 },
  { label: "since.start", days: null },
];

/** The difference between two moments in sentences: what was changed and changed back is none. */
function Since({ object, id }: { object: MetaObject; id: string }) {
  const [from, setFrom] = useState<string | null>(null);
  const told = useQuery({ ...differencesQuery(object.path, id, from ?? ""), enabled: from !== null });
  const choose = (at: string) => {
    const days = SPANS[Number(at)]?.days;
    if (at === "") setFrom(null);
    else setFrom(days ? new Date(Date.now() - days * DAY_MS).toISOString() : "");
  };
  return (
    <>
      <NativeSelect
        size="xs"
        mb="sm"
        aria-label={t("since")}
        data={[
          { value: "", label: t("since") },
          ...SPANS.map(({ label }, at) => ({ value: String(at), label: t(label) })),
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {from !== null && told.isPending && <Skeleton h={40} aria-label={t("loading")} />}
      {told.isError && (
        <p role="alert" className={classes.since}>
          {explain(told.error)}
        </p>
      )}
      {from !== null && told.data && (
        <ul className={classes.since} aria-label={t("since.told")}>
          {told.data.changes.map((change) => (
            <li key={change.field}>{change.text}</li>
          ))}
          {told.data.changes.length === 0 && <li>{t("since.nothing")}</li>}
        </ul>
      )}
    </>
  );
}

function Details({ record }: { record: RecordData }) {
  const moment = (value: Json | undefined) => (typeof value === "string" ? formatDateTime(value) : "–");
  return (
    <section className={classes.details} aria-label={t("details")}>
      <dl className={classes.meta}>
        <dt>{t("details.created")}</dt>
        <dd>
          {moment(record.created_at)}
          {record.created_by && (
            <>
              {", "}
              <LinkTitle to="core.user" value={record.created_by} />
            </>
          )}
        </dd>
        <dt>{t("details.updated")}</dt>
        <dd>{moment(record.updated_at)}</dd>
        <dt>{t("details.version")}</dt>
        <dd>{String(record.version ?? "–")}</dd>
        <dt>{t("details.id")}</dt>
        <dd>
          <code>{String(record.id)}</code>
        </dd>
      </dl>
    </section>
  );
}
