/** Beside the record: what people say and do about it, its files, what leads to it, and what happened to it. */
import { ActionIcon, Tabs } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { MetaObject, RecordData } from "../../api/types";
import { type MessageKey, t } from "../../messages/t";
import { History } from "./History";
import { type About, useAbout } from "./hanging";
import { Activities } from "./panel/Activities";
import { Comments } from "./panel/Comments";
import { Files } from "./panel/Files";
import classes from "./panel/Panel.module.css";
import { Related } from "./panel/Related";

interface Props {
  object: MetaObject;
  record: RecordData;
  id: string;
  tab: string;
  onTab: (tab: string | undefined) => void;
}

const NAMES: Record<string, MessageKey> = {
  comments: "comments",
  activities: "activities",
  files: "files",
  related: "related",
  history: "history",
};

/** The tabs that this person sees of such a record. */
function tabsOf({ carries, of }: About): string[] {
  const hanging = [of("comment") && "comments", of("activity") && "activities", of("attachment") && "files"];
  return [...(carries ? [...hanging, "related"] : []), "history"].filter((tab) => tab !== undefined);
}

export function SidePanel({ object, record, id, tab, onTab }: Props) {
  const about = useAbout(object, id);
  const tabs = tabsOf(about);
  const [comments, activities, attachments] = [
    about.of("comment"),
    about.of("activity"),
    about.of("attachment"),
  ];
  return (
    <aside className={classes.panel} aria-label={t("panel")}>
      <Tabs
        value={tabs.includes(tab) ? tab : "history"}
        onChange={(next) => onTab(next ?? undefined)}
        keepMounted={false}
        display="contents"
      >
        <div className={classes.head}>
          <Tabs.List className={classes.tabs}>
            {tabs.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(NAMES[name] ?? "history")}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <ActionIcon aria-label={t("panel.close")} onClick={() => onTab(undefined)}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
        <div className={classes.body}>
          {comments && (
            <Tabs.Panel value="comments" h="100%">
              <Comments comments={comments} about={about} />
            </Tabs.Panel>
          )}
          {activities && (
            <Tabs.Panel value="activities" h="100%">
              <Activities activities={activities} about={about} />
            </Tabs.Panel>
          )}
          {attachments && (
            <Tabs.Panel value="files" h="100%">
              <Files attachments={attachments} about={about} />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="related">
            <Related about={about} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History object={object} record={record} id={id} />
          </Tabs.Panel>
        </div>
      </Tabs>
    </aside>
  );
}
