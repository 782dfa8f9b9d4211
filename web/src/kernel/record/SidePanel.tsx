/** Beside the record: its history and its own particulars. */
import { ActionIcon, Tabs } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { formatDateTime } from "../../ui/format";
import { History } from "./History";
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
