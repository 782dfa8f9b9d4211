/** Beside the record: its history and its own particulars. */
import { ActionIcon, Skeleton, Tabs } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { historyQuery } from "../../api/queries";
import type { FieldChange, HistoryEntry, Json, MetaField, MetaObject, RecordData } from "../../api/types";
import { type MessageKey, t } from "../../messages/t";
import { formatDateTime, formatRelative } from "../../ui/format";
import { Value } from "../fields/Value";
import { fieldOf, findObject, useMeta } from "../meta";
import { usePageSearch } from "../useSearch";
import classes from "./RecordPage.module.css";

interface Props {
  object: MetaObject;
  record: RecordData;
  id: string;
  tab: string;
  onTab: (tab: string | undefined) => void;
}

export function SidePanel({ object, record, id, tab, onTab }: Props) {
  return (
    <aside className={classes.panel} aria-label={t("panel")}>
      <Tabs value={tab} onChange={(next) => onTab(next ?? undefined)} keepMounted={false} display="contents">
        <div className={classes.panelHead}>
          <Tabs.List style={{ flex: 1 }}>
            <Tabs.Tab value="history">{t("history")}</Tabs.Tab>
            <Tabs.Tab value="details">{t("details")}</Tabs.Tab>
          </Tabs.List>
          <ActionIcon aria-label={t("panel.close")} onClick={() => onTab(undefined)}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
        <div className={classes.panelBody}>
          <Tabs.Panel value="history">
            <History object={object} id={id} />
          </Tabs.Panel>
          <Tabs.Panel value="details">
            <Details record={record} />
          </Tabs.Panel>
        </div>
      </Tabs>
    </aside>
  );
}

function Details({ record }: { record: RecordData }) {
  const moment = (value: Json | undefined) => (typeof value === "string" ? formatDateTime(value) : "–");
  return (
    <dl className={classes.meta}>
      <dt>{t("details.created")}</dt>
      <dd>{moment(record.created_at)}</dd>
      <dt>{t("details.updated")}</dt>
      <dd>{moment(record.updated_at)}</dd>
      <dt>{t("details.version")}</dt>
      <dd>{String(record.version ?? "–")}</dd>
      <dt>{t("details.id")}</dt>
      <dd>
        <code>{String(record.id)}</code>
      </dd>
    </dl>
  );
}

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

function History({ object, id }: { object: MetaObject; id: string }) {
  const history = useQuery(historyQuery(object.path, id));
  const [, setSearch] = usePageSearch();
  if (history.isPending) return <Skeleton h={60} aria-label={t("loading")} />;
  if (history.isError) {
    return (
      <button type="button" onClick={() => setSearch({ panel: "history" }, true)}>
        {t("retry")}
      </button>
    );
  }
  const verb = (entry: HistoryEntry) => {
    const key = VERBS[entry.verb];
    const action = object.actions.find((one) => one.action === entry.action || one.name === entry.action);
    if (action) return action.label;
    return key ? t(key) : (entry.action ?? entry.verb);
  };
  return (
    <ol className={classes.history}>
      {history.data.data.map((entry) => (
        <li key={entry.seq} className={classes.entry}>
          <div>
            <strong>{entry.user?.name ?? t("history.system")}</strong> <span>{verb(entry)}</span>{" "}
            <time dateTime={entry.at} title={formatDateTime(entry.at)} className="quiet">
              {formatRelative(entry.at)}
            </time>
          </div>
          {entry.fields.length > 0 && (
            <dl className={classes.changes}>
              {entry.fields.map((change) => (
                <FieldLine key={change.field} object={object} change={change} />
              ))}
            </dl>
          )}
        </li>
      ))}
    </ol>
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
